import Platform
import Training

/// certificates.csv in the folder of a run: what stands behind the records of frozen trials.
///
/// A certificate is written before its record. Whatever a kill leaves without a record is dropped
/// when the run goes on, and its trial runs again.
struct CertificateFile {
  private let path: String
  private var file: AppendFile?

  /// The certificates of the trials that have records, by key.
  private(set) var certificates: [String: [Certificate]] = [:]

  /// A file without certificates, not written yet.
  init(_ path: String) { self.path = path }

  /// Reads the file, writing nothing; every record must have its certificates.
  init(
    reading path: String, of plan: Plan, records: [String: Record], remedy: String
  ) throws(InputError) {
    self.path = path
    let document = CSV.parse(try FileText.contents(of: path))
    let read = try Certificate.read(document, file: path)
    certificates = Dictionary(grouping: read.filter { records[$0.key] != nil }, by: \.key)
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
  }

  /// Writes anew what has a record, and keeps the file open for more.
  mutating func open(in plan: Plan) throws(InputError) {
    let text = csv(in: plan)
    try FileText.replace(path, with: text)
    file = try FileText.writing(path) { [path] () throws(SystemError) in
      try AppendFile(path, keeping: text.utf8.count)
    }
  }

  /// Writes the certificates of a finished trial to disk.
  mutating func append(_ finished: Finished) throws(InputError) {
    guard !finished.certificates.isEmpty else { return }
    guard let file else { preconditionFailure("\(path) is not open to write") }
    let text = finished.certificates.map(\.csv).joined()
    try FileText.writing(path) { () throws(SystemError) in try file.append(text) }
    certificates[finished.record.key] = finished.certificates
  }

  /// Brings what was appended to disk at once.
  func flush() throws(InputError) {
    guard let file else { return }
    try FileText.writing(path) { () throws(SystemError) in try file.flush() }
  }

  mutating func close() { file = nil }

  /// The whole file, in the plan's order.
  func csv(in plan: Plan) -> String {
    let all = plan.trials.flatMap { certificates[$0.key] ?? [] }
    return CSV.line(Certificate.columns) + all.map(\.csv).joined()
  }
}

extension Plan {
  /// Whether a run leaves certificates.csv.
  var keepsCertificates: Bool {
    trials.contains { if case .frozen = $0 { true } else { false } }
  }
}
