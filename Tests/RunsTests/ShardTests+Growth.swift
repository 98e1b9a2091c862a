import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// Shards of an experiment that changes after they have run.
extension ShardTests {
  /// Runs every shard, and returns how many trials that took.
  private func runAll(_ folders: ShardFolders, of count: Int) throws -> Int {
    try (1...count).reduce(0) { sum, index in
      var folder = try folders.open(Shard(index, of: count))
      let missing = folder.missing.count
      try folder.begin()
      try run(&folder)
      try folder.order()
      return sum + missing
    }
  }

  @Test func `an experiment that grew runs what is missing, shard by shard, and merges`() throws {
    try withTemporaryFolder { path in
      let (less, more) = (try Self.plan(seeds: "5"), try Self.plan())
      let expected = try inOnePiece("\(path)/whole")
      let before = ShardFolders(path: "\(path)/run", plan: less)
      #expect(try runAll(before, of: 3) == less.trials.count)
      _ = try #require(try before.merge(allowPartial: false)).folder.finish()
      let after = ShardFolders(path: "\(path)/run", plan: more)
      #expect(try after.merge(allowPartial: false) == nil, "trials are missing")
      #expect(try runAll(after, of: 3) == more.trials.count - less.trials.count)
      let merged = try #require(try after.merge(allowPartial: false))
      #expect(merged.added == more.trials.count - less.trials.count)
      _ = try merged.folder.finish()
      #expect(try bytes(in: "\(path)/run") == expected)
    }
  }

  @Test func `rows of an older plan leave shard by shard, and a merge over them is refused`() throws
  {
    try withTemporaryFolder { path in
      let (less, more) = (try Self.plan(seeds: "[7, 8, 9]"), try Self.plan())
      let expected = try inOnePiece("\(path)/whole")
      let before = ShardFolders(path: "\(path)/run", plan: less)
      _ = try runAll(before, of: 2)
      _ = try #require(try before.merge(allowPartial: false)).folder.finish()
      let after = ShardFolders(path: "\(path)/run", plan: more)
      func expectRefusal(in folder: String) throws {
        let error = try #require(throws: InputError.self) { try after.merge(allowPartial: true) }
        #expect(error.description.hasPrefix("\(path)/run\(folder)/trials.csv: line "))
        #expect(
          error.description.hasSuffix(
            "; depthwidth run keeps the rows that still belong and sets the others aside"))
      }
      try expectRefusal(in: "/shard-1-of-2")
      let kept = less.trials.count { !$0.key.hasSuffix("/seed=9") }
      #expect(try runAll(after, of: 2) == more.trials.count - kept)
      let aside = try (1...2).flatMap { index in
        let file = after.path(of: Shard(index, of: 2)) + "/trials.set-aside-1.csv"
        return try CSV.parse(contents(of: file).utf8).rows.dropFirst().map { $0.fields[0] }
      }
      #expect(
        Set(aside) == Set(less.trials.map(\.key).filter { $0.hasSuffix("/seed=9") })
          && aside.count == less.trials.count - kept)
      // What was merged before is the run's own, and has to be set aside as well.
      try expectRefusal(in: "")
      var whole = try after.openWhole()
      try whole.begin()
      whole.close()
      _ = try #require(try after.merge(allowPartial: false)).folder.finish()
      #expect(try bytes(in: "\(path)/run") == expected)
    }
  }
}
