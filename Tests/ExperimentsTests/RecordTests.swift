import Experiments
import Tables
import TestSupport
import Testing

struct RecordTests {
  private func read(_ fields: [String]) throws -> Record {
    let row = try #require(CSV.parse(CSV.line(fields).utf8).rows.first)
    return try Record(row, file: "t.csv")
  }

  /// The fields of a record with those of some columns replaced.
  private func fields(_ changes: [String: String] = [:]) throws -> [String] {
    let record = try handMade(n: 3, widths: [4, 2], solved: 6, heldOut: (rows: 2, solved: 1))
    return TestSupport.fields(of: record, changing: changes)
  }

  @Test func `the promised columns come first, in their order`() {
    let promised =
      "key, arm, family, n, k, depth, widths, connections, units, parameters, activation, "
      + "optimizer, seed, outcome, rows, solved_rows, accuracy, loss, epochs"
    #expect(Record.format.names.prefix(19).joined(separator: ", ") == promised)
    #expect(Set(Record.format.names).count == Record.format.names.count)
  }

  @Test func `every field is read back`() throws {
    let arms = """
      { name: "line", kind: "logistic", optimizer: "rprop", heldOut: 0.25 },
      {
        name: "wide", kind: "shallow", widths: 3, k: 2, batch: 3, activation: "elu",
        connections: "bridged", coding: "zeroOne", initialization: "he",
        optimizer: { name: "gradientDescent", learningRate: 1e9 },
      },
      { name: "solves", kind: "shallow", widths: 4, optimizer: "levenbergMarquardt" },
      """
    for trial in try smallPlan(bits: "3", seeds: "3", epochs: 9, arms: arms).trials {
      let record = trial.run()
      #expect(try read(record.fields) == record)
      #expect(try read(record.fields).fields == record.fields)
    }
  }

  @Test func `an empty field is a missing value, and 0.0 is the number 0`() throws {
    let empty = try read(fields(["loss": "", "learning_rate": ""]))
    #expect((empty.loss, empty.learningRate) == (nil, nil))
    let zero = try read(fields(["loss": "0.0", "learning_rate": "0.0"]))
    #expect((zero.loss, zero.learningRate) == (0, 0))
  }

  @Test(arguments: [2.2250738585072014e-308, 1.7976931348623157e308, 0.1, 1.0 / 3, 6.02e23])
  func `a loss is read back bit by bit`(loss: Double) throws {
    #expect(try read(fields(["loss": "\(loss)"])).loss == loss)
  }

  private static let lossExpected =
    "expected a finite number from 0 in its shortest form, or nothing"

  @Test(arguments: [
    ("accuracy", "0.5", "found \"0.5\", expected 0.75, which is solved_rows / rows"),
    ("accuracy", "0.750", "found \"0.750\", expected 0.75, which is solved_rows / rows"),
    ("accuracy", "", "found \"\", expected 0.75, which is solved_rows / rows"),
    ("n", "1025", "found \"1025\", expected a whole number in 1...1024"),
    ("n", "", "found \"\", expected a whole number in 1...1024"),
    ("k", "4", "found \"4\", expected a whole number in 0...3"),
    ("depth", "-1", "found \"-1\", expected a whole number in 0..."),
    ("units", "six", "found \"six\", expected a whole number in 0..., or nothing"),
    ("seed", "1.0", "found \"1.0\", expected a whole number in 0..."),
    (
      "outcome", "Solved",
      "found \"Solved\", expected one of solved, budget, diverged, "
        + "failed, verified, sampled, counted"
    ),
    ("rows", "0", "found \"0\", expected a whole number in 1..."),
    ("solved_rows", "9", "found \"9\", expected a whole number in 0...8"),
    ("loss", "nan", "found \"nan\", \(lossExpected)"),
    ("loss", "inf", "found \"inf\", \(lossExpected)"),
    ("loss", "low", "found \"low\", \(lossExpected)"),
    ("loss", "-0.5", "found \"-0.5\", \(lossExpected)"),
    ("loss", "0.50", "found \"0.50\", \(lossExpected)"),
    ("train_rows", "9", "found \"9\", expected a whole number in 0...8"),
    ("train_solved_rows", "7", "found \"7\", expected a whole number in 0...6"),
    ("held_out_solved_rows", "3", "found \"3\", expected a whole number in 0...2"),
  ])
  func `an impossible field is refused with its column and what was expected`(
    column: String, found: String, sentence: String
  ) throws {
    let error = try #require(throws: InputError.self) { try read(fields([column: found])) }
    #expect(error.description == "t.csv: line 1, \(column): \(sentence)")
  }

  @Test(arguments: ["0.5", "0.0", "-1.0"])
  func `a margin is refused unless it is above 0 and every row is solved`(margin: String) throws {
    #expect(throws: InputError.self) { try read(fields(["margin": margin])) }
    let record = try handMade(n: 2, widths: [4], solved: 4)
    let solved = TestSupport.fields(of: record, changing: ["margin": margin])
    if margin == "0.5" {
      #expect(try read(solved).margin == 0.5)
    } else {
      #expect(throws: InputError.self) { try read(solved) }
    }
  }

  @Test(arguments: [
    ["outcome": "solved"], ["held_out_solved_rows": "0"], ["train_rows": "5"], ["rows": "4"],
  ])
  func `counts that contradict one another are refused`(changes: [String: String]) throws {
    var changes = changes
    // The accuracy goes with the counts, so that it is not what gives them away.
    if changes["rows"] == "4" { changes.merge(["solved_rows": "3"]) { $1 } }
    #expect(throws: InputError.self) { try read(fields(changes)) }
  }

  @Test func `a row with another number of fields is refused`() throws {
    let error = try #require(throws: InputError.self) { try read(fields().dropLast()) }
    #expect(error.description == "t.csv: line 1: found 35 fields, expected 36")
  }
}
