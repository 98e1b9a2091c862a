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
    if let verdict = folder.plan.experiment.verdict {
      blocks.append(prediction(verdict, width: width))
    }
    if !results.claims.isEmpty { blocks.append(claims(results.claims, width: width)) }
    let files = folder.files.filter { $0 != .provenance }.map(folder.path(of:))
    blocks.append(files.joined(separator: "\n") + "\n")
    return blocks.joined(separator: "\n")
  }

  /// Prints how many rows equal the published ones, and where the first others differ; returns
  /// whether no row differs.
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

  /// Prints how many verdicts equal the published ones, if a claim fails or a verdict differs; returns
  /// whether none of them is a regression.
  ///
  /// In a `whole` experiment every other verdict is one. With overrides a claim may be undecided, since
  /// some n was not run; only a claim that newly fails is a regression then.
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

  /// Returns whether every construction is right; names the wrong ones on stderr.
  static func isRight(_ folder: RunFolder) -> Bool {
    // To put the records in order takes time, and nearly no run has a wrong one.
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

  /// What the experiment's file says of its prediction.
  private static func prediction(_ verdict: PredictionVerdict, width: Int) -> String {
    let style: Style =
      switch verdict.word {
      case .confirmed: .green
      case .contradicted: .red
      case .partly, .undecided: .yellow
      }
    let word = verdict.word.rawValue
    return Style.bold("prediction") + "\n" + style(word.padded(to: 14))
      + Wrap.text(verdict.reason, width: width, indent: 14)
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
