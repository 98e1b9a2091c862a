import Experiments
import Findings
import Foundation
import Networks
import Runs
import Tables
import TestSupport
import Testing

/// Frozen features as trials: what is read, what the record says, what it amounts to.
struct FrozenTrialTests {
  private func records(_ arm: String = frozenSign, bits: String, seeds: String = "2") throws
    -> [Record]
  {
    try smallPlan(bits: bits, seeds: seeds, arms: arm).trials.map { $0.run() }
  }

  @Test func `the settings of a frozen arm are read, and those left out have their defaults`()
    throws
  {
    let arms = try readExperiment(
      experimentText(
        arms: #"{ name: "a", kind: "frozen" },"#
          + #"{ name: "b", kind: "frozen", activation: "step", labels: "balanced", units: "2n" }"#)
    ).arms
    let (plain, full) = (try #require(arms[0].frozen), try #require(arms[1].frozen))
    #expect((plain.activation, plain.labels, plain.units?.text) == (.tanh, .parity, nil))
    #expect((full.activation, full.labels, full.units?.text) == (.step, .balanced, "2n"))
  }

  @Test(arguments: [
    (#"labels: "blanced""#, #"labels: found "blanced", expected one of parity, balanced; did"#),
    (#"activation: "sign""#, #"activation: found "sign", expected one of sigmoid, tanh, relu"#),
    (
      "widths: 3",
      "found the unknown key \"widths\", expected one of name, kind, bits, vary, activation"
    ),
    (
      "epochs: 3",
      "found the unknown key \"epochs\", expected one of name, kind, bits, vary, activation"
    ),
    ("units: 0", "units: the formula \"0\" "), ("units: \"n/2\"", "units: the formula \"n/2\" "),
  ])
  func `impossible settings of frozen arms are refused with a sentence`(
    settings: String, sentence: String
  ) throws {
    let arm = #"{ name: "f", kind: "frozen", \#(settings) }"#
    let error = try #require(throws: InputError.self) { try smallPlan(bits: "3", arms: arm) }
    #expect(error.description.contains(sentence), "\(error)")
  }

  @Test func `more bits than the exact method takes are refused`() throws {
    let text = experimentText(bits: "[3, 13]", arms: frozenSign)
    #expect(
      try refusal(of: text)
        == "e.json5: bits: found n = 13, expected n in 1...12 for the arm sign")
    let own = #"{ name: "sign", kind: "frozen", activation: "step", bits: 3 }"#
    #expect(try readExperiment(experimentText(bits: "[3, 13]", arms: own)).arms.count == 1)
  }

  @Test func `every field of a frozen trial's row is as calculated by hand`() throws {
    let record = try #require(records(bits: "3", seeds: "[1]").first)
    let margin = try #require(record.margin)
    #expect(
      try fieldsBeforeSettings(of: record) == [
        "sign/n=3/seed=1", "sign", "frozen", "3", "3", "1", "8", "sequential", "8", "41", "step",
        "", "1", "solved", "8", "8", "1.0", "", "", "normal", "", "", "plusMinusOne", "", "", "",
        "", "parity", "", "", "", "\(margin)", "", "", "7",
      ])
    // The nearest point of the hull of the rows, which here is exactly 1/9.
    #expect(abs(margin - 1.0 / 9) < 1e-15)
  }

  @Test func `every record and certificate comes back from its file`() throws {
    for arm in [
      frozenSign, #"{ name: "r", kind: "frozen", activation: "relu", labels: "balanced" }"#,
    ] {
      for record in try records(arm, bits: #""1...4""#) {
        let row = try #require(CSV.parse(CSV.line(record.fields).utf8).rows.first)
        #expect(try Record(row, file: "t.csv") == record)
        #expect(record.outcome == .solved)
        #expect(record.refutedUnits.map { UInt128($0 + 1) } == record.units)
      }
    }
  }

  @Test func `a search that finds nothing refutes all the units allowed`() throws {
    let arm = #"{ name: "f", kind: "frozen", activation: "relu", units: 3 }"#
    let plan = try smallPlan(bits: "4", seeds: "2", arms: arm)
    let finished = plan.trials.map { $0.finish() }
    for trial in finished {
      let record = trial.record
      #expect((record.outcome, record.units, record.refutedUnits) == (.budget, 3, 3))
      #expect((record.solvedRows, record.accuracy, record.margin) == (nil, nil, nil))
      let rows = try #require(trial.companions["certificates.csv"])
      #expect(rows.allSatisfy { $0[1...2] == ["3", "refutation"] } && !rows.isEmpty)
    }
    let row = try #require(Summary(finished.map(\.record), choosingDepth: []).rows.first)
    #expect((row.any, row.half, row.mostUnitsTried, row.evidence) == (nil, nil, 3, "certified"))
    #expect(row.reported.rate == SuccessRate(successes: 0, seeds: 2))
  }

  @Test(arguments: [
    (["outcome": "verified"], "outcome"), (["solved_rows": "7"], ""), (["margin": "0.0"], "margin"),
    (["refuted_units": "6"], "refuted_units"), (["units": "9"], ""), (["units": "999"], ""),
    (["construction": "balanced"], ""), (["family": "trained"], ""), (["initialization": "he"], ""),
    // Every number goes with the others, but no more than 64 units may be tried.
    (
      ["units": "999", "widths": "999", "parameters": "4996", "refuted_units": "998"],
      "widths: found another value than the trial's, expected 64"
    ),
  ])
  func `a record that contradicts the trial is refused`(
    changes: [String: String], place: String
  ) throws {
    let plan = try smallPlan(bits: "3", seeds: "[1]", arms: frozenSign)
    try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: plan)
      let trial = plan.trials[0].finish()
      try folder.append(trial)
      folder.close()
      let fields = fields(of: trial.record, changing: changes)
      try write(CSV.line(Record.format.names) + CSV.line(fields), to: "\(path)/trials.csv")
      let error = try #require(throws: InputError.self) {
        try RunFolder(reading: path, plan: plan)
      }
      #expect(error.description.contains(": line 2, \(place)"), "\(error)")
    }
  }

  // MARK: Summary and claims

  /// A record of a seed that needs H units, or of a search that did not end.
  private func record(_ units: Int?, seed: Int, refuted: Int? = nil) throws -> Record {
    let real = try #require(records(bits: "3", seeds: "[\(seed)]").first)
    // One by one: as a single expression they took the type checker twenty seconds.
    var changes = ["outcome": units == nil ? "budget" : "solved"]
    changes["units"] = units.map(String.init) ?? ""
    changes["widths"] = changes["units"]
    changes["parameters"] = units.map { String(5 * $0 + 1) } ?? ""
    changes["refuted_units"] = refuted.map(String.init) ?? ""
    if units == nil {
      for column in ["solved_rows", "accuracy", "margin"] { changes[column] = "" }
    }
    let fields = fields(of: real, changing: changes)
    let row = try #require(CSV.parse(CSV.line(fields).utf8).rows.first)
    return try Record(row, file: "hand.csv")
  }

  @Test func `the success rate at a number of units counts every seed that needs no more`() throws {
    let needed = [9, 5, 7, 12]
    let records = try needed.enumerated().map {
      try record($1, seed: $0 + 1, refuted: $1 - 1)
    }
    let summary = Summary(records, choosingDepth: [])
    let row = try #require(summary.rows.first)
    #expect((row.any?.units, row.any?.rate) == (5, SuccessRate(successes: 1, seeds: 4)))
    #expect((row.half?.units, row.half?.rate) == (7, SuccessRate(successes: 2, seeds: 4)))
    #expect((row.trials, row.widestTried, row.mostUnitsTried) == (4, 12, 12))
    #expect((row.reported.parameters, row.reported.meanAccuracy) == (36, nil))
    let fields = CSV.parse(Summary.format.csv(summary.rows).utf8).rows[1].fields
    #expect(fields[7...8] == ["2", "4"])
    #expect(row.evidence == "certified" && fields.contains("certified"))
  }

  @Test(arguments: [
    ("<=", 7, Verdict.holds), ("<=", 6, .fails), (">=", 7, .holds), (">", 7, .fails),
  ])
  func `claims about certified minima are decided`(
    comparison: String, value: Int, verdict: Verdict
  ) throws {
    let records = try [9, 5, 7, 12].enumerated().map {
      try record($1, seed: $0 + 1, refuted: $1 - 1)
    }
    let judged = try judge(records, comparison, value)
    #expect(judged.verdict == verdict)
  }

  /// Half of the seeds need at most 7 units; whether fewer would do is not known.
  @Test(arguments: [
    ("<=", 7, Verdict.holds), ("<=", 6, .undecided), (">=", 7, .undecided), (">=", 8, .fails),
    ("==", 7, .undecided), ("==", 8, .fails),
  ])
  func `without a refutation for every seed the units found are an upper bound only`(
    comparison: String, value: Int, verdict: Verdict
  ) throws {
    let records = [
      try record(7, seed: 1, refuted: 6), try record(5, seed: 2, refuted: 4),
      try record(nil, seed: 3), try record(9, seed: 4),
    ]
    let judged = try judge(records, comparison, value)
    #expect(judged.verdict == verdict)
    #expect(judged.found == "n=3: at most 7 (numerical)")
  }

  private func judge(_ records: [Record], _ comparison: String, _ value: Int) throws -> JudgedClaim
  {
    let claim = """
      { claim: "C.", arm: "sign", measure: "minimum_units_half", is: "\(comparison)",
        value: \(value) }
      """
    let plan = try smallPlan(bits: "3", seeds: "4", arms: frozenSign, claims: claim)
    return try #require(Results(plan: plan, records: records).claims.first)
  }
}
