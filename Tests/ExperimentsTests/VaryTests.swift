import Experiments
import Networks
import Parity
import TestSupport
import Testing
import Training

/// One entry of a file that makes an arm of each combination of settings.
struct VaryTests {
  private func arms(_ keys: String) throws -> [Arm] {
    try readExperiment(experimentText(arms: #"{ name: "wide", \#(keys) }"#)).arms
  }

  @Test func `each combination is an arm with its values in the name`() throws {
    let arms = try arms(
      #"""
      kind: "shallow", widths: "1...2",
      vary: { learningRate: [0.01, 0.03], activation: ["tanh", "relu"] }
      """#)
    #expect(
      arms.map(\.name) == [
        "wide tanh learningRate=0.01", "wide tanh learningRate=0.03",
        "wide relu learningRate=0.01", "wide relu learningRate=0.03",
      ])
    #expect(arms.map { $0.trained?.activation } == [.tanh, .tanh, .relu, .relu])
    let rates = arms.map { arm -> Double? in
      guard case .gradient(let rule, _) = arm.trained?.optimizer else { return nil }
      return rule.learningRate
    }
    #expect(rates == [0.01, 0.03, 0.01, 0.03])
  }

  @Test func `a varied setting is that of an arm that says it itself`() throws {
    let varied = try smallPlan(
      arms: #"""
        {
          name: "a", kind: "logistic", optimizer: { name: "momentum", momentum: 0.5 },
          vary: { weightDecay: [0.5, 0.25], decoupled: [false, true], batch: ["full", 2] },
        }
        """#)
    #expect(varied.trials.count == 16)
    let plain = try smallPlan(
      arms: #"""
        {
          name: "a", kind: "logistic", batch: 2,
          optimizer: { name: "momentum", momentum: 0.5, weightDecay: 0.25, decoupled: true },
        }
        """#)
    let last = try #require(varied.trials.last)
    #expect(last.arm == "a batch=2 weightDecay=0.25 decoupled=true")
    #expect(last.settings == plain.trials.last?.settings)
  }

  @Test func `optimizers, words and numbers of every kind of arm may vary`() throws {
    #expect(
      try arms(#"kind: "logistic", vary: { optimizer: ["rprop", "adam"], weightDecay: [1, 2] }"#)
        .map(\.name) == [
          "wide rprop weightDecay=1", "wide rprop weightDecay=2", "wide adam weightDecay=1",
          "wide adam weightDecay=2",
        ])
    #expect(
      try arms(#"kind: "circuit", vary: { family: ["dnf", "cnf"] }"#).map(\.name)
        == ["wide dnf", "wide cnf"])
    #expect(
      try arms(#"kind: "frozen", vary: { units: ["n+1", 70] }"#).map(\.name)
        == ["wide units=n+1", "wide units=70"])
  }

  @Test func `a claim names an arm by its values`() throws {
    let arm = #"{ name: "a", kind: "logistic", vary: { loss: ["hinge", "squared"] } }"#
    let claim = { (name: String) in
      #"{ claim: "C.", arm: "\#(name)", measure: "best_accuracy", is: "<", value: 1 }"#
    }
    let text = experimentText(arms: arm, claims: claim("a hinge"))
    #expect(try readExperiment(text).claims.map(\.arm) == ["a hinge"])
    #expect(
      try refusal(of: experimentText(arms: arm, claims: claim("a hing")))
        == "e.json5: claims[0].arm: found \"a hing\", expected one of a hinge, a squared; did you "
        + "mean \"a hinge\"?")
  }

  private static let refusals: [(keys: String, message: String)] = [
    (
      #"vary: { learnigRate: [1, 2] }"#,
      ".vary: found the unknown key \"learnigRate\", expected one of activation, "
        + "connections, initialization, optimizer, loss, batch, coding, k, relevant, heldOut, "
        + "labelNoise, restarts, curves, weights, epochs, learningRate, weightDecay, decoupled, "
        + "schedule, momentum, beta1, beta2, epsilon, initialStep, increase, decrease, minimumStep, "
        + "maximumStep, damping, factor, attempts, stalls; did you mean \"learningRate\"?"
    ),
    (
      #"vary: { learningRate: [1] }"#,
      ".vary.learningRate: found a list of 1, expected a list of at least two values"
    ),
    (
      #"vary: { learningRate: 1 }"#,
      ".vary.learningRate: found 1, expected a list of at least two values"
    ),
    (
      #"vary: { learningRate: [1, 2, 1.0] }"#,
      ".vary.learningRate[2]: found \"learningRate=1\" a second time, expected it once"
    ),
    (
      #"vary: { activation: ["tanh", "rleu"] }"#,
      ".vary.activation[1]: found \"rleu\", expected one of sigmoid, tanh, relu, leakyRelu, elu; did "
        + "you mean \"relu\"?"
    ),
    (
      #"vary: { learningRate: [1, -2] }"#,
      ".vary.learningRate[1]: found -2, expected a number above 0"
    ),
    (
      #"vary: { heldOut: [0.5, 0.01] }"#,
      ".vary.heldOut[1]: found 0.01, which is 0 of 4 rows at n = 2, expected at least one row on "
        + "either side"
    ),
    (
      #"activation: "elu", vary: { activation: ["tanh", "relu"] }"#,
      ".vary.activation: found activation beside vary as well, expected it in one of the two"
    ),
    (
      #"optimizer: { name: "adam", learningRate: 1 }, vary: { learningRate: [1, 2] }"#,
      ".vary.learningRate: found learningRate beside vary as well, expected it in one of the two"
    ),
    (
      #"optimizer: "rprop", vary: { learningRate: [1, 2] }"#,
      ".optimizer: found the unknown key \"learningRate\", expected one of name, initialStep, "
        + "increase, decrease, minimumStep, maximumStep, weightDecay"
    ),
    (
      #"vary: { optimizer: [{ name: "adam" }, "rprop"] }"#,
      ".vary.optimizer[0]: found an object, expected a word, a number or true or false, which can "
        + "stand in an arm's name"
    ),
    (
      #"vary: { k: ["n", "2^(n-1)"] }"#,
      ".vary.k[1]: found \"2^(n-1)\", expected a word, a number or true or false, which can stand in "
        + "an arm's name"
    ),
    (#"vary: { }"#, ".vary: found an object, expected a key with a list of values"),
    (#"vary: 3"#, ".vary: found 3, expected an object { … }"),
    (
      #"vary: { name: ["a", "b"] }"#,
      ".vary: found the unknown key \"name\", expected one of activation, "
        + "connections, initialization, optimizer, loss, batch, coding, k, relevant, heldOut, "
        + "labelNoise, restarts, curves, weights, epochs, learningRate, weightDecay, decoupled, "
        + "schedule, momentum, beta1, beta2, epsilon, initialStep, increase, decrease, minimumStep, "
        + "maximumStep, damping, factor, attempts, stalls"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot vary is refused where it stands`(keys: String, message: String) throws {
    let arm = #"{ name: "a", kind: "logistic", \#(keys) }"#
    #expect(try refusal(of: experimentText(arms: arm)) == "e.json5: arms[0]\(message)")
  }

  @Test func `more than a thousand combinations are refused`() throws {
    let list = { (count: Int) in (1...count).map(String.init).joined(separator: ", ") }
    let vary = "{ learningRate: [\(list(40))], epsilon: [\(list(26))] }"
    #expect(
      try refusal(
        of: experimentText(arms: #"{ name: "a", kind: "logistic", vary: \#(vary) }"#))
        == "e.json5: arms[0].vary: found an object, expected at most 1000 combinations")
  }

  @Test func `errors of arms behind a varied one name their own place`() throws {
    let arms = #"""
      { name: "a", kind: "logistic", vary: { loss: ["hinge", "squared"] } },
      { name: "b", kind: "shallow", widths: 0 }
      """#
    #expect(
      try refusal(of: experimentText(arms: arms))
        == "e.json5: arms[1].widths: the formula \"0\" is 0 at n = 2, expected 1...16777216")
  }
}
