import Experiments
import Foundation
import Parity
import Runs
import Tables
import TestSupport
import Testing

/// The columns of curves.csv that stand only where an experiment holds rows out.
struct HeldOutCurveTests {
  private static let plain = #"""
    { name: "plain", kind: "shallow", widths: 3, optimizer: "rprop", curves: true }
    """#
  private static let split = #"""
    { name: "split", kind: "shallow", widths: 3, optimizer: "rprop", curves: true, heldOut: 0.25 }
    """#

  private func run(_ path: String, _ arms: String...) throws -> (text: String, keys: [String]) {
    let plan = try smallPlan(
      bits: "[3]", seeds: "2", epochs: 20, arms: arms.joined(separator: ", "))
    var folder = try RunFolder(writing: path, plan: plan)
    let keys = folder.missing.map(\.key)
    for trial in folder.missing { try folder.append(trial.finish()) }
    _ = try RunFolder(reading: path, plan: plan)
    folder.close()
    return (try contents(of: "\(path)/curves.csv"), keys)
  }

  @Test func `a point has loss and accuracy of the rows held out`() throws {
    let plan = try smallPlan(bits: "[3]", seeds: "4", epochs: 20, arms: Self.split)
    for trial in plan.trials {
      let finished = trial.finish()
      let rows = try #require(finished.companions[Companion.curves.name])
      #expect(rows.allSatisfy { $0.count == 6 })
      let record = finished.record
      let share = Double(try #require(record.heldOutSolvedRows)) / 2
      #expect(rows.last?[5] == "\(share)")
      for row in rows {
        let loss = try #require(Double(row[4]))
        // With both rows right each costs less than ln 2, with both wrong more.
        if row[5] == "1.0" { #expect(loss < 0.694) }
        if row[5] == "0.0" { #expect(loss > 0.693) }
      }
    }
  }

  @Test func `the columns stand only where some arm with curves holds rows out`() throws {
    try withTemporaryFolder { path in
      let plain = try run("\(path)/plain", Self.plain).text
      #expect(plain.hasPrefix("key,epoch,loss,accuracy\n"))
      let both = try run("\(path)/both", Self.plain, Self.split).text
      #expect(both.hasPrefix("key,epoch,loss,accuracy,held_out_loss,held_out_accuracy\n"))
      let lines = both.split(separator: "\n").filter { $0.hasPrefix("plain") }
      #expect(lines.map { "\($0)\n" }.joined() == widened(plain))
      // An arm without curves asks for no column.
      let silent = Self.split.replacing("curves: true, ", with: "")
      #expect(try run("\(path)/silent", Self.plain, silent).text == plain)
    }
  }

  private func widened(_ text: String) -> String {
    text.split(separator: "\n").dropFirst().map { "\($0),,\n" }.joined()
  }

  @Test func `a run grows by such an arm and keeps its rows, and shrinks again`() throws {
    try withTemporaryFolder { path in
      let plain = try run("\(path)/run", Self.plain).text
      let whole = try run("\(path)/whole", Self.plain, Self.split).text
      let grown = try run("\(path)/run", Self.plain, Self.split)
      #expect(grown.keys.allSatisfy { $0.hasPrefix("split") })
      #expect(grown.text == whole)
      let shrunk = try run("\(path)/run", Self.plain)
      #expect(shrunk.keys.isEmpty)
      #expect(shrunk.text == plain)
      // What leaves is kept as it was.
      let left = whole.split(separator: "\n").filter { !$0.hasPrefix("plain") }
      #expect(
        try contents(of: "\(path)/run/curves.set-aside-1.csv")
          == left.map { "\($0)\n" }.joined())
    }
  }

  @Test func `points without the rows held out, or with some that are not, are refused`() throws {
    try withTemporaryFolder { path in
      let text = try run(path, Self.plain, Self.split).text
      let lines = text.split(separator: "\n").map(String.init)
      let last = try #require(lines.last)
      let first = try #require(lines.dropFirst().first)
      let cut = last.split(separator: ",", omittingEmptySubsequences: false).prefix(4)
      let plan = try smallPlan(
        bits: "[3]", seeds: "2", epochs: 20, arms: "\(Self.plain), \(Self.split)")
      for (line, other) in [
        (last, cut.joined(separator: ",") + ",,"), (last, cut.joined(separator: ",") + ",0.1,0.25"),
        (first, String(first.dropLast()) + "0.5"), (first, String(first.dropLast(2)) + ",0.5,"),
      ] {
        try write(text.replacing(line, with: other), to: "\(path)/curves.csv")
        #expect(throws: InputError.self) { try RunFolder(reading: path, plan: plan) }
      }
    }
  }
}
