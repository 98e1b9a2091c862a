import Experiments
import Findings
import Foundation
import Runs
import Synchronization
import Tables
import TestSupport
import Testing

/// Runs of searching arms, whose plan grows by what the trials before came to.
struct SearchRunTests {
  private static func plan(search: String = "search: 30") throws -> Plan {
    try smallPlan(
      bits: "[2, 3]", seeds: "2", epochs: 30,
      arms: """
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: "1...4", optimizer: "rprop", \(search) },
        """,
      claims: """
        { claim: "C.", arm: "wide", measure: "minimum_units_half", is: "<=", value: 4 }
        """)
  }

  private static let files = ["trials.csv", "summary.csv", "settings.csv", "claims.csv"]

  private func bytes(in path: String) throws -> [String] {
    let networks = URL(fileURLWithPath: "\(path)/networks.safetensors")
    return try Self.files.map { try contents(of: "\(path)/\($0)") }
      + [Data(contentsOf: networks).base64EncodedString()]
  }

  /// Runs with so many workers until nothing is asked for, or `most` trials are done.
  private func run(_ path: String, jobs: Int, most: Int = .max) async throws -> [String] {
    let folder = try RunFolder(locking: path, plan: Self.plan())
    let done = Atomic(0)
    var run = try await Runner.run(
      folder.missing, jobs: jobs, isStopped: { done.load(ordering: .relaxed) >= most },
      begin: {
        var folder = folder
        try folder.begin()
        return folder
      },
      finished: { folder, finished in
        done.add(1, ordering: .relaxed)
        return try folder.append(finished)
      })
    defer { run.close() }
    guard run.isComplete else { return [] }
    _ = try run.finish()
    return try bytes(in: path)
  }

  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("depthwidth-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
  }

  @Test(arguments: [2, 3, 7])
  func `any number of workers, and any stops, end with the same bytes`(jobs: Int) async throws {
    try await withFolder { path in
      let expected = try await run("\(path)/one", jobs: 1)
      #expect(expected[1].split(separator: "\n").count == 5)
      #expect(try await run("\(path)/many", jobs: jobs) == expected)
      var found: [String] = []
      for _ in 0..<1000 where found.isEmpty {
        found = try await run("\(path)/stopped", jobs: jobs, most: 5)
      }
      #expect(found == expected)
    }
  }

  @Test func `shards of a search have the bytes of a run in one piece`() async throws {
    try await withFolder { path in
      let expected = try await run("\(path)/whole", jobs: 2)
      let folders = ShardFolders(path: "\(path)/run", plan: try Self.plan())
      for index in [2, 3, 1] {
        var folder = try folders.open(Shard(index, of: 3))
        try folder.begin()
        while let trial = folder.missing.last { try folder.append(trial.finish()) }
        try folder.order()
      }
      #expect(try RunStatus(of: folders).parts.allSatisfy { $0.missing == 0 && $0.foreign == 0 })
      let merged = try #require(try folders.merge(allowPartial: false))
      _ = try merged.folder.finish()
      #expect(try bytes(in: "\(path)/run") == expected)
    }
  }

  @Test func `a search whose networks are lost trains those alone again`() async throws {
    try await withFolder { path in
      let expected = try await run(path, jobs: 1)
      let log = "\(path)/networks.csv"
      let lines = try contents(of: log).split(separator: "\n").map(String.init)
      for left in [0, 1, lines.count / 2] {
        try write(lines.prefix(left).map { $0 + "\n" }.joined(), to: log)
        var folder = try RunFolder(locking: path, plan: Self.plan())
        #expect(!folder.missing.isEmpty && folder.missing.count < lines.count)
        #expect(folder.leaving.isEmpty && folder.networks.sentence != nil)
        folder.close()
        #expect(try await run(path, jobs: 2) == expected)
      }
    }
  }

  @Test func `a record that no search asked for is refused`() async throws {
    try await withFolder { path in
      _ = try await run(path, jobs: 1)
      let file = "\(path)/trials.csv"
      let lines = try contents(of: file).split(separator: "\n").map(String.init)
      // Without one record of the first wave nothing asks for the later ones.
      let first = try #require(lines.firstIndex { $0.hasPrefix("wide/n=2/widths=1/seed=1,") })
      try write((lines[..<first] + lines[(first + 1)...]).joined(separator: "\n") + "\n", to: file)
      let error = #expect(throws: InputError.self) {
        try RunFolder(reading: path, plan: Self.plan())
      }
      #expect(error?.description.contains("wide/n=2/widths=2/seed=1") == true)
    }
  }

  /// A width that thirty seeds left undecided gets more of them before the next one is tried.
  @Test func `a search with more seeds keeps the rows up to the width that it goes on with`()
    async throws
  {
    try await withFolder { path in
      _ = try await run(path, jobs: 2)
      let rows = try contents(of: "\(path)/trials.csv").split(separator: "\n").count - 1
      var folder = try RunFolder(writing: path, plan: Self.plan(search: "search: 60"))
      let kept = folder.records.count
      #expect(kept > 12 && kept + folder.leaving.count == rows)
      while let trial = folder.missing.first { try folder.append(trial.finish()) }
      #expect(folder.isComplete)
      folder.close()
    }
  }

  @Test func `a check runs what the published rows say was asked for`() throws {
    let plan = try Self.plan()
    try withTemporaryFolder { path in
      var run = try RunFolder(writing: "\(path)/run", plan: plan)
      while let trial = run.missing.first { try run.append(trial.finish()) }
      _ = try run.finish()
      try Published.publish(run, to: "\(path)/results")
      let check = try Check(plan, publishedIn: "\(path)/results", name: "small")
      #expect(check.trials.count == run.records.count && check.trials.count > plan.count)
      #expect(try check.report(check.trials.map { $0.finish() }).isEqual)

      // A row that was left out is a trial that is not published.
      let file = "\(path)/results/trials.csv"
      let text = try contents(of: file)
      let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("wide/n=3") })
      try write(text.replacingOccurrences(of: row + "\n", with: ""), to: file)
      let other = try Check(plan, publishedIn: "\(path)/results", name: "small")
      #expect(try !other.report(other.trials.map { $0.finish() }).isEqual)
    }
  }
}
