import Foundation

/// The folder a run works in: its records on disk, one line as soon as a trial is finished.
///
/// While the run goes on, trials.csv holds the finished trials in the order they ended; when all are
/// there it is rewritten in the plan's order. The same plan opened again goes on where it stopped.
public struct RunFolder {
  /// The folder.
  public let path: String
  /// The plan whose trials belong here.
  public let plan: Plan
  /// The finished trials by key.
  public private(set) var records: [String: Record] = [:]
  private var certificateFile: CertificateFile?
  private var trials: FileHandle?
  private var lock: FolderLock?

  /// The files of a run.
  public enum File: String, CaseIterable, Sendable {
    /// One row a trial.
    case trials = "trials.csv"
    /// One row for each arm, n and depth.
    case summary = "summary.csv"
    /// One row a claim.
    case claims = "claims.csv"
    /// One row for each number of a certificate, where the plan has frozen trials.
    case certificates = "certificates.csv"
    /// What differs from run to run.
    case provenance = "provenance.json"
  }

  /// The path of one of the folder's files.
  public func path(of file: File) -> String { "\(path)/\(file.rawValue)" }

  /// The files that a run of this plan has.
  public var files: [File] {
    File.allCases.filter { $0 != .certificates || plan.keepsCertificates }
  }

  /// The certificates of a finished trial.
  public func certificates(of key: String) -> [Certificate] {
    certificateFile?.certificates[key] ?? []
  }

  /// The trials of the plan that have no record yet, in its order.
  public var missing: [Trial] { plan.trials.filter { records[$0.key] == nil } }

  /// The records in the plan's order.
  public var recordsInOrder: [Record] { plan.trials.compactMap { records[$0.key] } }

  /// Whether every trial of the plan has its record.
  public var isComplete: Bool { records.count == plan.trials.count }

  /// Opens a folder to read, writing nothing; records of another plan are refused.
  public init(reading path: String, plan: Plan) throws(InputError) {
    self.path = path
    self.plan = plan
    guard FileManager.default.fileExists(atPath: self.path(of: .trials)) else { return }
    try checkProvenance()
    let text = try FileText.contents(of: self.path(of: .trials))
    let document = CSV.parse(text)
    try read(document)
    if plan.keepsCertificates {
      certificateFile = try CertificateFile(
        reading: self.path(of: .certificates), of: plan, records: records, remedy: remedy)
    }
  }

  /// Opens a folder to run in: makes it where there is none, otherwise keeps what is done.
  ///
  /// With `fresh` the files of an earlier run are removed first. A folder in which another run works
  /// is refused.
  public init(writing path: String, plan: Plan, fresh: Bool = false) throws(InputError) {
    let lock = try FolderLock(making: path)
    if fresh { try Self.removeFiles(in: path) }
    try self.init(reading: path, plan: plan)
    self.lock = lock
    do {
      if plan.keepsCertificates {
        certificateFile = certificateFile ?? CertificateFile(self.path(of: .certificates))
        try certificateFile?.open(in: plan)
      }
      if !FileManager.default.fileExists(atPath: self.path(of: .trials)) {
        try Provenance(plan: plan).write(to: self.path(of: .provenance))
        try Data(CSV.line(Record.columns).utf8).write(to: url(of: .trials), options: .atomic)
      }
      let handle = try FileHandle(forUpdating: url(of: .trials))
      // A line that a kill tore in half is not a record: the next one starts in its place.
      let complete = CSV.parse(try FileText.contents(of: self.path(of: .trials))).completeBytes
      try handle.truncate(atOffset: UInt64(complete))
      try handle.seekToEnd()
      trials = handle
    } catch {
      throw InputError(path, .unwritable(SystemReason.text(error)))
    }
  }

  /// Writes the record of a finished trial without certificates to disk.
  public mutating func append(_ record: Record) throws(InputError) {
    try append(Finished(record))
  }

