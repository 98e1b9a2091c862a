public import Experiments
import Platform
public import Tables

/// The folder a run works in: its records on disk, one line as soon as a trial is finished.
///
/// While the run goes on, trials.csv holds the finished trials in the order they ended; when all are
/// there it is rewritten in the plan's order. The same plan opened again goes on where it stopped, and
/// a plan that has grown keeps every row whose key and settings are still its own. A part of a plan
/// works in a folder of its own inside that of the run (``ShardFolders``).
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String
  /// The plan whose trials belong here, grown by the records that are.
  public internal(set) var plan: Plan
  /// The finished trials by key.
  public internal(set) var records: [String: Record] = [:]
  /// The lines of those that were appended here: in the end all are written once more, in order.
  var lines: [String: String] = [:]
  /// How long they took, as far as it is known.
  public internal(set) var timings: [String: Timing] = [:]
  var companionFiles: [CompanionFile]
  /// The networks that are kept.
  public internal(set) var networks: NetworkLog
  /// The trials on their way.
  public internal(set) var checkpoints: CheckpointFolder
  /// The rows that are not the plan's any more and leave when the run begins.
  public internal(set) var leaving = LeavingRows()
  /// Nil until something of it is read or written: the fingerprint of a plan takes a while.
  var provenance: Provenance?
  private(set) var lock: FileLock?
  private var open: Open?

  /// What is held while the folder is written to.
  private struct Open {
    let trials: AppendFile
    let timings: AppendFile
  }

  /// A file of a run, by its name.
  public struct File: RawRepresentable, Hashable, Sendable {
    /// The name.
    public let rawValue: String

    /// The file of that name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// One row a trial.
    public static let trials = File(rawValue: "trials.csv")
    /// How long each trial took.
    public static let timings = File(rawValue: "timings.csv")
    /// The experiment with every default written out.
    public static let experiment = File(rawValue: "experiment.json")
    /// What differs from run to run.
    public static let provenance = File(rawValue: "provenance.json")
    /// The networks that a run keeps on its way; never published.
    public static let networkLog = File(rawValue: NetworkLog.name)
  }

  /// The path of one of the folder's files.
  public func path(of file: File) -> String { "\(path)/\(file.rawValue)" }

  /// The rows that a finished trial has in a file beside trials.csv, one field a column.
  public func rows(of key: String, in companion: Companion) -> [[String]] {
    companionFiles.first { $0.companion.name == companion.name }?.rows[key] ?? []
  }

  /// The trials of the plan that have no record yet, in its order.
  public var missing: [any Trial] { plan.trials.filter { records[$0.key] == nil } }

  /// How many trials have a checkpoint on disk.
  public var onTheirWay: Int { CheckpointFolder.all(in: path).count { records[$0.key] == nil } }

  /// The records in the plan's order.
  public var recordsInOrder: [Record] { plan.trials.compactMap { records[$0.key] } }

  /// Whether every trial of the plan has its record.
  public var isComplete: Bool { records.count == plan.count }

  /// The processes that worked here, in order.
  public var sessions: [Session] { provenance?.sessions ?? [] }

  /// Opens a folder to read, writing nothing; rows of another plan are refused, or are ``leaving`` as
  /// they would be in a run.
  public init(reading path: String, plan: Plan, setsAside: Bool = false) throws(InputError) {
    self.init(path, plan)
    try read(setsAside: setsAside)
  }

  private init(_ path: String, _ plan: Plan) {
    self.path = path
    self.plan = plan
    companionFiles = plan.companions.map { CompanionFile($0, in: path) }
    networks = NetworkLog(in: path, plan)
    checkpoints = CheckpointFolder(in: path)
  }

  /// Opens a folder to run in: makes it where there is none, otherwise keeps what is done.
  ///
  /// The files in `fresh`, those of an earlier run, are removed first. A folder in which another run
  /// works is refused.
  public init(writing path: String, plan: Plan, fresh: [File] = []) throws(InputError) {
    try self.init(locking: path, plan: plan, fresh: fresh)
    try begin()
  }

  /// Keeps other runs out of a folder and reads what is there: the first half of
  /// ``init(writing:plan:fresh:)``.
  ///
  /// Nothing is written, and nothing can be appended, before the second, ``begin(_:)``.
  public init(locking path: String, plan: Plan, fresh: [File] = []) throws(InputError) {
    let lock = try Self.lock(path)
    for file in fresh {
      let path = "\(path)/\(file.rawValue)"
      try FileText.writing(path) { () throws(SystemError) in try Files.remove(path) }
    }
    self.init(path, plan)
    if !fresh.isEmpty { try checkpoints.removeAll() }
    try read(setsAside: true, makesNetworks: true)
    checkpoints.read(plan) { records[$0] != nil }
    self.lock = lock
  }

  /// Makes every file of a run that goes on, and notes the session that works here from now on, if
  /// there is one.
  public mutating func begin(_ session: Session? = nil) throws(InputError) {
    precondition(lock != nil, "\(path) is not locked")
    let isNew = Files.kind(of: self.path(of: .trials)) == nil
    try leaving.write(in: path)
    try checkpoints.begin()
    if isNew || session != nil || !leaving.isEmpty {
      let provenance = remembering(session)
      try write(provenance.json, to: .provenance)
    }
    for index in companionFiles.indices { try companionFiles[index].open(in: plan) }
    try networks.open(in: plan)
    // Last, since where trials.csv is the others must be: a kill may come between any two.
    if isNew || !leaving.isEmpty || !networks.dropped.isEmpty {
      try write(trialsInOrder, to: .trials)
    }
    for name in leaving.emptied {
      let path = "\(path)/\(name)"
      try FileText.writing(path) { () throws(SystemError) in try Files.remove(path) }
    }
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

  /// Writes the record of a finished trial that leaves nothing else to disk.
  public mutating func append(_ record: Record) throws(InputError) {
    try append(Finished(record))
  }

  /// Writes a finished trial to disk: its record last, so that with a record all of it is there; returns
  /// the trials that the plan gains by it.
  @discardableResult
  public mutating func append(_ finished: Finished) throws(InputError) -> [any Trial] {
    guard let open else { preconditionFailure("\(path) is not open to write") }
    let record = finished.record
    for index in companionFiles.indices {
      let name = companionFiles[index].companion.name
      try companionFiles[index].append(finished.companions[name] ?? [], of: record.key)
    }
    if let network = finished.network { try networks.append(network, of: record) }
    if let timing = finished.timing {
      try FileText.writing(path(of: .timings)) { () throws(SystemError) in
        try open.timings.append(CSV.line(Timing.format.fields(timing)))
      }
      timings[record.key] = timing
    }
    let line = CSV.line(record.fields)
    try FileText.writing(path(of: .trials)) { () throws(SystemError) in
      try open.trials.append(line)
    }
    records[record.key] = record
    lines[record.key] = line
    let more = plan.take(record)
    guard checkpoints.has(record.key) else { return more }
    // The row must outlive a loss of power before the checkpoint goes, and its network before it.
    try networks.flush()
    try FileText.writing(path(of: .trials)) { () throws(SystemError) in try open.trials.flush() }
    try checkpoints.remove(record.key)
    return more
  }

  /// Brings what was appended to disk at once.
  public func flush() throws(InputError) {
    // A complete run is about to be written anew, all of it.
    guard let open, !isComplete else { return }
    for file in companionFiles { try file.flush() }
    try networks.flush()
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
    if known.experimentHash != plan.experiment.hash || !leaving.isEmpty { known.follow(plan) }
    if let session { known.note(session) }
    provenance = known
    return known
  }

  /// Leaves the folder to other runs; nothing can be appended afterwards.
  public mutating func close() {
    open = nil
    lock = nil
    for index in companionFiles.indices { companionFiles[index].close() }
    networks.close()
  }

  /// Replaces a file; `isFlushed` where it could not be made again.
  package func write(_ text: String, to file: File, isFlushed: Bool = true) throws(InputError) {
    try FileText.replace(path(of: file), with: text, isFlushed: isFlushed && file != .timings)
  }
}
