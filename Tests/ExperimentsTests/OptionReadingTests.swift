import Experiments
import Networks
import Parity
import TestSupport
import Testing
import Training

/// Loss, decay, schedule, noise, widths of their own and relevant bits in experiment files.
struct OptionReadingTests {
  private func arm(_ keys: String, kind: String = "logistic") throws -> TrainedArm {
    let text = experimentText(arms: #"{ name: "a", kind: "\#(kind)", \#(keys) }"#)
    return try #require(try readExperiment(text).arms[0].trained)
  }

  @Test(arguments: Loss.allCases)
  func `a loss is read by its name`(loss: Loss) throws {
    #expect(try arm(#"loss: "\#(loss.rawValue)""#).options.loss == loss)
    #expect(try arm("").options == GradientOptions())
  }

  @Test func `a weight decay is coupled unless the optimizer says otherwise`() throws {
    let coupled = try arm(#"optimizer: { name: "momentum", weightDecay: 0.25 }"#).options
    #expect(coupled.weightDecay == WeightDecay(0.25))
    let decoupled = try arm(#"optimizer: { name: "adam", weightDecay: 1, decoupled: true }"#)
      .options
    #expect(decoupled.weightDecay == WeightDecay(1, isDecoupled: true))
    let rprop = try arm(#"optimizer: { name: "rprop", weightDecay: 0.5 }"#)
    #expect(rprop.options.weightDecay == WeightDecay(0.5))
    #expect(rprop.optimizer == .gradient(.rprop(.init()), batch: .full))
  }

  @Test(arguments: [
    (#""constant""#, Schedule()), (#""linear""#, Schedule(.linear(final: 0, end: nil))),
    (#""cosine""#, Schedule(.cosine(final: 0, end: nil))),
    (#"{ name: "constant", warmup: 7 }"#, Schedule(warmup: 7)),
    (#"{ name: "step", every: 9 }"#, Schedule(.step(every: 9, factor: 0.1))),
    (
      #"{ name: "step", every: 9, factor: 0.5, warmup: 2 }"#,
      Schedule(warmup: 2, .step(every: 9, factor: 0.5))
    ),
    (
      #"{ name: "linear", final: 0.25, epochs: 30, warmup: 3 }"#,
      Schedule(warmup: 3, .linear(final: 0.25, end: 30))
    ),
    (#"{ name: "cosine", epochs: 30 }"#, Schedule(.cosine(final: 0, end: 30))),
  ])
  func `a schedule is read by its name or with its settings`(
    text: String, schedule: Schedule
  ) throws {
    let options = try arm(#"optimizer: { name: "adam", schedule: \#(text) }"#).options
    #expect(options.schedule == schedule)
  }

  @Test func `each layer may have a width of its own`() throws {
    let plan = try smallPlan(
      bits: "[4, 6]", seeds: "1",
      arms: #"{ name: "a", kind: "deep", widths: { layers: ["n", "n/2", 2] } }"#)
    #expect(plan.trainings.map(\.architecture.hidden) == [[4, 2, 2], [6, 3, 2]])
    #expect(plan.trials.map(\.key) == ["a/n=4/widths=4x2x2/seed=1", "a/n=6/widths=6x3x2/seed=1"])
  }

  @Test func `any bits may be the relevant ones`() throws {
    func trial(_ keys: String) throws -> TrainingTrial {
      let arm = #"{ name: "a", kind: "logistic", \#(keys) }"#
      return try #require(smallPlan(bits: "5", seeds: "1", arms: arm).trainings.first)
    }
    let trial5 = try trial(#"relevant: ["n-1", 0, 2]"#)
    #expect(trial5.task == ParityTask(bits: 5, relevant: 0b10101))
    #expect(trial5.key == "a/n=5/relevant=0+2+4/depth=0/seed=1")
    #expect(trial5.outline.fields[4] == "3")
    // The first bits are the first bits, however they are named.
    let (listed, counted) = (try trial("relevant: [1, 0]"), try trial("k: 2"))
    #expect((listed.key, listed.settingsHash) == (counted.key, counted.settingsHash))
    #expect(try trial("relevant: [0, 1, 2, 3, 4]").key == "a/n=5/depth=0/seed=1")
  }

  private static let refusals: [(kind: String, keys: String, message: String)] = [
    (
      "logistic", #"loss: "hing""#,
      "loss: found \"hing\", expected one of logistic, hinge, squared; did you mean \"hinge\"?"
    ),
    (
      "logistic", #"loss: "hinge", optimizer: "levenbergMarquardt""#,
      "loss: found hinge with levenbergMarquardt, expected no loss, since levenbergMarquardt "
        + "minimizes the squared error of tanh(z/2)"
    ),
    (
      "logistic", #"optimizer: { name: "adam", weightDecay: -1 }"#,
      "optimizer.weightDecay: found -1, expected a number from 0"
    ),
    (
      "logistic", #"optimizer: { name: "adam", decoupled: true }"#,
      "optimizer.decoupled: found decoupled without a weightDecay, expected a weightDecay"
    ),
    (
      "logistic", #"optimizer: { name: "momentum", weightDecay: 10, decoupled: true }"#,
      "optimizer: found a decoupled weightDecay of 10.0 at the learning rate 0.1, expected a product "
        + "below 1, since it is the share of a weight that a step takes off"
    ),
    (
      "logistic", #"optimizer: { name: "adam", weightDecay: 1, decoupled: 1 }"#,
      "optimizer.decoupled: found 1, expected true or false"
    ),
    (
      "logistic", #"optimizer: { name: "rprop", schedule: "linear" }"#,
      "optimizer: found the unknown key \"schedule\", expected one of name, initialStep, increase, "
        + "decrease, minimumStep, maximumStep, weightDecay"
    ),
    (
      "logistic", #"optimizer: { name: "levenbergMarquardt", weightDecay: 1 }"#,
      "optimizer: found the unknown key \"weightDecay\", expected one of name, damping, factor, "
        + "attempts, stalls"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: "cosin" }"#,
      "optimizer.schedule: found \"cosin\", expected one of constant, step, linear, cosine; did you "
        + "mean \"cosine\"?"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: "step" }"#,
      "optimizer.schedule: the key \"every\" is missing"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: { name: "step", every: 2, final: 0 } }"#,
      "optimizer.schedule: found the unknown key \"final\", expected one of name, warmup, every, "
        + "factor"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: { name: "step", every: 0 } }"#,
      "optimizer.schedule.every: found 0, expected a whole number in 1...1000000000"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: { name: "step", every: 2, factor: 1 } }"#,
      "optimizer.schedule.factor: found 1, expected a number above 0 and below 1"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: { name: "linear", final: 1 } }"#,
      "optimizer.schedule.final: found 1, expected a number from 0 to below 1"
    ),
    (
      "logistic",
      #"optimizer: { name: "adam", schedule: { name: "linear", warmup: 3, epochs: 3 } }"#,
      "optimizer.schedule: found a warm-up of 3 epochs and an end after 3, expected a warm-up that "
        + "is over before the end"
    ),
    (
      "logistic", #"optimizer: { name: "adam", schedule: { name: "cosine", warmup: 5 } }"#,
      "optimizer.schedule: found a warm-up of 5 epochs and an end after 5, expected a warm-up that "
        + "is over before the end"
    ),
    (
      "logistic", "labelNoise: 1",
      "labelNoise: found 1, expected a share of the rows trained on from 0 to below 1"
    ),
    (
      "logistic", "labelNoise: 0.1",
      "labelNoise: found 0.1, which is 0 of 4 rows at n = 2, expected at least one row on either side"
    ),
    (
      "logistic", "labelNoise: 0.5, heldOut: 0.75",
      "labelNoise: found 0.5, which is 1 of 1 rows at n = 2, expected at least one row on either side"
    ),
    (
      "logistic", "labelNoise: 0.5, restarts: 1",
      "restarts: found restarts with labelNoise, expected none, since the right labels would choose "
        + "the last start"
    ),
    ("logistic", "k: 1, relevant: [1]", "k: found 1, expected either k or relevant, not both"),
    (
      "logistic", "relevant: [2]", "relevant: the formula \"2\" is 2 at n = 2, expected 0...1"
    ),
    (
      "logistic", #"relevant: [1, "n-1"]"#,
      "relevant: found bit 1 a second time at n = 2, expected different bits"
    ),
    (
      "logistic", "relevant: []",
      "relevant: found an empty list, expected a list [ … ] with at least one entry"
    ),
    (
      "deep", #"depth: 2, widths: { layers: [3, 3] }"#,
      "depth: found 2, expected no depth, since widths has a width for each layer"
    ),
    (
      "deep", #"widths: { layers: ["n/4"] }"#,
      "widths: the formula \"n/4\" is 0.5 at n = 2, expected a whole number: use ceil(…) or floor(…)"
    ),
    (
      "deep", #"widths: { layer: [3] }"#,
      "widths: found the unknown key \"layer\", expected one of layers, from, to, step, factor; did "
        + "you mean \"layers\"?"
    ),
    (
      "deep", #"widths: { layers: [3], from: 1 }"#,
      "widths: found layers and from, expected layers alone, or a sweep"
    ),
    (
      "shallow", #"widths: { layers: [3] }"#,
      "widths: found the unknown key \"layers\", expected one of from, to, step, factor"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be is refused with what was expected`(
    kind: String, keys: String, message: String
  ) throws {
    let text = experimentText(arms: #"{ name: "a", kind: "\#(kind)", \#(keys) }"#)
    #expect(try refusal(of: text) == "e.json5: arms[0].\(message)")
  }
}
