import Experiments
import Findings
import Platform
import Runs
import Tables

/// What a run prints on stdout when it is done.
enum Report {
  /// The tables, the choices of depth, the claims and the files.
  static func text(_ results: Results, of folder: RunFolder) -> String {
    let width = Streams.width(of: .output)
    var blocks: [String] = []
    let minimum = MinimumTable.text(results.summary, width: width)
    if !minimum.isEmpty { blocks.append(minimum) }
    let chart = UnitsChart.text(results.summary, width: width)
    if !chart.isEmpty { blocks.append(chart) }
    blocks += UnitsByDepthTable.texts(results.summary, width: width)
    blocks += DepthTable.texts(results.summary, width: width)
    if !results.claims.isEmpty { blocks.append(claims(results.claims, width: width)) }
    let files = folder.files.filter { $0 != .provenance }.map(folder.path(of:))
    blocks.append(files.joined(separator: "\n") + "\n")
    return blocks.joined(separator: "\n")
  }

  /// Says how many rows equal the published ones, and where the first others differ; whether none
  /// does.
  static func compareRows(of folder: RunFolder, with published: Published) -> Bool {
    let differences = published.differences(folder.recordsInOrder)
    let differing = differences.filter { $0.kind != .unpublished }
    let total = folder.records.count
    Terminal.line(
      "\(total - differences.count) of \(total) rows equal the published ones in "
        + published.folder)
    if differing.count < differences.count {
      let unpublished = differences.count - differing.count
      Terminal.line("\(unpublished) of \(total) rows have no published counterpart")
    }
    for difference in differing.prefix(5) { Terminal.line("differs: \(difference.sentence)") }
    return differing.isEmpty
  }

  /// Says how the verdicts compare with the published ones, where some claim fails or some verdict
  /// differs; whether none of them is a regression.
  ///
  /// Of a part of the experiment, one that is not `whole`, claims that speak of all of it stay
  /// undecided; only one that fails tells something.
  static func compareVerdicts(
    of results: Results, with published: Published?, whole: Bool
  ) throws(InputError) -> Bool {
    guard let verdicts = try published?.compareVerdicts(results) else {
      return results.claims.allSatisfy { $0.verdict != .fails }
    }
    let differences =
      whole
      ? verdicts.differences.filter { $0.published != nil || $0.verdict == .fails }
      : verdicts.newlyFailing
    if !differences.isEmpty || !verdicts.failingAsPublished.isEmpty {
      Terminal.line(verdicts.sentence)
    }
    for difference in differences { Terminal.line("differs: \(difference.sentence)") }
    return differences.isEmpty
  }

  /// Whether every construction is right; says on stderr which are not.
  static func isRight(_ folder: RunFolder) -> Bool {
    // Nearly always so, and then no record has to find its place in the order.
    guard folder.records.values.contains(where: { $0.outcome == .failed }) else { return true }
    let wrong = folder.recordsInOrder.filter { $0.outcome == .failed }
    for record in wrong {
      let row = record.firstWrongRow.map { ", the first wrong row is \($0)" } ?? ""
      Terminal.message(
        "wrong: \(record.key) is right on \(record.solvedRows ?? 0) of \(record.rows ?? 0) rows\(row)"
      )
    }
    return false
  }

  private static func claims(_ claims: [JudgedClaim], width: Int) -> String {
    var text = Style.bold("claims") + "\n"
    for judged in claims {
      let style: Style =
        switch judged.verdict {
        case .holds: .green
        case .fails: .red
        case .undecided: .yellow
        }
      let word = style(judged.verdict.rawValue.padded(to: 11))
      let lines = Wrap.lines(judged.claim.sentence, width: width - 11)
      text += word + lines.joined(separator: "\n" + String(repeating: " ", count: 11)) + "\n"
      if judged.verdict != .holds {
        let reason = "expected \(judged.expected), found \(judged.found)"
        for line in Wrap.lines(reason, width: width - 11) {
          text += String(repeating: " ", count: 11) + line + "\n"
        }
      }
    }
    return text
  }
}
