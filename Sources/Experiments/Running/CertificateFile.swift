import Foundation
import Training

/// certificates.csv in the folder of a run: what stands behind the records of frozen trials.
///
/// A certificate is written before its record. Whatever a kill leaves without a record is dropped
/// when the run goes on, and its trial runs again.
struct CertificateFile {
  private let path: String
  private var handle: FileHandle?

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
  mutating func open(in plan: Plan) throws {
    try Data(csv(in: plan).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    self.handle = handle
  }

  /// Writes the certificates of a finished trial to disk.
  mutating func append(_ finished: Finished) throws(InputError) {
    guard !finished.certificates.isEmpty else { return }
    guard let handle else { preconditionFailure("\(path) is not open to write") }
    let text = finished.certificates.map(\.csv).joined()
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw InputError(path, .unwritable(SystemReason.text(error)))
    }
    certificates[finished.record.key] = finished.certificates
  }

  mutating func close() { handle = nil }

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