  /// Writes a finished trial to disk: its record last, so that with a record all of it is there.
  public mutating func append(_ finished: Finished) throws(InputError) {
    guard let trials else { preconditionFailure("\(path) is not open to write") }
    try certificateFile?.append(finished)
    let record = finished.record
    do {
      try trials.write(contentsOf: Data(CSV.line(record.fields).utf8))
    } catch {
      throw InputError(path(of: .trials), .unwritable(SystemReason.text(error)))
    }
    records[record.key] = record
  }

  /// Leaves the folder to other runs; nothing can be appended afterwards.
  public mutating func close() {
    trials = nil
    certificateFile?.close()
    lock = nil
  }

  /// What the records amount to, writing nothing.
  public func results() throws(InputError) -> Results {
    try results(of: recordsInOrder)
  }

  private func results(of records: [Record]) throws(InputError) -> Results {
    try Results(
      experiment: plan.experiment, records: records, missing: isComplete ? [] : missing)
  }

  /// Puts trials.csv in the plan's order once it is complete, and sums it up.
  public func finish() throws(InputError) -> Results {
    let records = recordsInOrder
    let results = try results(of: records)
    if isComplete {
      let text = CSV.line(Record.columns) + records.map { CSV.line($0.fields) }.joined()
      try write(text, to: .trials)
      if let certificateFile { try write(certificateFile.csv(in: plan), to: .certificates) }
    }
    try write(results.summary.csv, to: .summary)
    try write(JudgedClaim.csv(results.claims), to: .claims)
    return results
  }

  private func write(_ text: String, to file: File) throws(InputError) {
    do {
      try Data(text.utf8).write(to: url(of: file), options: .atomic)
    } catch {
      throw InputError(path(of: file), .unwritable(SystemReason.text(error)))
    }
  }

  private func url(of file: File) -> URL { URL(fileURLWithPath: path(of: file)) }
}

extension RunFolder {
  private var remedy: String {
    "start over with --fresh, or choose another folder with --output DIR"
  }

  private func checkProvenance() throws(InputError) {
    let path = path(of: .provenance)
    let found = try Provenance.read(path).plan
    guard found == plan.fingerprint else {
      throw InputError(
        path,
        .foreign(
          found: "results of the plan \(found)",
          expected: "those of \(plan.fingerprint): the experiment has changed since",
          remedy: remedy))
    }
  }

  private mutating func read(_ document: CSV.Document) throws(InputError) {
    let path = path(of: .trials)
    guard document.rows.first?.fields == Record.columns else {
      throw InputError(
        path, at: "line 1",
        .foreign(
          found: "\"\(document.rows.first?.fields.joined(separator: ",").prefix(60) ?? "")\"",
          expected: "the header \"\(Record.columns.joined(separator: ",").prefix(60))…\"",
          remedy: remedy))
    }
    let trials = Dictionary(plan.trials.map { ($0.key, $0) }) { first, _ in first }
    for row in document.rows.dropFirst() {
      let record = try Record(row, file: path)
      guard let trial = trials[record.key] else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "the key \"\(record.key)\"", expected: "a key of the plan", remedy: remedy))
      }
      if let column = trial.contradiction(in: record) {
        throw InputError(
          path, at: "line \(row.line), \(column)",
          .foreign(
            found: "another value than the trial's", expected: "the setting of \(record.key)",
            remedy: remedy))
      }
      guard records.updateValue(record, forKey: record.key) == nil else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "\"\(record.key)\" a second time", expected: "every key once", remedy: remedy))
      }
    }
  }

  /// Removes the files a run writes, and no other.
  private static func removeFiles(in path: String) throws(InputError) {
    for file in File.allCases {
      let path = "\(path)/\(file.rawValue)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do {
        try FileManager.default.removeItem(atPath: path)
      } catch {
        throw InputError(path, .unwritable(SystemReason.text(error)))
      }
    }
  }
}
