import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// What becomes of the rows that no longer belong to an experiment, whatever happens on the way.
struct SetAsideTests {
  private typealias Settings = GrowingRun.Settings

  /// The experiment after a change that leaves no row of the arm `wide` and takes `sign` away.
  private static let changed = Settings(wideEpochs: 5, frozen: false)

  private static func leaves(_ key: String) -> Bool {
    key.hasPrefix("wide/") || key.hasPrefix("sign/")
  }

  private func withRun(
    _ settings: GrowingRun.Settings = GrowingRun.Settings(), _ body: (GrowingRun) throws -> Void
  ) throws {
    try withTemporaryFolder { path in
      let run = GrowingRun(path: path)
      try run.advance(settings)
      try body(run)
    }
  }

  private func sentence(_ run: GrowingRun, _ settings: GrowingRun.Settings) throws -> String? {
    var folder = try RunFolder(locking: run.path, plan: settings.plan())
    defer { folder.close() }
    return folder.leaving.sentence(in: run.path)
  }

  @Test func `the sentence says how many rows leave, why, and where they go`() throws {
    try withRun { run in
      #expect(try sentence(run, Settings(seeds: "4")) == nil)
      let one = Settings(bits: "2", more: #"{ name: "two", kind: "circuit", family: "cnf" },"#)
      try run.advance(one)
      #expect(
        try sentence(run, Settings())
          == "1 row is set aside in \(run.path)/trials.set-aside-1.csv: the experiment has changed")
      #expect(
        try sentence(run, Self.changed)
          == "10 rows are set aside in \(run.path)/trials.set-aside-1.csv: the experiment has changed"
      )
      #expect(run.rows(setAside: 1).isEmpty, "nothing is written before the run begins")
    }
  }

  @Test func `every change sets rows aside in files of its own`() throws {
    try withRun { run in
      let first = run.rows()
      let expected = run.results()
      try run.advance(Settings(wideEpochs: 5))
      let second = run.rows()
      try run.advance(Settings(wideEpochs: 4))
      try run.advance(Settings())
      #expect(run.results() == expected)
      func wide(_ key: String) -> Bool { key.hasPrefix("wide/") }
      #expect(run.rows(setAside: 1).sorted == first.rows(where: wide).sorted)
      #expect(run.rows(setAside: 2).sorted == second.rows(where: wide).sorted)
      #expect(run.rows(setAside: 3)["trials.csv"]?.count == 7)
      #expect(run.rows(setAside: 4).isEmpty)
    }
  }

  @Test(arguments: [
    // A kill after each file that the beginning of a run writes.
    ["trials.csv", "certificates.csv", "curves.csv", "timings.csv", "provenance.json"],
    ["trials.csv", "certificates.csv", "curves.csv", "timings.csv"],
    ["trials.csv", "certificates.csv", "timings.csv"],
    ["certificates.csv", "timings.csv"], ["timings.csv"],
  ])
  func `a kill while rows are set aside loses nothing`(unwritten: [String]) throws {
    let expected = try GrowingRun.fresh(Self.changed)
    try withRun { run in
      let before = try unwritten.map { ($0, try contents(of: "\(run.path)/\($0)")) }
      let rows = run.rows()
      var begun = try RunFolder(writing: run.path, plan: Self.changed.plan())
      begun.close()
      for (name, text) in before { try write(text, to: "\(run.path)/\(name)") }

      try run.advance(Self.changed)
      for (name, text) in run.results() where name != "certificates.csv" {
        #expect(text == expected[name], "\(name)")
      }
      let left = rows.rows(where: Self.leaves).sorted
      #expect(run.rows(setAside: 1).sorted == left)
      // Rows that still stood in trials.csv are set aside once more.
      let again = run.rows(setAside: 2)["trials.csv"] ?? []
      #expect(
        again
          == (unwritten.contains("trials.csv") ? rows.rows(where: Self.leaves)["trials.csv"] : []))
    }
  }

  @Test func `a fresh start leaves what was set aside`() throws {
    try withRun { run in
      try run.advance(Self.changed)
      let aside = run.rows(setAside: 1)
      #expect(aside.count == 4)
      var fresh = try RunFolder(
        writing: run.path, plan: Settings().plan(), fresh: RunFolder.File.all)
      #expect(fresh.records.isEmpty && fresh.leaving.isEmpty)
      fresh.close()
      #expect(run.rows(setAside: 1) == aside)
    }
  }

  @Test func `the provenance keeps the sessions and names the plan that grew`() throws {
    try withTemporaryFolder { path in
      for settings in [Settings(), Settings(seeds: "4"), Self.changed] {
        let plan = try settings.plan()
        var folder = try RunFolder(locking: path, plan: plan)
        let before = folder.sessions
        let session = Session(jobs: 1, started: "2026-01-01T00:00:0\(before.count)Z")
        try folder.begin(session)
        _ = try GrowingRun.advance(&folder)
        folder.close()
        let text = try contents(of: folder.path(of: .provenance))
        #expect(text.contains("\"plan\": \"\(plan.fingerprint)\""))
        #expect(text.contains("\"experimentHash\": \"\(plan.experiment.hash)\""))
        #expect(try RunFolder(reading: path, plan: plan).sessions == before + [session])
      }
    }
  }

  // MARK: Reading

  @Test func `reading rows of an older plan is refused with the way on`() throws {
    try withRun { run in
      let keys = try Settings().plan().trials.map(\.key)
      for (settings, isLeaving, found) in [
        (Self.changed, Self.leaves, "with other settings"),
        (Settings(frozen: false), { $0.hasPrefix("sign/") }, ""),
      ] as [(Settings, (String) -> Bool, String)] {
        let place = try #require(keys.firstIndex(where: isLeaving))
        let error = try #require(throws: InputError.self) {
          try RunFolder(reading: run.path, plan: settings.plan())
        }
        let key = found.isEmpty ? "the key \"\(keys[place])\"" : "\"\(keys[place])\" \(found)"
        #expect(
          error.description
            == "\(run.path)/trials.csv: line \(place + 2): found \(key), expected a row of the "
            + "experiment as it is now; depthwidth run keeps the rows that still belong and sets the "
            + "others aside")
      }
      // One that has only grown is read, with trials missing.
      let grown = try RunFolder(
        reading: run.path, plan: Settings(seeds: "4", more: Self.tall).plan())
      #expect(grown.records.count == keys.count && !grown.isComplete)
    }
  }

  private static let tall = #"{ name: "tall", kind: "frozen", activation: "relu" },"#

  @Test func `a row changed by hand is refused, never set aside`() throws {
    try withRun { run in
      let file = "\(run.path)/trials.csv"
      let text = try contents(of: file)
      try write(
        text.replacing("wide/n=2/widths=1/seed=1,", with: "wide/n=2/widths=1/seed=9,"), to: file)
      let error = try #require(throws: InputError.self) {
        try RunFolder(writing: run.path, plan: Self.changed.plan())
      }
      #expect(error.description.contains(", settings: found "))
      #expect(run.rows(setAside: 1).isEmpty)
    }
  }
}
