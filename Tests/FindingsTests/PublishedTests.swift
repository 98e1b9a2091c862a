import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct PublishedTests {
  /// Publishes a complete run, then calls `body` with the run and the folder of what is published.
  private func withPublished(_ body: (RunFolder, String) throws -> Void) throws {
    try withTemporaryFolder { path in
      var run = try RunFolder(writing: "\(path)/run", plan: PublishedExample.plan())
      for trial in run.missing { try run.append(trial.finish()) }
      _ = try run.finish()
      try Published.publish(run, to: "\(path)/results/small")
      try body(run, "\(path)/results/small")
    }
  }

  private func published(in folder: String) throws -> Published {
    try #require(try Published(in: folder))
  }

  @Test func `publishing copies every file of the run`() throws {
    try withPublished { run, folder in
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        files == [
          "claims.csv", "experiment.json", "networks.safetensors", "provenance.json",
          "settings.csv", "summary.csv", "timings.csv", "trials.csv",
        ])
      for file in run.files {
        let bytes = [folder, run.path].map {
          FileManager.default.contents(atPath: "\($0)/\(file.rawValue)")
        }
        #expect(bytes[0] == bytes[1] && bytes[0] != nil)
      }
    }
  }

  @Test func `publishing again replaces what was published and leaves other files`() throws {
    try withPublished { run, folder in
      try write("old", to: "\(folder)/summary.csv")
      try write("figure", to: "\(folder)/figure.svg")
      try Published.publish(run, to: folder)
      #expect(try contents(of: "\(folder)/summary.csv") == contents(of: run.path(of: .summary)))
      #expect(try contents(of: "\(folder)/figure.svg") == "figure")
    }
  }

  @Test func `a run equals its own published results`() throws {
    try withPublished { run, folder in
      let differences = try published(in: folder).differences(run.recordsInOrder)
      #expect(differences.isEmpty)
    }
  }

  @Test func `a difference names key, column and both values`() throws {
    try withPublished { run, folder in
      let record = run.recordsInOrder[1]
      let place = try #require(Record.format.names.firstIndex(of: "epochs"))
      var fields = record.fields
      #expect(fields[place] == "6")
      fields[place] = "60"
      let lines =
        [Record.format.names]
        + run.recordsInOrder.map { $0 == record ? Record.sealed(fields) : $0.fields }
      try write(lines.map(CSV.line).joined(), to: "\(folder)/trials.csv")
      let differences = try published(in: folder).differences(run.recordsInOrder)
      let difference = try #require(differences.first)
      #expect(differences.count == 1 && difference.key == record.key && difference.line == 3)
      let cell = RowDifference.Cell(column: "epochs", found: "6", published: "60")
      #expect(difference.kind == .cells([cell]))
    }
  }

  @Test func `a row that is not published is counted separately`() throws {
    try withPublished { run, folder in
      let other = try handMade(arm: "line", n: 3, widths: [9], solved: 4)
      let differences = try published(in: folder).differences([other] + run.recordsInOrder)
      #expect(differences.map(\.kind) == [.unpublished] && differences[0].key == other.key)
    }
  }

  @Test func `a folder without results has nothing published`() throws {
    try withTemporaryFolder { path in
      let published = try Published(in: path)
      #expect(published == nil)
    }
  }

  @Test func `published results with another header or a foreign field are refused`() throws {
    try withPublished { _, folder in
      let path = "\(folder)/trials.csv"
      let text = try contents(of: path)
      try write("key,arm\n", to: path)
      let header = try #require(throws: InputError.self) { try Published(in: folder) }
      #expect(
        header.description.hasPrefix(
          "\(path): line 1: found no column at place 3 of the header, expected the column "
            + "\"family\""))

      try write(text + "x\n", to: path)
      let field = try #require(throws: InputError.self) { try Published(in: folder) }
      #expect(
        field.description.hasPrefix(
          "\(path): line 14: found 1 fields, expected \(Record.format.names.count)"))
    }
  }

  @Test func `published results that are torn or name a key twice are refused`() throws {
    try withPublished { run, folder in
      let path = "\(folder)/trials.csv"
      let text = try contents(of: path)
      try write(String(text.dropLast(9)), to: path)
      let torn = try #require(throws: InputError.self) { try Published(in: folder) }
      #expect(torn.description.hasPrefix("\(path): line 13: "))

      try write(text + CSV.line(run.recordsInOrder[0].fields), to: path)
      let twice = try #require(throws: InputError.self) { try Published(in: folder) }
      #expect(twice.description.hasPrefix("\(path): line 14: "))
    }
  }

  @Test func `publishing into a place that cannot be written is refused`() throws {
    try withPublished { run, folder in
      let error = try #require(throws: InputError.self) {
        try Published.publish(run, to: "\(folder)/trials.csv/below")
      }
      #expect(error.description.hasPrefix("\(folder)/trials.csv/below: cannot be written: "))
    }
  }
}
