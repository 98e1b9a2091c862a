import Experiments
import Findings
import Runs
import Tables
import TestSupport
import Testing

struct ClaimTests {
  /// A claim about the hand-made arm; `more` are further keys.
  private func claim(_ measure: String, _ comparison: String, _ value: String, _ more: String = "")
    throws -> Claim
  {
    let text = """
      { claim: "It is so.", arm: "arm", measure: "\(measure)", is: "\(comparison)",
        value: "\(value)", \(more) }
      """
    let arm = #"{ name: "arm", kind: "shallow", widths: "1...3" }"#
    let experiment = try readExperiment(
      experimentText(bits: #""2...3""#, arms: arm, claims: text))
    return try #require(experiment.claims.first)
  }

  /// At n = 2 any 2, half 3; at n = 3 no width solves, the best has 7 of 8 rows.
  private func summary() throws -> Summary {
    Summary(
      try handMade(n: 2, widths: [1], solvedBySeed: [3, 3, 3])
        + handMade(n: 2, widths: [2], solvedBySeed: [3, 4, 3])
        + handMade(n: 2, widths: [3], solvedBySeed: [4, 4, 3])
        + handMade(n: 3, widths: [1], solvedBySeed: [5, 5, 5])
        + handMade(n: 3, widths: [4], solvedBySeed: [7, 6, 5]), choosingDepth: [])
  }

  private func check(
    _ claim: Claim, _ verdict: Verdict, _ found: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let judged = try claim.judge(summary())
    #expect(judged.verdict == verdict, sourceLocation: sourceLocation)
    #expect(judged.found == found, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    ("<=", "2", Verdict.holds, "2"), ("<=", "1", .fails, "2"), ("<", "2", .fails, "2"),
    ("<", "3", .holds, "2"), (">=", "3", .fails, "2"), (">", "2", .fails, "2"),
    ("==", "n+1", .fails, "2"),
    // That fewer cannot holds for the three trainings with one unit.
    (">=", "2", .holds, "2, and none of 3 with fewer (their rate is below 1.0)"),
    (">", "1", .holds, "2, and none of 3 with fewer (their rate is below 1.0)"),
    ("==", "n", .holds, "2, and none of 3 with fewer (their rate is below 1.0)"),
    // Nothing was tried below.
    (">=", "1", .undecided, "2, and nothing with fewer was tried"),
    (">", "0", .undecided, "2, and nothing with fewer was tried"),
  ])
  func `one training shows that few units can be, and none that fewer cannot`(
    comparison: String, value: String, verdict: Verdict, found: String
  ) throws {
    try check(claim("minimum_units_any", comparison, value, "bits: 2"), verdict, "n=2: \(found)")
  }

  @Test func `none of many trainings bounds the rate by three over their number`() throws {
    let summary = Summary(
      try handMade(n: 2, widths: [1], solvedBySeed: Array(repeating: 3, count: 120))
        + handMade(n: 2, widths: [2], solvedBySeed: [4]), choosingDepth: [])
    let judged = try claim("minimum_units_any", ">=", "2", "bits: 2").judge(summary)
    #expect(judged.verdict == .holds)
    #expect(judged.found == "n=2: 2, and none of 120 with fewer (their rate is below 0.025)")
  }

  /// Forty seeds each: none with one unit, half with two, all with three.
  private func decided() throws -> Summary {
    let half = (0..<40).map { $0.isMultiple(of: 2) ? 4 : 3 }
    return Summary(
      try handMade(n: 2, widths: [1], solvedBySeed: Array(repeating: 3, count: 40))
        + handMade(n: 2, widths: [2], solvedBySeed: half)
        + handMade(n: 2, widths: [3], solvedBySeed: Array(repeating: 4, count: 40)),
      choosingDepth: [])
  }

  @Test(arguments: [
    ("<=", "3", Verdict.holds), ("<=", "2", .undecided), ("<=", "1", .fails), ("<", "4", .holds),
    ("<", "3", .undecided), ("<", "2", .fails), (">=", "2", .holds), (">=", "3", .undecided),
    (">=", "4", .fails), (">", "1", .holds), (">", "2", .undecided), (">", "3", .fails),
    ("==", "2", .undecided), ("==", "3", .undecided), ("==", "1", .fails), ("==", "4", .fails),
  ])
  func `a claim about half of the seeds is decided where the interval decides`(
    comparison: String, value: String, verdict: Verdict
  ) throws {
    let row = try #require(decided().rows.first)
    #expect(row.interval?.low == 2 && row.interval?.high == 3)
    let judged = try claim("minimum_units_half", comparison, value, "bits: 2").judge(decided())
    #expect(judged.verdict == verdict)
    #expect(judged.found == "n=2: between 2 and 3")
  }

  @Test func `few seeds decide nothing about half of them`() throws {
    try check(claim("minimum_units_half", "==", "3", "bits: 2"), .undecided, "n=2: at least 1")
    try check(claim("minimum_units_half", "<=", "3", "bits: 2"), .undecided, "n=2: at least 1")
  }

  @Test func `where all widths are refuted the minimum lies above`() throws {
    let summary = Summary(
      try handMade(n: 2, widths: [3], solvedBySeed: Array(repeating: 3, count: 40)),
      choosingDepth: [])
    #expect(summary.rows.first?.interval?.low == nil)
    let above = try claim("minimum_units_half", ">", "2", "bits: 2").judge(summary)
    #expect(above.verdict == .holds)
    #expect(above.found == "n=2: not reached with up to 3 units")
    #expect(
      try claim("minimum_units_half", "<=", "3", "bits: 2").judge(summary).verdict == .fails)
    #expect(
      try claim("minimum_units_half", "<=", "5", "bits: 2").judge(summary).verdict == .undecided)
  }

  @Test(arguments: [
    // Up to 4 units were tried in vain: the minimum is above 4, and no more is known.
    ("<=", "4", Verdict.fails), ("<", "4", .fails), ("==", "4", .fails), ("==", "3", .fails),
    ("<=", "6", .undecided), ("<", "6", .undecided), ("==", "6", .undecided),
    (">", "6", .undecided), (">=", "6", .undecided),
  ])
  func `a minimum that was not reached lies above everything tried`(
    comparison: String, value: String, verdict: Verdict
  ) throws {
    try check(
      claim("minimum_units_any", comparison, value, "bits: 3"), verdict,
      "n=3: not reached with up to 4 units")
  }

  @Test func `what was not reached is above what was tried, for the trainings made`() throws {
    try check(
      claim("minimum_units_any", ">", "4", "bits: 3"), .holds,
      "n=3: not reached with up to 4 units, and none of 6 with fewer (their rate is below 0.5)")
    try check(
      claim("minimum_units_any", ">=", "4", "bits: 3"), .holds,
      "n=3: not reached with up to 4 units, and none of 3 with fewer (their rate is below 1.0)")
  }

  @Test func `a claim about an n that was not run is undecided`() throws {
    try check(claim("best_accuracy", "<=", "1", "bits: 5"), .undecided, "n=5: not run")
    try check(claim("best_accuracy", "<=", "1", "bits: [2, 5]"), .undecided, "n=5: not run")
  }

  @Test func `a claim fails when one n contradicts it`() throws {
    try check(
      claim("best_accuracy", ">=", "1", "bits: [2, 3, 5]"), .fails, "n=3: 0.875")
    try check(claim("best_accuracy", ">", "0.8"), .holds, "n=2: 1.0; n=3: 0.875")
    try check(
      claim("best_accuracy", "==", "1 - (n-2)/8"), .holds, "n=2: 1.0; n=3: 0.875")
  }

  @Test func `accuracies are those of the reported setting`() throws {
    // n = 2 reports width 3 with 11 of 12 rows, n = 3 the smallest width with 15 of 24.
    try check(claim("mean_accuracy", "==", "11/12", "bits: 2"), .holds, "n=2: \(11.0 / 12)")
    try check(claim("mean_accuracy", "<", "0.7", "bits: 3"), .holds, "n=3: 0.625")
  }

  @Test func `claims about held-out accuracy are undecided without held-out rows`() throws {
    for measure in ["best_held_out_accuracy", "mean_held_out_accuracy"] {
      try check(claim(measure, ">", "0", "bits: 2"), .undecided, "n=2: no held-out rows")
    }
    let summary = Summary(
      [
        try handMade(n: 3, seed: 1, solved: 7, heldOut: (rows: 2, solved: 2)),
        try handMade(n: 3, seed: 2, solved: 4, heldOut: (rows: 2, solved: 1)),
      ], choosingDepth: [])
    let best = try claim("best_held_out_accuracy", "==", "1", "bits: 3").judge(summary)
    let mean = try claim("mean_held_out_accuracy", "==", "0.75", "bits: 3").judge(summary)
    #expect((best.verdict, mean.verdict) == (.holds, .holds))
  }

  @Test(arguments: [
    // 5/10 has the interval 0.2366…0.7634, 10/10 0.7225…1, 0/10 0…0.2775.
    (5, ">", "0.2", Verdict.holds), (5, ">", "0.3", .undecided), (5, ">", "0.8", .fails),
    (5, "<=", "0.8", .holds), (5, "<=", "0.7", .undecided), (5, "<=", "0.2", .fails),
    (5, "==", "0.5", .undecided), (5, "==", "0.9", .fails), (10, ">=", "0.7", .holds),
    (10, "==", "1", .undecided), (10, ">=", "0.75", .undecided), (10, "<", "0.7", .fails),
    (0, "<", "0.3", .holds), (0, "==", "0", .undecided), (0, ">=", "0.3", .fails),
  ])
  func `a success rate decides when its whole interval lies on one side`(
    successes: Int, comparison: String, value: String, verdict: Verdict
  ) throws {
    let seeds = (0..<10).map { $0 < successes ? 4 : 3 }
    let summary = Summary(try handMade(widths: [1], solvedBySeed: seeds), choosingDepth: [])
    let judged = try claim("success_rate", comparison, value, "bits: 2").judge(summary)
    #expect((judged.verdict, judged.found) == (verdict, "n=2: \(successes)/10"))
  }

  @Test func `a claim is judged at every depth, or at the one it names`() throws {
    let summary = Summary(
      [
        try handMade(widths: [], solved: 3), try handMade(widths: [1], solved: 4),
        try handMade(widths: [1, 1], solved: 2),
      ], choosingDepth: [])
    let all = try claim("best_accuracy", ">", "0.6", "bits: 2").judge(summary)
    #expect((all.verdict, all.found) == (.fails, "n=2 depth=2: 0.5"))
    let one = try claim("best_accuracy", ">", "0.6", "bits: 2, depth: \"n-1\"").judge(summary)
    #expect((one.verdict, one.found) == (.holds, "n=2: 1.0"))
    let none = try claim("best_accuracy", ">", "0.6", "bits: 2, depth: 7").judge(summary)
    #expect((none.verdict, none.found) == (.undecided, "n=2: not run"))
  }

  @Test func `claims.csv has one line per claim`() throws {
    let judged = try claim("minimum_units_any", "<=", "2^(n-1)").judge(summary())
    #expect(
      JudgedClaim.format.csv([judged]) == """
        claim,arm,verdict,expected,found,n_from,n_to
        It is so.,arm,fails,minimum_units_any <= 2^(n-1),n=3: not reached with up to 4 units,2,3

        """)
  }
}
