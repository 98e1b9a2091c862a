import Experiments
import Networks
import Parity
public import Runs
public import Tables

/// What the plain loops find of a published network, beside what its header, the records and
/// summary.csv say.
public struct NetworkCheck: Sendable {
  /// The trial's key, or the row of summary.csv that has no network.
  public let key: String
  /// What was found, in a sentence.
  public let sentence: String
  /// Whether it is right on every row, and all that is said of it is true.
  public let holds: Bool
}

extension RunFolder {
  /// Judges the networks in networks.safetensors one after the other, on every row, by the plain
  /// loops in double precision.
  ///
  /// Each minimum of the summary must have its network, of that number of units, whose trial the
  /// records call solved; each network must be there for a reason.
  public func checkNetworks(_ report: (NetworkCheck) -> Void) throws(InputError) {
    let results = try results()
    guard let certificates = try readNetworks() else {
      throw InputError(
        path(of: .networks),
        .foreign(
          found: "no file", expected: "the networks behind the minima",
          remedy: "make it with depthwidth run and publish"))
    }
    let kept = KeptNetworks(
      results.summary, recordsInOrder, keepingAll: plan.armsKeepingWeights)
    let trials = kept.trials(of: plan)
    let found = Dictionary(certificates.map { ($0.key, $0) }) { first, _ in first }
    for (trial, minima) in trials {
      guard let certificate = found[trial.key], let record = records[trial.key] else {
        let what = minima.map(\.rawValue).joined(separator: " and ")
        report(
          NetworkCheck(
            key: trial.key,
            sentence: "no network, though summary.csv has \(what) of \(trial.architecture.units)",
            holds: false))
        continue
      }
      report(certificate.check(trial, record, minima))
    }
    let keys = Set(trials.map(\.trial.key))
    for certificate in certificates where !keys.contains(certificate.key) {
      report(
        NetworkCheck(
          key: certificate.key, sentence: "no minimum of summary.csv has this network",
          holds: false))
    }
    for sentence in try summaryFaults(results) {
      report(NetworkCheck(key: path(of: .summary), sentence: sentence, holds: false))
    }
  }

  /// The minima in summary.csv that the records do not give.
  private func summaryFaults(_ results: Results) throws(InputError) -> [String] {
    let file = path(of: .summary)
    let table = DerivedTable.summary
    let document = CSV.parse(try FileText.contents(of: file))
    let names = table.columns.map(\.name)
    let written = Dictionary(
      table.keyed(try document.rows(under: names, file: file).map(\.fields))
    ) { first, _ in first }
    return table.keyed(table.rows(results)).flatMap { key, fields in
      NetworkCertificate.Minimum.allCases.compactMap { minimum -> String? in
        guard let place = names.firstIndex(of: minimum.rawValue) else { return nil }
        let there = written[key].map { $0.count > place ? $0[place] : "" }
        guard there != fields[place] else { return nil }
        func text(_ field: String) -> String { field.isEmpty ? "missing" : field }
        return "\(key): \(minimum.rawValue) is \(there.map(text) ?? "not there"), "
          + "trials.csv gives \(text(fields[place]))"
      }
    }
  }
}

extension DerivedTable {
  /// Rows with what identifies them.
  fileprivate func keyed(_ rows: [[String]]) -> [(String, [String])] {
    Array(zip(keys(rows), rows))
  }
}

extension NetworkCertificate {
  /// Holds the network against the trial and record it must be of, and against every row.
  func check(_ trial: TrainingTrial, _ record: Record, _ minima: [Minimum]) -> NetworkCheck {
    func fails(_ sentence: String) -> NetworkCheck {
      NetworkCheck(key: key, sentence: sentence, holds: false)
    }
    if let difference = headerDifferences(from: trial, minima).first {
      return fails(
        "\(difference.column) is \(difference.published), expected \(difference.found)")
    }
    guard record.outcome == .solved else {
      return fails("trials.csv says \(record.outcome.rawValue)")
    }
    let judged = network.check(task, coding: coding, rows: 0..<task.rowCount)
    if let row = judged.firstWrongRow {
      return fails(
        "row \(row) is wrong, \(judged.solvedRows) of \(judged.rows) rows are right")
    }
    let found = "the smallest |logit| is \(judged.margin)"
    guard judged.margin == margin, judged.margin == record.margin else {
      let row = network.narrowestRow(of: task, coding: coding)
      return fails(
        "\(found), at row \(row), the header says \(margin) and trials.csv "
          + "\(record.margin.map { "\($0)" } ?? "nothing")")
    }
    guard fingerprint == stated else {
      let row = network.narrowestRow(of: task, coding: coding)
      return fails(
        "its numbers have the hash \(fingerprint), the header says \(stated); \(found), at row \(row)"
      )
    }
    let reasons = minima.map(\.rawValue).joined(separator: ", ")
    return NetworkCheck(
      key: key,
      sentence: "\(judged.solvedRows) of \(judged.rows) rows right, \(found)"
        + (reasons.isEmpty ? "" : "; \(reasons) \(network.architecture.units)"),
      holds: true)
  }

  /// What the header says of a network that is not so, beside what it should say.
  func headerDifferences(
    from trial: TrainingTrial, _ minima: [Minimum]
  ) -> [RowDifference.Cell] {
    let expected = Self.facts(trial.task, trial.architecture, trial.coding, minima)
    return zip(expected, facts).filter { $0.json != $1.json }.map { expected, stated in
      RowDifference.Cell(column: expected.name, found: expected.json, published: stated.json)
    }
  }
}

extension Network {
  /// The first row with the smallest |logit|.
  fileprivate func narrowestRow(of task: ParityTask, coding: InputCoding) -> UInt64 {
    var narrowest: (row: UInt64, margin: Double) = (0, .infinity)
    for row in 0..<task.rowCount {
      let margin = check(task, coding: coding, rows: row..<(row + 1)).margin
      if margin < narrowest.margin { narrowest = (row, margin) }
    }
    return narrowest.row
  }
}
