package import Experiments
import Tables
import Training

extension Certificate: Companion {}

extension CompanionFile where Entry == Certificate {
  /// Reads the file, writing nothing; every record must have its certificates.
  init(
    reading path: String, of plan: Plan, records: [String: Record], remedy: String
  ) throws(InputError) {
    let document = CSV.parse(try FileText.contents(of: path))
    let read = try Certificate.read(document, file: path)
    let certificates = Dictionary(
      grouping: read.filter { records[$0.key] != nil }, by: \.key)
    var known: Set<String> = []
    for case .frozen(let trial) in plan.trials {
      known.insert(trial.key)
      guard let record = records[trial.key] else { continue }
      let expected = trial.certificates(of: record)
      let found = certificates[trial.key] ?? []
      let isWhole =
        found.map(\.side) == expected.map(\.side) && found.map(\.units) == expected.map(\.units)
        && found.allSatisfy { $0.isWhole(rows: trial.features.rowCount) }
      guard isWhole else {
        throw InputError(
          path, at: trial.key,
          .foreign(
            found: "other certificates than those of its record",
            expected: expected.isEmpty
              ? "none"
              : expected.map { "\($0.side.rawValue) of \($0.units) features" }
                .joined(separator: " and "),
            remedy: remedy))
      }
    }
    // Half a line is what a kill leaves of a certificate without a record, and of no other.
    if document.isTorn, let last = read.last, records[last.key] != nil, !last.isComplete {
      throw InputError(
        path, at: last.key,
        .foreign(
          found: "a line without its end", expected: "the whole certificate", remedy: remedy))
    }
    if let stranger = read.first(where: { !known.contains($0.key) }) {
      throw InputError(
        path,
        .foreign(
          found: "the key \"\(stranger.key)\"", expected: "keys of frozen trials of the plan",
          remedy: remedy))
    }
    self.init(path, certificates)
  }
}

extension Plan {
  /// Whether a run leaves certificates.csv.
  package var keepsCertificates: Bool {
    trials.contains { if case .frozen = $0 { true } else { false } }
  }
}
