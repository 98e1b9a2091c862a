import Experiments
import Findings
import TestSupport
import Testing

/// Settings that are possible one by one but not together.
struct ConsistencyTests {
  @Test func `an arm's n must be among the experiment's`() throws {
    let text = experimentText(arms: #"{ name: "line", kind: "logistic", bits: [2, 5] }"#)
    #expect(try refusal(of: text) == "e.json5: arms[0].bits: found n = 5, expected some of 2")
  }

  @Test func `an experiment cannot have the name runs`() throws {
    #expect(try refusal(of: experimentText(name: "runs")).contains("since results/runs is taken"))
  }

  @Test func `rprop steps that contradict one another are refused`() throws {
    let arm = #"{ name: "line", kind: "logistic", optimizer: { name: "rprop", SETTING } }"#
    for setting in ["increase: 0.9", "minimumStep: 100"] {
      let text = experimentText(arms: arm.replacing("SETTING", with: setting))
      #expect(try refusal(of: text).contains("minimumStep at most maximumStep"))
    }
  }

  @Test func `a claim is undecided while trials of its arm and n are missing`() throws {
    let plan = try smallPlan(
      bits: "[2, 3]",
      claims: """
        { claim: "c", arm: "line", measure: "best_accuracy", is: "<=", value: 1 },
        { claim: "c", arm: "line", measure: "best_accuracy", is: "<=", value: 1, bits: 2 },
        """)
    let records = plan.trials.map { $0.run() }
    let whole = try Results(plan: plan, records: records)
    #expect(whole.claims.map(\.verdict) == [.holds, .holds])
    let last = plan.trials[3]
    let partial = try Results(
      plan: plan, records: records.dropLast(), missing: [last])
    #expect(partial.claims.map(\.verdict) == [.undecided, .holds])
    #expect(partial.claims[0].found == "n=3: trials are missing")
  }
}
