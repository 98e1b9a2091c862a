public import Experiments
import Platform
public import Tables

/// The folder a run works in: its records on disk, one line as soon as a trial is finished.
///
/// While the run goes on, trials.csv holds the finished trials in the order they ended; when all are
/// there it is rewritten in the plan's order. The same plan opened again goes on where it stopped. A
/// part of a plan works in a folder of its own inside that of the run, ``path(of:in:)``.
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String
  /// The plan whose trials belong here.
  public let plan: Plan
  /// The finished trials by key.
  public internal(set) var records: [String: Record] = [:]
  /// The lines of those that were appended here: in the end all are written once more, in order.
  var lines: [String: String] = [:]
  /// How long they took, as far as it is known.
  var timings: [String: Timing] = [:]
  var certificateFile: CompanionFile<Certificate>?
  var curveFile: CompanionFile<CurvePoint>?
  /// Nil until something of it is read or written: the fingerprint of a plan takes a while.
  private(set) var provenance: Provenance?
  private(set) var lock: FileLock?
  private var open: Open?

  /// What is held while the folder is written to.
  private struct Open {
    let trials: AppendFile
    let timings: AppendFile
  }

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
    /// One row for each point of a learning curve, where the plan records them.
    case curves = "curves.csv"
    /// How long each trial took.
    case timings = "timings.csv"
    /// What differs from run to run.
    case provenance = "provenance.json"
  }

  /// The path of one of the folder's files.
  public func path(of file: File) -> String { "\(path)/\(file.rawValue)" }

  /// The files that a run of this plan has when it is done.
  public var files: [File] {
    File.allCases.filter {
      switch $0 {
      case .certificates: plan.keepsCertificates
      case .curves: plan.keepsCurves
      // A part of a plan says nothing about the whole.
      case .summary, .claims: plan.shard == nil
      case .trials, .timings, .provenance: true
      }
    }
  }

  /// The certificates of a finished trial.
  public func certificates(of key: String) -> [Certificate] {
    certificateFile?.entries[key] ?? []
  }

  /// The learning curve of a finished trial.
  public func curve(of key: String) -> [CurvePoint] { curveFile?.entries[key] ?? [] }

  /// The trials of the plan that have no record yet, in its order.
  public var missing: [Trial] { plan.trials.filter { records[$0.key] == nil } }

  /// The records in the plan's order.
  public var recordsInOrder: [Record] { plan.trials.compactMap { records[$0.key] } }

  /// Whether every trial of the plan has its record.
  public var isComplete: Bool { records.count == plan.trials.count }

  /// The processes that worked here, in order.
  public var sessions: [Session] { provenance?.sessions ?? [] }

  /// Opens a folder to read, writing nothing; records of another plan are refused.
  public init(reading path: String, plan: Plan) throws(InputError) {
    self.path = path
    self.plan = plan
    guard Files.kind(of: self.path(of: .trials)) != nil else { return }
    provenance = try readProvenance()
    try readRecords(CSV.parse(FileText.contents(of: self.path(of: .trials))))
    if plan.keepsCertificates {
      certificateFile = try CompanionFile(
        reading: self.path(of: .certificates), of: plan, records: records, remedy: remedy)
    }
    if plan.keepsCurves {
      curveFile = try CompanionFile(
        reading: self.path(of: .curves), of: plan, records: records, remedy: remedy)
    }
    if Files.kind(of: self.path(of: .timings)) != nil {
      let file = self.path(of: .timings)
      timings = try Timing.read(CSV.parse(FileText.contents(of: file)), file: file)
        .filter { records[$0.key] != nil }
    }
  }

  /// Opens a folder to run in: makes it where there is none, otherwise keeps what is done.
  ///
  /// With `fresh` the files of an earlier run are removed first. A folder in which another run works
  /// is refused.
  public init(writing path: String, plan: Plan, fresh: Bool = false) throws(InputError) {
    try self.init(locking: path, plan: plan, fresh: fresh)
    try begin()
  }

  /// Keeps other runs out of a folder and refuses what does not belong there: the first half of
  /// ``init(writing:plan:fresh:)``.
  ///
  /// Nothing can be appended before the second, ``begin(_:)``.
  public init(locking path: String, plan: Plan, fresh: Bool = false) throws(InputError) {
    let lock = try Self.lock(path)
    if fresh {
      for file in File.allCases {
        let path = "\(path)/\(file.rawValue)"
        try FileText.writing(path) { () throws(SystemError) in try Files.remove(path) }
      }
    }
    try self.init(reading: path, plan: plan)
    self.lock = lock
  }

  /// Makes every file of a run that goes on, and notes the session that works here from now on, if
  /// there is one.
  public mutating func begin(_ session: Session? = nil) throws(InputError) {
    precondition(lock != nil, "\(path) is not locked")
    let isNew = Files.kind(of: self.path(of: .trials)) == nil
    if isNew || session != nil {
      let provenance = remembering(session)
      try write(provenance.json, to: .provenance)
    }
    if plan.keepsCertificates {
      certificateFile = certificateFile ?? CompanionFile(self.path(of: .certificates))
      try certificateFile?.open(in: plan)
    }
    if plan.keepsCurves {
      curveFile = curveFile ?? CompanionFile(self.path(of: .curves))
      try curveFile?.open(in: plan)
    }
    // Last, since where trials.csv is the others must be: a kill may come between any two.
    if isNew { try write(CSV.line(Record.columns), to: .trials) }
    // What a kill left of a timing is not worth keeping, nor is that of a trial that runs again.
    try write(timingsInOrder, to: .timings)
    Files.synchronize(folder: path)
    open = Open(trials: try appendFile(.trials), timings: try appendFile(.timings))
  }

  /// Makes a folder and keeps other runs out of it.
  static func lock(_ path: String, patience: Double = 0.1) throws(InputError) -> FileLock {
    let lock = try FileText.writing(path) { () throws(SystemError) in
      try Files.makeFolder(path)
      return try FileLock("\(path)/.lock", patience: patience)
    }
    guard let lock else { throw InputError(path, .inUse) }
    return lock
  }

  private func appendFile(_ file: File) throws(InputError) -> AppendFile {
    let path = path(of: file)
    return try FileText.writing(path) { () throws(SystemError) in try AppendFile(path) }
  }

  /// Writes the record of a finished trial without certificates to disk.
  public mutating func append(_ record: Record) throws(InputError) {
    try append(Finished(record))
  }

  /// Writes a finished trial to disk: its record last, so that with a record all of it is there.
  public mutating func append(_ finished: Finished) throws(InputError) {
    guard let open else { preconditionFailure("\(path) is not open to write") }
    let record = finished.record
    try certificateFile?.append(finished.certificates, of: record.key)
    try curveFile?.append(finished.curve, of: record.key)
    if let timing = finished.timing {
      try FileText.writing(path(of: .timings)) { () throws(SystemError) in
        try open.timings.append(timing.line(record.key))
      }
      timings[record.key] = timing
    }
    let line = CSV.line(record.fields)
    try FileText.writing(path(of: .trials)) { () throws(SystemError) in
      try open.trials.append(line)
    }
    records[record.key] = record
    lines[record.key] = line
  }

  /// Brings what was appended to disk at once.
  public func flush() throws(InputError) {
    // A complete run is about to be written anew, all of it.
    guard let open, !isComplete else { return }
    try certificateFile?.flush()
    try curveFile?.flush()
    try FileText.writing(path(of: .trials)) { () throws(SystemError) in try open.trials.flush() }
  }

  /// Notes who works here from now on, or how a session noted before went.
  public mutating func note(_ session: Session) throws(InputError) {
    let provenance = remembering(session)
    // As in ``flush()``.
    if !isComplete { try write(provenance.json, to: .provenance) }
  }

  private mutating func remembering(_ session: Session?) -> Provenance {
    var known = provenance ?? Provenance(plan: plan)
    if let session { known.note(session) }
    provenance = known
    return known
  }

  /// Leaves the folder to other runs; nothing can be appended afterwards.
  public mutating func close() {
    open = nil
    lock = nil
    certificateFile?.close()
    curveFile?.close()
  }

  package func write(_ text: String, to file: File) throws(InputError) {
    let isDerived = file == .summary || file == .claims || file == .timings
    try FileText.replace(path(of: file), with: text, isFlushed: !isDerived)
  }
}
