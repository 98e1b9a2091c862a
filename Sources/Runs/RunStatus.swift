public import Experiments
import Platform
public import Tables

/// How far a run is, counted from its files as they are: nothing in them is refused, all is counted.
public struct RunStatus: Sendable {
  /// The run as a whole, or each of its shards in order, started or not.
  public let parts: [Part]

  /// One folder held against its part of the plan.
  public struct Part: Sendable {
    /// The part; nil for a run in one piece.
    public let shard: Shard?
    /// The trials that belong to it.
    public internal(set) var trials: Int
    /// Those that have a record.
    public internal(set) var done = 0
    /// Those of them whose construction turned out wrong.
    public internal(set) var failed = 0
    /// Records of trials that have one already.
    public internal(set) var duplicate = 0
    /// Lines that are no record of a trial that belongs here.
    public internal(set) var foreign = 0
    /// The checkpoints of trials without a record, in the plan's order.
    public internal(set) var onTheirWay: [CheckpointFile] = []
    /// Whether a process works on it now.
    public internal(set) var isRunning = false

    /// The trials that have no record.
    public var missing: Int { trials - done }
  }

  /// Counts what is in the folder of a run, or in those of its shards.
  public init(of folders: ShardFolders) throws(InputError) {
    guard let count = try folders.count() else {
      parts = [Part(folders.path, folders.plan)]
      return
    }
    parts = folders.plan.parts(count).map { part in
      Part(part.shard.map(folders.path(of:)) ?? folders.path, part)
    }
  }

  /// The shards with trials missing, as the array of a scheduler: `2,5-7`; empty when none is.
  public var missingAsArray: String {
    let indices = parts.filter { $0.missing > 0 }.compactMap { $0.shard?.index }
    var ranges: [ClosedRange<Int>] = []
    for index in indices {
      if let last = ranges.last, last.upperBound == index - 1 {
        ranges[ranges.count - 1] = last.lowerBound...index
      } else {
        ranges.append(index...index)
      }
    }
    return ranges.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }.joined(separator: ",")
  }
}

extension RunStatus.Part {
  fileprivate init(_ path: String, _ plan: Plan) {
    shard = plan.shard
    trials = plan.count
    let file = "\(path)/\(RunFolder.File.trials.rawValue)"
    guard let bytes = try? FileText.contents(of: file) else { return }
    isRunning = FileLock.isHeld("\(path)/.lock")
    let document = CSV.parse(bytes)
    let records = document.rows.dropFirst().map { try? Record($0, file: file) }
    var plan = plan
    plan.grow(by: records.compactMap(\.self))
    trials = plan.count
    let known = plan.trialsByKey
    var seen: Set<String> = []
    foreign = document.damage == nil ? 0 : 1
    for record in records {
      guard let record, let trial = known[record.key],
        trial.settingsHash == record.settings, trial.correction(of: record) == nil
      else {
        foreign += 1
        continue
      }
      guard seen.insert(record.key).inserted else {
        duplicate += 1
        continue
      }
      done += 1
      failed += record.outcome == .failed ? 1 : 0
    }
    let checkpoints = Dictionary(
      CheckpointFolder.all(in: path).map { ($0.key, $0) }
    ) { first, _ in first }
    guard !checkpoints.isEmpty else { return }
    onTheirWay = plan.trials.compactMap { trial in
      checkpoints[trial.key].flatMap {
        seen.contains(trial.key) || $0.settings != trial.settingsHash ? nil : $0
      }
    }
  }
}
