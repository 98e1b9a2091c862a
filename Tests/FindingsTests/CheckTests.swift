import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct CheckTests {
  private func withPublished(_ body: (PublishedExample) throws -> Void) throws {
    try PublishedExample.with(PublishedExample.plan(), body)
  }

  @Test func `results that equal the published ones are reported as equal`() throws {
    try withPublished { example in
      let report = try example.report()
      #expect(report.isEqual)
      #expect(
        report.text
          == "small: 12 of 12 rows, the summary and 1 claim equal the published ones in "
          + "\(example.folder)\n")
    }
  }

  @Test(arguments: [
    (5, "epochs", "60"), (2, "solved_rows", "1"), (9, "parameters", "999"), (12, "seed", ""),
    (7, "activation", "relu"), (7, "outcome", "verified"), (7, "held_out_rows", ""),
    (3, "loss", "0.5"), (3, "loss", ""), (3, "learning_rate", "0.0"), (7, "learning_rate", "0.10"),
    (4, "accuracy", "none"), (4, "margin", "0.25"),
  ])
  func `a published field that differs is named with its key, column and both values`(
    line: Int, column: String, value: String
  ) throws {
    try withPublished { example in
      let place = try #require(Record.format.names.firstIndex(of: column))
      let found = try example.rows(of: .trials)[line - 1][place]
      let key = try example.change(.trials, line: line, column, to: value)
      let report = try example.report()
      let difference = try #require(report.differences.first)
      #expect(report.differences.count == 1)
      #expect((difference.file, difference.key, difference.line) == (.trials, key, line))
      let cell = RowDifference.Cell(column: column, found: found, published: value)
      #expect(difference.kind == .cells([cell]))
      func word(_ value: String) -> String { value.isEmpty ? "missing" : value }
      #expect(
        report.text == """
          regression: \(example.folder)/trials.csv: \(key): \(column) is \(word(found)), \
          published is \(word(value))
          1 of 12 rows differs from \(example.folder)
          if that is meant: depthwidth run small --fresh; depthwidth publish small

          """)
    }
  }

  @Test func `every column of a row that differs is named`() throws {
    try withPublished { example in
      try example.change(.trials, line: 6, "epochs", to: "7")
      try example.change(.trials, line: 6, "loss", to: "0.5")
      let report = try example.report()
      guard case .cells(let cells) = report.differences.first?.kind else { throw WrongShape() }
      #expect(report.differences.count == 1)
      #expect(cells.map(\.column) == ["loss", "epochs"])
      #expect(report.text.contains("published is 0.5; epochs is "))
    }
  }

  @Test func `keys that only one side has are named`() throws {
    try withPublished { example in
      var rows = try example.rows(of: .trials)
      let missing = rows.remove(at: 4)[0]
      var stranger = rows[5]
      stranger[0] = "wide/n=9/widths=7/seed=1"
      try example.put(rows + [stranger], in: .trials)
      let report = try example.report()
      #expect(report.differences.map(\.kind) == [.unpublished, .unplanned])
      #expect(report.differences.map(\.key) == [missing, stranger[0]])
      #expect(report.differences.map(\.line) == [1, 13])
      #expect(report.text.contains("\(missing): is in the experiment, not published\n"))
      #expect(report.text.contains("\(stranger[0]): is published, not in the experiment\n"))
      #expect(report.summary == "2 of 13 rows differ from \(example.folder)")
    }
  }

  @Test func `a summary that differs is named by arm, n and depth`() throws {
    try withPublished { example in
      try example.change(.summary, line: 4, "best_accuracy", to: "0.9")
      var report = try example.report()
      #expect(report.differences.map(\.key) == ["wide/n=2/depth=1"])
      #expect(report.differences.map(\.subject) == [.summary(arm: "wide")])
      #expect(report.summary == "1 summary cell differs from \(example.folder)")

      try example.put(try example.rows(of: .summary).dropLast(), in: .summary)
      report = try example.report()
      #expect(report.differences.map(\.key) == ["wide/n=2/depth=1", "wide/n=3/depth=1"])
      #expect(report.differences.last?.kind == .unpublished)
    }
  }

  @Test func `no more than twenty differences are written out`() throws {
    try PublishedExample.with(
      smallPlan(seeds: "23", epochs: 1, arms: #"{ name: "line", kind: "logistic" }"#)
    ) { example in
      for line in 2...24 { try example.change(.trials, line: line, "epochs", to: "9") }
      let report = try example.report()
      let lines = report.text.split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("regression: ") } == 20)
      #expect(lines[20] == "… and 3 more")
      #expect(lines[21] == "23 of 23 rows differ from \(example.folder)")
      // Nothing is claimed, so nothing is said of claims.
      #expect(try !example.report().text.contains("claim"))
    }
  }

  /// Where a header of `key` alone differs from a file's, and the column that should stand there.
  private static let differences: [RunFolder.File: (String, String)] = [
    .trials: ("no column at place 2", "arm"),
    .summary: ("the column \"key\" at place 1", "arm"),
    .claims: ("the column \"key\" at place 1", "claim"),
  ]

  @Test func `published files that are missing or cannot be read are refused`() throws {
    let remedy = "publish it with depthwidth run small --fresh; depthwidth publish small"
    for file in [RunFolder.File.trials, .summary, .claims] {
      try withPublished { example in
        let path = example.path(of: file)
        func expectRefusal(_ sentence: String) throws {
          let error = try #require(throws: InputError.self) { try example.report() }
          #expect(error.description.hasPrefix("\(path): \(sentence)"))
          #expect(error.description.hasSuffix(remedy))
        }
        let text = try contents(of: path)
        try write(String(text.dropLast()), to: path)
        try expectRefusal("line \(text.count { $0 == "\n" }): found a line without its end")
        try write(text + "1,2\n", to: path)
        try expectRefusal("line \(text.count { $0 == "\n" } + 1): found 2 fields, expected ")
        try write("key\n", to: path)
        let (found, expected) = try #require(Self.differences[file])
        try expectRefusal(
          "line 1: found \(found) of the header, expected the column \"\(expected)\"; ")
        try FileManager.default.removeItem(atPath: path)
        try expectRefusal("found no file, expected the published one")
      }
    }
  }

  @Test func `a key that is published twice is refused`() throws {
    for file in [RunFolder.File.trials, .summary] {
      try withPublished { example in
        let rows = try example.rows(of: file)
        try example.put(rows + [rows[2]], in: file)
        let error = try #require(throws: InputError.self) { try example.report() }
        #expect(error.description.hasPrefix("\(example.path(of: file)): line \(rows.count + 1): "))
        #expect(error.description.contains("a second time"))
      }
    }
  }
}
