import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct RunFolderRefusalTests {
  private static let remedy = "start over with --fresh, or choose another folder with --output DIR"

  /// The sentence that refuses a run of three records after `change` was made to its files.
  private func refusal(after change: (RunFolder) throws -> Void) throws -> String {
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: RunFolderTests.plan())
      try RunFolderTests.advance(&folder, 3)
      try change(folder)
      folder.close()
      let before = try contents(of: folder.path(of: .trials))
      let plan = try RunFolderTests.plan()
      let error = try #require(throws: InputError.self) { try RunFolder(writing: path, plan: plan) }
      #expect(throws: error) { try RunFolder(reading: path, plan: plan) }
      // What is refused is left as it is.
      #expect(try contents(of: folder.path(of: .trials)) == before)
      return error.description.split(separator: path, omittingEmptySubsequences: false)
        .joined(separator: "RUN")
    }
  }

  private func append(_ text: String, to folder: RunFolder) throws {
    let trials = folder.path(of: .trials)
    try write(try contents(of: trials) + text, to: trials)
  }

  @Test(arguments: [
    ("", #"no column at place 1 of the header, expected the column "key""#),
    ("key,arm\n", #"no column at place 3 of the header, expected the column "family""#),
    ("\n", #"the column "" at place 1 of the header, expected the column "key""#),
    (
      CSV.line(Record.format.names + ["more"]),
      #"the column "more" at place 37 of the header, expected no column"#
    ),
    (
      CSV.line(Record.format.names.map { $0 == "k" ? "K" : $0 }),
      #"the column "K" at place 5 of the header, expected the column "k""#
    ),
  ])
  func `a file with another header is refused with the column that differs`(
    text: String, difference: String
  ) throws {
    let message = try refusal { try write(text, to: $0.path(of: .trials)) }
    #expect(
      message == "RUN/trials.csv: line 1: found \(difference); use the version of depthwidth that "
        + "wrote the file, or put the file elsewhere")
  }

  @Test func `control characters from a file are escaped in messages`() throws {
    let message = try refusal {
      try write("\"\u{1B}[2J\r\u{7}x\u{9B}\"\n", to: $0.path(of: .trials))
    }
    #expect(
      message.hasPrefix(
        #"RUN/trials.csv: line 1: found the column "\u{1B}[2J\r\u{07}x\u{009B}" at "#))
  }

  @Test func `a key that stands twice is refused`() throws {
    let message = try refusal { folder in
      let first = try #require(folder.recordsInOrder.first)
      try append(CSV.line(first.fields), to: folder)
    }
    #expect(message.hasPrefix("RUN/trials.csv: line 5: found "))
    #expect(message.contains("\"line/n=2/depth=0/seed=1\" a second time"))
    #expect(message.hasSuffix("; \(Self.remedy)"))
  }

  @Test(arguments: [("accuracy", "0.99"), ("loss", "-1"), ("loss", "1e-3"), ("loss", "nan")])
  func `an impossible field is refused with its column`(
    column: String, value: String
  ) throws {
    let message = try refusal { folder in
      var fields = try #require(folder.missing.first).run().fields
      let place = try #require(Record.format.names.firstIndex(of: column))
      fields[place] = value
      try append(CSV.line(fields), to: folder)
    }
    #expect(message.hasPrefix("RUN/trials.csv: line 5, \(column): found \"\(value)\", expected "))
  }

  @Test func `a field that was changed to another possible value is refused`() throws {
    for column in Record.format.names.dropFirst() {
      let message = try refusal { folder in
        var fields = try #require(folder.missing.first).run().fields
        let place = try #require(Record.format.names.firstIndex(of: column))
        // Six digits of a number, or one letter more.
        fields[place] =
          Double(fields[place]).map { "\(Float($0.nextUp * 1.001))" } ?? "\(fields[place])a"
        try append(CSV.line(fields), to: folder)
      }
      #expect(message.hasPrefix("RUN/trials.csv: line 5, "), "\(column): \(message)")
    }
  }

  @Test func `a stray quote at the start of any field is refused, and nothing is cut off`() throws {
    for (index, column) in Record.format.names.enumerated() {
      let message = try refusal { folder in
        let path = folder.path(of: .trials)
        var lines = try contents(of: path).split(separator: "\n").map(String.init)
        var fields = lines[2].split(separator: ",", omittingEmptySubsequences: false).map(
          String.init)
        fields[index] = "\"" + fields[index]
        lines[2] = fields.joined(separator: ",")
        try write(lines.map { $0 + "\n" }.joined(), to: path)
      }
      #expect(
        message == "RUN/trials.csv: line 3, \(column): found a quote that no other one closes, "
          + "expected none, or a closing quote; put the line right, or the file back from a copy")
    }
  }

  @Test(arguments: [RunFolder.File.certificates, .curves, .timings])
  func `a stray quote in certificates, curves or timings is refused with its line`(
    file: RunFolder.File
  ) throws {
    try withTemporaryFolder { path in
      let plan = try smallPlan(
        bits: "[2, 3]", epochs: 6,
        arms: """
          { name: "line", kind: "logistic", optimizer: "rprop", curves: true },
          { name: "frozen", kind: "frozen", activation: "step" },
          """)
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials {
        var finished = trial.finish()
        finished.timing = Timing(trial.key, wallSeconds: 1, cpuSeconds: 1)
        try folder.append(finished)
      }
      folder.close()
      let text = try contents(of: folder.path(of: file))
      let start = try #require(text.dropFirst(text.count / 2).firstIndex(of: "\n"))
      let damaged = text[...start] + "\"" + text[text.index(after: start)...]
      try write(String(damaged), to: folder.path(of: file))
      let error = try #require(throws: InputError.self) { try RunFolder(writing: path, plan: plan) }
      let line = text[...start].count { $0 == "\n" } + 1
      #expect(error.source == folder.path(of: file) && error.keyPath == "line \(line), key")
      #expect(try contents(of: folder.path(of: file)) == damaged)
    }
  }

  @Test(arguments: [("epochs", "0"), ("epochs", "+"), ("units", "0")])
  func `a whole number with a leading zero or a sign is refused`(column: String, prefix: String)
    throws
  {
    let message = try refusal { folder in
      var fields = try #require(folder.missing.first).run().fields
      let place = try #require(Record.format.names.firstIndex(of: column))
      fields[place] = prefix + fields[place]
      try append(CSV.line(fields), to: folder)
    }
    #expect(message.hasPrefix("RUN/trials.csv: line 5, \(column): found \"\(prefix)"), "\(message)")
  }

  @Test func `a record whose settings are not its trial's is refused`() throws {
    let message = try refusal { folder in
      var fields = try #require(folder.missing.first).run().fields
      let place = try #require(Record.format.names.firstIndex(of: "activation"))
      fields[place] = "relu"
      try append(CSV.line(fields), to: folder)
    }
    #expect(message.hasPrefix("RUN/trials.csv: line 5"))
  }

  @Test func `trials without the provenance of a run are refused`() throws {
    let missing = try refusal {
      try FileManager.default.removeItem(atPath: $0.path(of: .provenance))
    }
    #expect(missing.hasPrefix("RUN/provenance.json: "))
    let garbage = try refusal { try write("{}", to: $0.path(of: .provenance)) }
    #expect(
      garbage == "RUN/provenance.json: found no provenance of a run, expected the file that a run "
        + "of this version wrote; start over with --fresh, or choose another folder with --output DIR"
    )
  }

  @Test func `a fresh start removes the files of the run and nothing else`() throws {
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: RunFolderTests.plan())
      try RunFolderTests.advance(&folder)
      _ = try folder.finish()
      folder.close()
      try write("mine", to: "\(path)/notes.txt")

      let plan = try RunFolderTests.plan(epochs: 7)
      let fresh = try RunFolder(writing: path, plan: plan, fresh: RunFolder.File.all)
      #expect(fresh.records.isEmpty && fresh.missing.count == plan.trials.count)
      let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      #expect(
        files == [
          ".lock", "networks.csv", "notes.txt", "provenance.json", "timings.csv", "trials.csv",
        ])
      #expect(try contents(of: "\(path)/notes.txt") == "mine")
    }
  }

  @Test func `a folder that cannot be made is refused with the way out`() throws {
    try withTemporaryFolder { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try write("a file", to: "\(path)/file")
      for fresh in [[], RunFolder.File.all] {
        let error = try #require(throws: InputError.self) {
          try RunFolder(writing: "\(path)/file/run", plan: RunFolderTests.plan(), fresh: fresh)
        }
        #expect(error.description.hasPrefix("\(path)/file/run: cannot be written: "))
        #expect(error.description.hasSuffix("; choose another place with --output DIR"))
      }
      #expect(try contents(of: "\(path)/file") == "a file")
    }
  }
}
