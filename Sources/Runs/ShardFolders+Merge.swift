public import Experiments
public import Tables

extension ShardFolders {
  /// What a merge leaves.
  public struct Merged {
    /// The folder of the run with the records of all shards.
    public let folder: RunFolder
    /// The shards that have trials missing, in order.
    public let incomplete: [Shard]
    /// The records that were not in the run's folder before.
    public let added: Int
  }

  /// The records of all shards, in one folder: read first, all of them, and nothing written before
  /// they are found to be right.
  ///
  /// Records are values and a plan has an order, so merging again, or in any order, ends with the same
  /// bytes. Nil, and nothing written, when trials are missing and `allowPartial` is not said.
  public func merge(allowPartial: Bool) throws(InputError) -> Merged? {
    guard let parts = try read() else { throw noShards }
    let incomplete = parts.filter { !$0.isComplete }.compactMap(\.plan.shard)
    let known = try RunFolder(reading: path, plan: plan)
    let finished = parts.flatMap(\.finished)
    for trial in finished {
      guard let record = known.records[trial.record.key], record != trial.record else { continue }
      throw InputError(
        known.path(of: .trials), at: record.key,
        .foreign(
          found: "another record than that of its shard", expected: "the same one",
          remedy: "move the file away to merge from the shards alone"))
    }
    let new = Set(finished.map(\.record.key)).union(known.records.keys)
    var whole = known.plan
    whole.grow(by: finished.map(\.record) + known.recordsInOrder)
    guard allowPartial || new.count == whole.count else { return nil }

    var folder = try RunFolder(writing: path, plan: plan)
    let added = finished.filter { folder.records[$0.record.key] == nil }
    for trial in added { try folder.append(trial) }
    try folder.flush()
    for session in parts.flatMap(\.sessions) { try folder.note(session) }
    try folder.order()
    folder.close()
    return Merged(folder: folder, incomplete: incomplete, added: added.count)
  }

  /// Every shard, started or not; nil where there is none.
  private func read(setsAside: Bool = false) throws(InputError) -> [RunFolder]? {
    guard let count = try count() else { return nil }
    return try plan.parts(count).map { part throws(InputError) in
      try RunFolder(
        reading: part.shard.map(path(of:)) ?? path, plan: part, setsAside: setsAside)
    }
  }

  /// What a run would go on with, writing nothing: the folder of the run, or before a merge those of
  /// its shards.
  public func found() throws(InputError) -> [RunFolder] {
    if !hasRecords, let shards = try read(setsAside: true) { return shards }
    return [try RunFolder(reading: path, plan: plan, setsAside: true)]
  }

  /// There is no shard to work with.
  public var noShards: InputError {
    InputError(
      path,
      .unexpected(
        found: "no shard", expected: "the folders that depthwidth run NAME --shard I/N makes"))
  }
}

extension RunFolder {
  /// What the finished trials left, in the plan's order.
  fileprivate var finished: [Finished] {
    recordsInOrder.map { record in
      let rows = plan.companions.map { ($0.name, self.rows(of: record.key, in: $0)) }
      return Finished(
        record, companions: Dictionary(uniqueKeysWithValues: rows),
        network: networks[record.key], timing: timings[record.key])
    }
  }
}
