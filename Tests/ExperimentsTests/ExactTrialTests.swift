import Experiments
import Findings
import Networks
import Parity
import Runs
import Tables
import TestSupport
import Testing

/// Circuits and constructed networks as trials: what is checked, and what the record says of it.
struct ExactTrialTests {
  private func records(_ arm: String, bits: String) throws -> [Record] {
    try smallPlan(bits: bits, seeds: "[7]", arms: arm).trials.map { $0.run() }
  }

  private func fields(_ arm: String, bits: String) throws -> [String: String] {
    let record = try #require(records(arm, bits: bits).first)
    return Dictionary(uniqueKeysWithValues: zip(Record.format.names, record.fields))
  }

  @Test(arguments: [
    "dnf", "cnf", "xorTree", "xorTreeWithNot", "nandTree", "xor3Tree", "kombarov",
  ])
  func `every family of circuits is verified on every row`(family: String) throws {
    let arm = #"{ name: "c", kind: "circuit", family: "\#(family)" }"#
    for record in try records(arm, bits: #""2...7""#) {
      #expect(record.outcome == .verified)
      #expect(record.rows == 1 << record.bits && record.solvedRows == record.rows)
      #expect(record.gates == record.units.map { $0 + 1 })
      #expect(record.construction == family)
    }
  }

  @Test(arguments: [
    "thermometer", "zigzag", "bridged", "cascade", "fold", "accordion", "sigmoids", "xorTree",
  ])
  func `every constructed network is verified on every row`(family: String) throws {
    let arm = #"{ name: "c", kind: "constructed", family: "\#(family)" }"#
    for record in try records(arm, bits: #""2...7""#) {
      #expect(record.outcome == .verified)
      #expect(record.rows == 1 << record.bits && record.solvedRows == record.rows)
      #expect(try #require(record.margin) > 0.4)
      #expect(record.construction == family)
    }
  }

