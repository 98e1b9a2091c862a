import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct ShardTests {
  static func plan(seeds: String = "8") throws -> Plan {
    try smallPlan(
      bits: "[2, 3]", seeds: seeds, epochs: 6,
      arms: """
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: [1, 4], optimizer: "rprop" },
        { name: "frozen", kind: "frozen" },
        """,
      claims: #"{ claim: "C.", arm: "line", measure: "best_accuracy", is: "<", value: 1 }"#)
  }

  private static let files = ["trials.csv", "summary.csv", "claims.csv", "certificates.csv"]

  func bytes(in path: String) throws -> [String] {
    try Self.files.map { try contents(of: "\(path)/\($0)") }
  }

  func run(_ folder: inout RunFolder, _ count: Int = .max) throws {
    for trial in folder.missing.reversed().prefix(count) { try folder.append(trial.finish()) }
  }

  func inOnePiece(_ path: String) throws -> [String] {
    var folder = try RunFolder(writing: path, plan: Self.plan())
    try run(&folder)
    _ = try folder.finish()
    folder.close()
    return try bytes(in: path)
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `every trial belongs to one shard, however long the plan is`(count: Int) throws {
    let plan = try Self.plan()
    let parts = (1...count).map { plan.part(Shard($0, of: count)).trials.map(\.key) }
    #expect(parts.joined().sorted() == plan.trials.map(\.key).sorted())
    let longer = try Self.plan(seeds: "20")
    for index in 1...count {
      let keys = longer.part(Shard(index, of: count)).trials.map(\.key)
      #expect(keys.filter(Set(plan.trials.map(\.key)).contains) == parts[index - 1])
    }
    // Within six standard deviations of the same number each.
    let mean = Double(plan.trials.count) / Double(count)
    #expect(parts.allSatisfy { abs(Double($0.count) - mean) <= 6 * mean.squareRoot() + 1 })
  }

  @Test func `shards are read as they are written`() {
    #expect(Shard("3/8") == Shard(3, of: 8))
    #expect(Shard("3/8")?.description == "3/8")
    for text in ["0/8", "9/8", "3", "3/", "/8", "3/8/1", "a/b", "1/0", "1/10001", "-1/8"] {
      #expect(Shard(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [[1], [2, 1], [3, 1, 2], [5, 3, 1, 2, 4]])
  func `merged shards have the bytes of a run in one piece`(order: [Int]) throws {
    try withTemporaryFolder { path in
      let expected = try inOnePiece("\(path)/whole")
      let folders = ShardFolders(path: "\(path)/run", plan: try Self.plan())
      for index in order {
        var folder = try folders.open(Shard(index, of: order.count))
        try folder.begin()
        try run(&folder)
        try folder.order()
      }
      #expect(try RunStatus(of: folders).parts.allSatisfy { $0.missing == 0 && !$0.isRunning })
      for added in [folders.plan.trials.count, 0, 0] {
        let merged = try #require(try folders.merge(allowPartial: false))
        _ = try merged.folder.finish()
        #expect(merged.added == added && merged.incomplete.isEmpty)
        #expect(try bytes(in: "\(path)/run") == expected)
      }
    }
  }

  @Test func `an incomplete merge is refused, or goes on as a run`() throws {
    try withTemporaryFolder { path in
      let expected = try inOnePiece("\(path)/whole")
      let folders = ShardFolders(path: "\(path)/run", plan: try Self.plan())
      #expect(throws: InputError.self) { try folders.merge(allowPartial: true) }
      for (index, count) in [(1, Int.max), (3, 4)] {
        var folder = try folders.open(Shard(index, of: 5))
        try folder.begin()
        try run(&folder, count)
      }
      let status = try RunStatus(of: folders)
      #expect(status.missingAsArray == "2-5")
      #expect(status.parts.map(\.shard) == (1...5).map { Shard($0, of: 5) })
      #expect(status.parts[2].done == 4)
      #expect(try folders.merge(allowPartial: false) == nil)
      #expect(!FileManager.default.fileExists(atPath: "\(path)/run/trials.csv"))

      let merged = try #require(try folders.merge(allowPartial: true))
      #expect(merged.incomplete == [2, 3, 4, 5].map { Shard($0, of: 5) })
      #expect(merged.folder.records.count == status.parts.reduce(0) { $0 + $1.done })
      var whole = try folders.openWhole(fresh: [])
      try whole.begin()
      try run(&whole)
      _ = try whole.finish()
      #expect(try bytes(in: "\(path)/run") == expected)
    }
  }

  @Test func `another number of shards, and a run in one piece, are refused`() throws {
    try withTemporaryFolder { path in
      let folders = ShardFolders(path: path, plan: try Self.plan())
      _ = try folders.open(Shard(2, of: 3))
      let other = #expect(throws: InputError.self) {
        try folders.open(Shard(5, of: 7))
      }
      #expect(
        other?.description
          == "\(path): found a run in 3 shards, expected one in 7; use --shard 3/3, or choose "
          + "another folder with --output DIR")
      for fresh in [[], RunFolder.File.all] {
        let whole = #expect(throws: InputError.self) { try folders.openWhole(fresh: fresh) }
        #expect(whole?.description.contains("join them with depthwidth merge") == true)
      }
      #expect(folders.started == [Shard(2, of: 3)])
    }
  }

  @Test func `a merge never changes a record that is there`() throws {
    try withTemporaryFolder { path in
      let folders = ShardFolders(path: path, plan: try Self.plan())
      for index in 1...2 {
        var folder = try folders.open(Shard(index, of: 2))
        try folder.begin()
        try run(&folder)
      }
      try #require(try folders.merge(allowPartial: false) != nil)
      let file = "\(path)/trials.csv"
      let text = try contents(of: file)
      let record = try #require(
        try RunFolder(
          reading: folders.path(of: Shard(1, of: 2)), plan: folders.plan.part(Shard(1, of: 2))
        ).recordsInOrder.first { $0.loss != nil })
      let loss = try #require(record.loss)
      let changed = text.replacingOccurrences(of: ",\(loss),", with: ",0.5,")
      try #require(changed != text)
      try write(changed, to: file)
      #expect(throws: InputError.self) { try folders.merge(allowPartial: false) }
      #expect(try contents(of: file) == changed)
    }
  }

  @Test func `the status counts what a run would refuse`() throws {
    try withTemporaryFolder { path in
      let folders = ShardFolders(path: path, plan: try Self.plan())
      #expect(try RunStatus(of: folders).parts.map(\.missing) == [folders.plan.trials.count])
      var folder = try folders.open(Shard(1, of: 2))
      try folder.begin()
      try run(&folder, 3)
      #expect(try RunStatus(of: folders).parts[0].isRunning)
      folder.close()
      let file = folder.path(of: .trials)
      let lines = try contents(of: file).split(separator: "\n", omittingEmptySubsequences: false)
      let foreign = lines[2].replacingOccurrences(of: "seed=", with: "seed=9")
      try write(
        (lines.dropLast() + [lines[1], lines[2], foreign[...], "torn"]).joined(separator: "\n"),
        to: file)
      let part = try RunStatus(of: folders).parts[0]
      #expect(part.done == 3 && part.duplicate == 2 && part.foreign == 1 && !part.isRunning)
    }
  }
}
