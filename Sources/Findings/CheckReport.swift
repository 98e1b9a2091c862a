public import Experiments
import Runs
import Tables

/// How the results of an experiment compare with the published ones.
public struct CheckReport: Sendable {
  /// The experiment's name.
  public let experiment: String
  /// The folder of what is published.
  public let folder: String
  /// The command that makes and publishes what was found.
  public let remedy: String
  /// The trials that were run again.
  public let trials: [any Trial]
  /// The number of trials in the plan.
  public let planned: Int
  /// The arms of the summary, each as often as it has rows.
  public let arms: [String]
  /// The sentences of the claims.
  public let claims: [String]
  /// The claims that fail just as they do in the published results.
  public let failingAsPublished: [String]
  /// The rows that are not as published: claims, trials, certificates, then the summary.
  public let differences: [RowDifference]

  /// Whether everything that was compared is as published.
  public var isEqual: Bool { differences.isEmpty }

  /// What was compared, in order: the trials of each arm and n, the summary of each arm, the claims.
  public var subjects: [CheckedSubject] {
    var seen: Set<CheckedSubject> = []
    let all =
      trials.map { .trials(arm: $0.arm, bits: $0.bits) } + arms.map { .summary(arm: $0) }
      + claims.map { .claim($0) } + differences.map(\.subject)
    return all.filter { seen.insert($0).inserted }
  }
}

extension CheckReport {
  /// The most differences that are written out.
  static let limit = 20

  /// The report as lines of plain text.
  public var text: String {
    var lines = differences.prefix(Self.limit).map {
      "regression: \(folder)/\($0.file.rawValue): \($0.sentence)"
    }
    lines += closing
    return lines.map { $0 + "\n" }.joined()
  }

  /// What stands below the differences that are written out.
  var closing: [String] {
    var lines: [String] = []
    if differences.count > Self.limit {
      lines.append("… and \(differences.count - Self.limit) more")
    }
    lines += failingAsPublished.map { "fails, as published: \"\($0)\"" }
    lines.append(summary)
    if !isEqual { lines.append("if that is meant: \(remedy)") }
    return lines
  }

  /// One line: how much was compared, or how much differs.
  public var summary: String {
    guard !isEqual else {
      let what =
        claims.isEmpty ? " and the summary" : ", the summary and \(count(claims.count, "claim"))"
      return "\(experiment): \(trials.count) of \(count(planned, "row"))\(what) equal "
        + "the published ones in \(folder)"
    }
    let counts = [
      (rowCount, rowText), (networkCount, count(networkCount, "network")),
      (cellCount, count(cellCount, "summary cell")),
      (claimCount, count(claimCount, "claim")),
    ].filter { $0.0 > 0 }
    let texts = counts.map(\.1)
    let list =
      texts.count < 2
      ? texts.joined() : texts.dropLast().joined(separator: ", ") + " and " + (texts.last ?? "")
    let isOne = counts.reduce(0) { $0 + $1.0 } == 1
    return "\(list) \(isOne ? "differs" : "differ") from \(folder)"
  }

  /// The trials that differ, in their rows or in what stands beside them.
  private var differingKeys: Set<String> {
    let others: [RunFolder.File] = [.summary, .claims, .networks]
    return Set(differences.filter { !others.contains($0.file) }.map(\.key))
  }

  private var rowCount: Int { differingKeys.count }

  private var rowText: String {
    // Rows that only one side has were compared too.
    "\(rowCount) of \(count(Set(trials.map(\.key)).union(differingKeys).count, "row"))"
  }

  private var networkCount: Int { differences.count { $0.file == .networks } }

  private var claimCount: Int { differences.count { $0.file == .claims } }

  private var cellCount: Int {
    differences.filter { $0.file == .summary }.reduce(0) { count, difference in
      switch difference.kind {
      case .cells(let cells): count + cells.count
      case .unpublished, .unplanned: count + Summary.format.columns.count
      }
    }
  }

  private func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