  @Test func `every field of a circuit's row is as calculated by hand`() throws {
    let arm = #"{ name: "two-level", kind: "circuit", family: "dnf" }"#
    let record = try #require(records(arm, bits: "3").first)
    #expect(
      try fieldsBeforeSettings(of: record) == [
        "two-level/n=3", "two-level", "circuit", "3", "3", "2", "", "", "4", "", "", "", "",
        "verified", "8", "8", "1.0", "", "", "", "", "", "", "", "", "", "", "dnf", "5", "0", "16",
        "", "", "", "3",
      ])
  }

  @Test func `too many rows are sampled, and the record says how many with which seed`() throws {
    let arm = #"{ name: "tree", kind: "circuit", family: "xorTree", sample: 500 }"#
    let record = try fields(arm, bits: "40")
    #expect(record["outcome"] == "sampled")
    #expect((record["rows"], record["solved_rows"], record["seed"]) == ("500", "500", "7"))
    let network = #"{ name: "tree", kind: "constructed", family: "xorTree", sample: 500 }"#
    #expect(try fields(network, bits: "63")["outcome"] == "sampled")
  }

  @Test(arguments: [("thermometer", 25), ("sigmoids", 63), ("fold", 64), ("cascade", 1024)])
  func `a network that sees the count alone is proven by its counts, however many rows there are`(
    family: String, n: Int
  ) throws {
    let arm = #"{ name: "c", kind: "constructed", family: "\#(family)", sample: 500 }"#
    let record = try fields(arm, bits: "\(n)")
    #expect(record["outcome"] == "verified")
    #expect((record["rows"], record["solved_rows"]) == ("\(n + 1)", "\(n + 1)"))
    #expect((record["accuracy"], record["seed"], record["first_wrong_row"]) == ("1.0", "", ""))
    #expect(try #require(record["margin"].flatMap(Double.init)) > 0.46)
  }

  @Test func `up to 24 bits every row is evaluated, counts or not`() throws {
    let arm = #"{ name: "c", kind: "constructed", family: "fold" }"#
    let plan = try smallPlan(bits: "[24, 25]", arms: arm)
    #expect(plan.trials.map { ($0 as? ExactTrial)?.check } == [.all, .counts])
  }

  @Test(arguments: [
    ("33", true), ("8589934592", false), ("32", false), ("34", false), ("4294967296", true),
  ])
  func `a row of a proven network has every row or every count`(rows: String, isRight: Bool) throws
  {
    let arm = #"{ name: "c", kind: "constructed", family: "fold" }"#
    let record = try #require(records(arm, bits: "32").first)
    let changed = TestSupport.fields(
      of: record, changing: ["rows": rows, "solved_rows": rows, "accuracy": "1.0"])
    let row = CSV.Row(line: 1, fields: changed)
    if isRight {
      #expect(try Record(row, file: "t.csv").rows == Int(rows))
    } else {
      let error = try #require(throws: InputError.self) { try Record(row, file: "t.csv") }
      #expect(error.description.contains("rows: found \"\(rows)\", expected 2^32 or 33"))
    }
  }

  @Test func `circuits end at 128 bits, networks at 1024`() throws {
    let circuit = #"{ name: "c", kind: "circuit", family: "xorTree" }"#
    let error = try #require(throws: InputError.self) { try smallPlan(bits: "129", arms: circuit) }
    #expect(error.description.contains("found n = 129, expected n in 1...128 for the arm c"))
    let network = #"{ name: "c", kind: "constructed", family: "fold" }"#
    #expect(try smallPlan(bits: "1024", arms: network).trials.count == 1)
    #expect(throws: InputError.self) { try smallPlan(bits: "1025", arms: network) }
  }

  @Test(arguments: [
    (#"{ name: "c", kind: "circuit", family: "dnf" }"#, 40, "549755813888"),
    (#"{ name: "c", kind: "circuit", family: "xorTree" }"#, 64, "188"),
    (#"{ name: "c", kind: "constructed", family: "xorTree" }"#, 128, "254"),
  ])
  func `a circuit or network too large to build is only counted`(arm: String, n: Int, units: String)
    throws
  {
    let record = try fields(arm, bits: "\(n)")
    #expect(record["outcome"] == "counted")
    #expect((record["rows"], record["solved_rows"], record["accuracy"]) == ("", "", ""))
    #expect(record["units"] == units)
  }

  @Test
  func `block circuits have one row per depth, up to the depth beyond which levels save no gate`()
    throws
  {
    let arm = #"{ name: "b", kind: "circuit", family: "blocks", depths: "2...9" }"#
    let all = try records(arm, bits: "[8, 12]")
    #expect(
      all.map(\.key) == ["b/n=8/depth=2", "b/n=8/depth=3", "b/n=12/depth=2", "b/n=12/depth=3"])
    #expect(all.map(\.gates) == [129, 25, 2049, 41])
    #expect(all.allSatisfy { $0.outcome == .verified })
  }

  @Test func `bridged layers have the fewest units at each depth`() throws {
    // 2∏(n_i + 1) − 1 is 13, 17 and 15: at least 12.
    let arm = #"{ name: "b", kind: "constructed", family: "bridged", depths: "1...4" }"#
    let all = try records(arm, bits: "12")
    #expect(all.map(\.hidden) == [[6], [2, 2], [1, 1, 1]])
    #expect(all.map(\.key) == ["b/n=12/widths=6", "b/n=12/widths=2x2", "b/n=12/widths=1x1x1"])
    #expect(all.allSatisfy { $0.outcome == .verified })
  }

  @Test func `records of exact trials are read back, and another size is refused`() throws {
    let arm = #"{ name: "tree", kind: "circuit", family: "xorTree" }"#
    let plan = try smallPlan(bits: "3", arms: arm)
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials { try folder.append(trial.run()) }
      _ = try folder.finish()
      #expect(try RunFolder(reading: path, plan: plan).recordsInOrder == folder.recordsInOrder)
      let text = try contents(of: "\(path)/trials.csv")
      try write(resealed(text.replacing(",6,0,12,", with: ",7,0,12,")), to: "\(path)/trials.csv")
      let error = try #require(throws: InputError.self) {
        try RunFolder(reading: path, plan: plan)
      }
      #expect(error.description.contains("line 2, gates: found another value than the trial's"))
    }
  }

  @Test(arguments: [(21, "dnf", 1 << 21), (25, "xorTree", (1 << 25) + 1)])
  func `a sample as large as the truth table checks every row`(n: Int, family: String, rows: Int)
    throws
  {
    let arm = #"{ name: "c", kind: "circuit", family: "\#(family)", sample: \#(rows) }"#
    let plan = try smallPlan(bits: "\(n)", arms: arm)
    let trial = try #require(plan.trials.first as? ExactTrial)
    // A two-level circuit of 21 bits is too large to build, the tree is checked on every row.
    #expect(trial.check == (family == "dnf" ? .none : .all))
  }

  @Test func `a record with the outcome sampled is refused where every row is checked`() throws {
    let plan = try smallPlan(
      bits: "3", arms: #"{ name: "tree", kind: "circuit", family: "xorTree" }"#)
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials { try folder.append(trial.run()) }
      _ = try folder.finish()
      let text = try contents(of: "\(path)/trials.csv")
      try write(resealed(text.replacing("verified", with: "sampled")), to: "\(path)/trials.csv")
      let error = try #require(throws: InputError.self) {
        try RunFolder(reading: path, plan: plan)
      }
      #expect(error.description.contains("line 2, outcome: found another value than the trial's"))
    }
  }

  @Test func `a plan without a trial is refused`() throws {
    let arm = #"{ name: "b", kind: "constructed", family: "bridged", depths: 5 }"#
    let error = try #require(throws: InputError.self) { try smallPlan(bits: "2", arms: arm) }
    #expect(
      error.description == "e.json5: arms: found no trial at n = 2, expected an arm that has one")
  }

  @Test func `the verdict of a claim marks an n whose circuit was only counted`() throws {
    let plan = try smallPlan(
      bits: "[3, 40]", arms: #"{ name: "c", kind: "circuit", family: "dnf" }"#,
      claims:
        #"{ claim: "C.", arm: "c", measure: "minimum_units_any", is: "==", value: "2^(n-1)" }"#)
    let results = try Results(plan: plan, records: plan.trials.map { $0.run() })
    #expect(results.claims.map(\.found) == ["n=3: 4; n=40: 549755813888 (counted)"])
  }

  @Test(arguments: [
    (
      #"family: "dnff""#,
      #"family: found "dnff", expected one of dnf, cnf, xorTree, xorTreeWithNot, nandTree, "#
        + #"xor3Tree, kombarov, blocks; did you mean "dnf"?"#
    ),
    (#"family: "blocks""#, "the key \"depths\" is missing"),
    (#"family: "blocks", depths: 1"#, "depths: found a block circuit of depth 1"),
    (#"family: "dnf", depths: 3"#, "depths: found 3, expected no depths"),
    (#"family: "dnf", widths: 3"#, "found the unknown key \"widths\""),
    (#"family: "dnf", sample: 0"#, "sample: found 0, expected a whole number in 1..."),
  ])
  func `impossible settings of circuits are refused with a sentence`(
    settings: String, sentence: String
  ) throws {
    let arm = #"{ name: "c", kind: "circuit", \#(settings) }"#
    let error = try #require(throws: InputError.self) { try smallPlan(bits: "3", arms: arm) }
    #expect(error.description.contains(sentence), "\(error)")
  }
}
