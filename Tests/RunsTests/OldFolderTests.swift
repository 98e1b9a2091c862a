import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// Folders of runs from versions that did not record the settings of a row.
struct OldFolderTests {
  /// A run as such a version left it; `body` gets the text of its trials.csv.
  private func withOldRun(_ count: Int = .max, _ body: (GrowingRun, String) throws -> Void) throws {
    try withTemporaryFolder { path in
      let run = GrowingRun(path: path)
      try run.advance(GrowingRun.Settings(), count)
      let rows = CSV.parse(try contents(of: "\(path)/trials.csv").utf8).rows.map(\.fields)
      try #require(rows[0].last == "settings")
      let old = rows.map { CSV.line(Array($0.dropLast())) }.joined()
      try write(old, to: "\(path)/trials.csv")
      try body(run, old)
    }
  }

  @Test(arguments: [Int.max, 7])
  func `all rows of an old folder are set aside as they are, and the run ends with the right bytes`(
    count: Int
  ) throws {
    let settings = GrowingRun.Settings()
    let expected = try GrowingRun.fresh(settings)
    try withOldRun(count) { run, old in
      let rows = run.rows()
      let trials = rows["trials.csv"]?.count ?? 1
      var folder = try RunFolder(locking: run.path, plan: settings.plan())
      #expect(
        folder.leaving.sentence(in: run.path)
          == "\(trials - 1) rows are set aside in \(run.path)/trials.set-aside-1.csv: the version "
          + "that ran them recorded no settings")
      folder.close()
      #expect(try run.advance(settings).count == settings.plan().trials.count)
      #expect(run.results() == expected)
      #expect(try contents(of: "\(run.path)/trials.set-aside-1.csv") == old)
      #expect(run.rows(setAside: 1).sorted == rows.sorted)
      #expect(run.rows(setAside: 2).isEmpty)
    }
  }

  @Test func `reading an old folder is refused with the way on and changes nothing`() throws {
    try withOldRun { run, old in
      let error = try #require(throws: InputError.self) {
        try RunFolder(reading: run.path, plan: GrowingRun.Settings().plan())
      }
      #expect(
        error.description
          == "\(run.path)/trials.csv: line 1: found rows of a version that did not record their "
          + "settings, expected the column \"settings\"; depthwidth run keeps them in a file beside "
          + "and does the trials again")
      #expect(try contents(of: "\(run.path)/trials.csv") == old)
      #expect(run.rows(setAside: 1).isEmpty)
    }
  }

  @Test func `an old folder that is damaged is refused with its line`() throws {
    try withOldRun { run, old in
      let start = try #require(old.firstIndex(of: "\n"))
      try write(
        old[...start] + "\"" + old[old.index(after: start)...], to: "\(run.path)/trials.csv")
      let error = try #require(throws: InputError.self) {
        try RunFolder(writing: run.path, plan: GrowingRun.Settings().plan())
      }
      #expect(error.description.hasPrefix("\(run.path)/trials.csv: line 2, key: found a quote"))
      #expect(run.rows(setAside: 1).isEmpty)
    }
  }
}
