import Experiments
import Parity
import TestSupport
import Testing
import Training

/// What the settings of practitioners do to trials, from the file to the row.
struct OptionTrialTests {
  private func trial(_ keys: String) throws -> TrainingTrial {
    let arm = #"{ name: "a", kind: "shallow", widths: 4, \#(keys) }"#
    return try #require(
      try smallPlan(bits: "4", seeds: "1", epochs: 20, arms: arm).trainings.first)
  }

  @Test(arguments: [
    (#"loss: "hinge""#, " loss=hinge"),
    (#"optimizer: { name: "adam", weightDecay: 0.25 }"#, " weight-decay=0.25"),
    (
      #"optimizer: { name: "adam", weightDecay: 0.25, decoupled: true }"#,
      " weight-decay=0.25 decoupled"
    ),
    (
      #"optimizer: { name: "adam", schedule: { name: "constant", warmup: 3 } }"#,
      " schedule=constant warmup=3"
    ),
    (
      #"optimizer: { name: "adam", schedule: { name: "step", every: 5 } }"#,
      " schedule=step every=5 factor=0.1 warmup=0"
    ),
    (
      #"optimizer: { name: "adam", schedule: { name: "linear", epochs: 9 } }"#,
      " schedule=linear final=0.0 end=9 warmup=0"
    ),
    (
      #"optimizer: { name: "adam", schedule: { name: "cosine", final: 0.5 } }"#,
      " schedule=cosine final=0.5 warmup=0"
    ),
    ("labelNoise: 0.25", " label-noise=4"),
  ])
  func `every setting is a part of what a row's hash is of`(keys: String, words: String) throws {
    let (plain, changed) = (try trial(""), try trial(keys))
    #expect(changed.settings == plain.settings + words)
    #expect(changed.settingsHash != plain.settingsHash)
    #expect(changed.run() != plain.run())
  }

  @Test(arguments: [
    #"loss: "logistic""#, #"optimizer: { name: "adam", schedule: "constant" }"#,
    "relevant: [0, 1, 2, 3]",
  ])
  func `a default that is written out changes nothing`(keys: String) throws {
    #expect(try trial(keys).settingsHash == trial("").settingsHash)
    #expect(
      try trial("").settings
        == "sequential tanh glorot plusMinusOne adam 0.01 0.9 0.999 1e-08 batch=full epochs=20 "
        + "held-out=0 \(TrainingKernel.wholeTable.revision)")
  }

  @Test func `noise is drawn by the seed, and rows are judged by the right labels`() throws {
    let arm = #"""
      { name: "a", kind: "shallow", widths: 12, optimizer: "rprop", labelNoise: 0.25,
        vary: { heldOut: [0.25, 0.5] } }
      """#
    let plan = try smallPlan(bits: "4", seeds: "4", epochs: 150, arms: arm)
    let records = plan.trials.map { $0.run() }
    #expect(records.map(\.epochs) == Array(repeating: 150, count: 8))
    let hashes = Set(plan.trials.map { "\($0.settings)" })
    #expect(hashes.count == 2)
    for record in records {
      let (train, solved) = try (#require(record.trainRows), #require(record.trainSolvedRows))
      // Learned by heart, flipped labels are as many wrong rows.
      #expect(solved == train - train / 4, "\(record.key)")
      #expect(record.outcome == .budget)
      // And the loss tells of the right labels, too.
      #expect(try #require(record.loss) > 0.5)
    }
  }

  @Test func `relevant bits make a task that is learned as well`() throws {
    let arm = #"""
      { name: "a", kind: "shallow", widths: 8, optimizer: "rprop", relevant: [1, 3] }
      """#
    let trials = try smallPlan(bits: "4", seeds: "6", epochs: 400, arms: arm).trials
    #expect(trials.map { $0.run() }.contains { $0.outcome == .solved && $0.relevant == 2 })
  }

  /// Several settings at once, from the file to the summary's numbers.
  @Test func `a small experiment with several settings runs to its end`() throws {
    let arms = #"""
      {
        name: "deep", kind: "deep", widths: { layers: ["2n", "n"] }, activation: "tanh",
        relevant: [0, "n-1"], curves: true, batch: 4,
        vary: { loss: ["hinge", "squared", "logistic"], learningRate: [0.02, 0.05] },
        optimizer: {
          name: "adam", weightDecay: 0.001, decoupled: true,
          schedule: { name: "cosine", warmup: 5, final: 0.1 },
        },
      },
      {
        name: "decayed", kind: "shallow", widths: "2n", heldOut: 0.25, labelNoise: 0.1,
        optimizer: { name: "momentum", weightDecay: 0.0001, schedule: { name: "step", every: 40 } },
      },
      """#
    let plan = try smallPlan(bits: "[3, 4]", seeds: "3", epochs: 120, arms: arms)
    let records = plan.trials.map { $0.run() }
    #expect(records.count == 42)
    #expect(Set(records.map(\.key)).count == 42)
    #expect(records.allSatisfy { $0.outcome != .diverged })
    for loss in ["hinge", "squared", "logistic"] {
      let solved = records.count { $0.outcome == .solved && $0.arm.hasPrefix("deep \(loss)") }
      #expect(solved >= 10, "\(loss)")
    }
    // The same again: nothing but the trial decides.
    let again = plan.trials.suffix(7).map { $0.run() }
    #expect(again == records.suffix(7))
  }
}
