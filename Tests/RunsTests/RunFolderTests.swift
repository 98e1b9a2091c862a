import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct RunFolderTests {
  static func plan(epochs: Int = 6) throws -> Plan {
    try smallPlan(
      bits: "[2, 3]", seeds: "2", epochs: epochs,
      arms: """
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: [1, 4], optimizer: "rprop" },
        """,
      claims: #"{ claim: "C.", arm: "line", measure: "best_accuracy", is: "<", value: 1 }"#)
  }

  /// Runs and saves the first `count` missing trials, or all of them.
  static func advance(_ folder: inout RunFolder, _ count: Int = .max, reversed: Bool = false) throws
  {
    let missing = folder.missing.prefix(count)
    for trial in reversed ? Array(missing.reversed()) : Array(missing) {
      try folder.append(trial.finish())
    }
  }

  /// The bytes of the files that must not differ from run to run.
  static func bytes(in path: String) throws -> [String] {
    try ["trials.csv", "summary.csv", "claims.csv"].map { try contents(of: "\(path)/\($0)") }
  }

  private func uninterrupted() throws -> [String] {
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: Self.plan())
      try Self.advance(&folder)
      _ = try folder.finish()
      return try Self.bytes(in: path)
    }
  }

  @Test func `a record is on disk as soon as it is appended`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      #expect(try contents(of: folder.path(of: .trials)) == CSV.line(Record.format.names))
      var expected = CSV.line(Record.format.names)
      for trial in plan.trials.reversed() {
        let finished = trial.finish()
        let record = finished.record
        try folder.append(finished)
        expected += CSV.line(record.fields)
        #expect(try contents(of: folder.path(of: .trials)) == expected)
      }
      #expect(folder.isComplete && folder.missing.isEmpty)
      #expect(folder.recordsInOrder.map(\.key) == plan.trials.map(\.key))
    }
  }

  @Test func `a complete file is in the plan's order, whatever ended first`() throws {
    let expected = try uninterrupted()
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: Self.plan())
      try Self.advance(&folder, reversed: true)
      let results = try folder.finish()
      #expect(try Self.bytes(in: path) == expected)
      #expect(expected[1] == Summary.format.csv(results.summary.rows))
      #expect(results.claims.map(\.verdict) == [.holds])
      let lines = CSV.parse(expected[0].utf8).rows
      #expect(try lines.dropFirst().map(\.fields[0]) == Self.plan().trials.map(\.key))
    }
  }

  @Test func `a resumed run skips what is done and ends with the same bytes`() throws {
    let expected = try uninterrupted()
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      for count in [3, 0, 5, .max] {
        var folder = try RunFolder(writing: path, plan: plan)
        let done = folder.records.count
        #expect(folder.missing.count == plan.trials.count - done)
        try Self.advance(&folder, count, reversed: true)
        #expect(folder.records.count == min(done + min(count, 99), plan.trials.count))
        _ = try folder.finish()
      }
      #expect(try Self.bytes(in: path) == expected)
      // Once more over a complete run: nothing to do, nothing changes.
      let again = try RunFolder(writing: path, plan: plan)
      #expect(again.isComplete)
      _ = try again.finish()
      #expect(try Self.bytes(in: path) == expected)
    }
  }

  @Test(arguments: [1, 30, 200, 310])
  func `a torn last line is dropped and its trial run again`(bytes: Int) throws {
    let expected = try uninterrupted()
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      try Self.advance(&folder, 5)
      let trials = folder.path(of: .trials)
      let text = try contents(of: trials)
      try write(String(text.dropLast(bytes)), to: trials)
      let whole = text.dropLast(bytes).count { $0 == "\n" }

      folder.close()
      var resumed = try RunFolder(writing: path, plan: plan)
      #expect(resumed.records.count == whole - 1)
      #expect(try contents(of: trials).hasSuffix("\n"))
      try Self.advance(&resumed)
      _ = try resumed.finish()
      #expect(try Self.bytes(in: path) == expected)
    }
  }

  @Test func `a folder in which a run works is refused to a second one`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      for fresh in [[], RunFolder.File.all] {
        let error = try #require(throws: InputError.self) {
          try RunFolder(writing: path, plan: plan, fresh: fresh)
        }
        #expect(error.problem == .inUse)
      }
      folder.close()
      #expect(try RunFolder(writing: path, plan: plan).records.isEmpty)
    }
  }

  @Test func `reading writes nothing`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      #expect(try RunFolder(reading: path, plan: plan).records.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: path))

      var folder = try RunFolder(writing: path, plan: plan)
      try Self.advance(&folder, 2)
      let torn = try contents(of: folder.path(of: .trials)) + "line/n=3"
      try write(torn, to: folder.path(of: .trials))
      #expect(try RunFolder(reading: path, plan: plan).records == folder.records)
      #expect(try contents(of: folder.path(of: .trials)) == torn)
    }
  }

  @Test func `the provenance names the plan and stays out of the CSV files`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      let text = try contents(of: folder.path(of: .provenance))
      #expect(text.contains("\"plan\": \"\(plan.fingerprint)\""))
      #expect(text.contains("\"experimentHash\": \"\(plan.experiment.hash)\""))
      folder.close()
      // Resuming keeps when and where the run began.
      _ = try RunFolder(writing: path, plan: plan)
      #expect(try contents(of: folder.path(of: .provenance)) == text)
    }
  }

  @Test func `sessions are noted at their start and again at their end`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      var clock = SessionClock()
      let first = clock.session(jobs: 3)
      try folder.note(first)
      #expect(try RunFolder(reading: path, plan: plan).sessions == [first])
      try Self.advance(&folder, 2)
      let ended = clock.end(trials: 2)
      #expect(ended != first)
      try folder.note(ended)
      var later = SessionClock()
      let second = later.session(jobs: 1, shard: Shard(2, of: 3))
      try folder.note(second)
      #expect(try RunFolder(reading: path, plan: plan).sessions == [ended, second])
    }
  }

  @Test
  func `a complete run removes half-written files, and a reader does not change its sessions`()
    throws
  {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(locking: path, plan: plan)
      var clock = SessionClock()
      try folder.begin(clock.session(jobs: 1))
      let reader = try RunFolder(reading: path, plan: plan)
      #expect(reader.sessions == folder.sessions && reader.sessions.count == 1)
      try Self.advance(&folder)
      // As a kill does while the last files are written.
      for file in folder.files { try write("half", to: folder.path(of: file) + ".new") }
      let ended = clock.end(trials: plan.trials.count)
      try folder.note(ended)
      _ = try folder.finish()
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(Set(names) == Set(folder.files.map(\.rawValue) + [".lock", "networks.csv"]))

      let late = try RunFolder(reading: path, plan: plan)
      #expect(late.sessions == [ended])
      try write("{}", to: folder.path(of: .provenance))
      _ = try late.finish()
      #expect(try contents(of: folder.path(of: .provenance)) == "{}")
    }
  }

  @Test func `timings stand beside the records, in the plan's order`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      for (index, trial) in plan.trials.enumerated().reversed() {
        let timing = Timing(trial.key, wallSeconds: Double(index) + 0.25, cpuSeconds: 1.23456789)
        var finished = trial.finish()
        finished.timing = index == 1 ? nil : timing
        try folder.append(finished)
        // What a kill leaves is dropped: a timing without a record.
        if index == 4 {
          let file = folder.path(of: .timings)
          try write(try contents(of: file) + plan.trials[0].key + ",9.0,9.0\ntorn", to: file)
          folder.close()
          folder = try RunFolder(writing: path, plan: plan)
        }
      }
      _ = try folder.finish()
      let rows = CSV.parse(Array(try contents(of: folder.path(of: .timings)).utf8)).rows.map(
        \.fields)
      #expect(rows.first == ["key", "wall_seconds", "cpu_seconds"])
      let expected = plan.trials.enumerated().filter { $0.offset != 1 }.map {
        [$0.element.key, "\(Double($0.offset) + 0.25)", "1.234568"]
      }
      #expect(Array(rows.dropFirst()) == expected)
    }
  }
}
