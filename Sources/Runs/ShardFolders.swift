public import Experiments
import Platform
public import Tables

/// The folder of a run with the folders of its shards inside.
public struct ShardFolders: Sendable {
  /// The folder of the run.
  public let path: String
  /// The whole plan.
  public let plan: Plan

  /// The shards of a plan under `path`.
  public init(path: String, plan: Plan) {
    precondition(plan.shard == nil, "the plan of a run is whole")
    self.path = path
    self.plan = plan
  }

  /// The shards that have a folder, in order.
  public var started: [Shard] {
    Files.names(in: path).compactMap(Shard.init(folderName:)).sorted { $0.index < $1.index }
  }

  /// The number of shards the run is cut into; nil where none was started.
  public func count() throws(InputError) -> Int? {
    let counts = Set(started.map(\.count)).sorted()
    guard counts.count <= 1 else {
      throw InputError(
        path,
        .foreign(
          found: "shards of \(counts.map(String.init).joined(separator: " and of "))",
          expected: "those of one number",
          remedy: "move away the shard folders that do not belong to this run"))
    }
    return counts.first
  }

  /// Whether the run has records that are not in the folder of a shard.
  var hasRecords: Bool { Files.kind(of: "\(path)/\(RunFolder.File.trials.rawValue)") != nil }

  /// The folder of a shard.
  public func path(of shard: Shard) -> String { "\(path)/\(shard.folderName)" }

  /// A shard to run in, locked; the run must not be cut into another number of shards already.
  public func open(_ shard: Shard, fresh: [RunFolder.File] = []) throws(InputError) -> RunFolder {
    // Shards that start together take their turn: none sees a folder that another just makes.
    let lock = try RunFolder.lock(path, patience: 10)
    if let count = try count(), count != shard.count {
      throw InputError(
        path,
        .foreign(
          found: "a run in \(count) shards", expected: "one in \(shard.count)",
          remedy: "use --shard \(min(shard.index, count))/\(count), or choose another folder with "
            + "--output DIR"))
    }
    return try withExtendedLifetime(lock) { () throws(InputError) in
      try RunFolder(locking: path(of: shard), plan: plan.part(shard), fresh: fresh)
    }
  }

  /// The whole run to run in, locked; shards that are not merged yet would be run again.
  public func openWhole(fresh: [RunFolder.File] = []) throws(InputError) -> RunFolder {
    if let count = try count(), !hasRecords || !fresh.isEmpty {
      throw InputError(
        path,
        .foreign(
          found: "a run in \(count) shards", expected: "one in a single piece",
          remedy: "join them with depthwidth merge (--allow-partial for those that are done), or "
            + "choose another folder with --output DIR"))
    }
    return try RunFolder(locking: path, plan: plan, fresh: fresh)
  }
}
