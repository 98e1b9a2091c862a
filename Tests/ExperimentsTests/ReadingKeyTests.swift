import Experiments
import TestSupport
import Testing

struct ReadingKeyTests {
  @Test func `the experiment that these tests change is valid`() throws {
    #expect(try readExperiment(Slip.valid).arms.count == 2)
  }

  @Test(arguments: keys)
  func `a misspelt, foreign or missing key is refused with the nearest valid one`(
    slip: Slip
  ) throws {
    try slip.check()
  }

  /// The keys of every kind of network that is trained, behind those of its kind.
  private static let networkKeys =
    "activation, connections, initialization, optimizer, loss, batch, coding, k, relevant, heldOut, "
    + "labelNoise, restarts, curves, weights, epochs"

  private static let keys = [
    Slip(
      "seeds:", "seds:",
      "found the unknown key \"seds\", expected one of name, question, prediction, verdict, "
        + "bits, seeds, budget, arms, claims, laws; did you mean \"seeds\"?"),
    Slip(
      "activation:", "activaton:",
      "arms[1]: found the unknown key \"activaton\", expected one of name, kind, bits, vary, widths, search, "
        + "\(networkKeys); did you mean \"activation\"?"),
    Slip(
      "epochs:", "epoch:",
      "budget: found the unknown key \"epoch\", expected one of epochs, stopWhenSolved; "
        + "did you mean \"epochs\"?"),
    Slip(
      "learningRate:", "learnigRate:",
      "arms[1].optimizer: found the unknown key \"learnigRate\", expected one of name, learningRate, "
        + "beta1, beta2, epsilon, weightDecay, decoupled, schedule; did you mean \"learningRate\"?"),
    Slip(
      "measure:", "mesure:",
      "claims[0]: found the unknown key \"mesure\", expected one of claim, arm, measure, is, value, "
        + "bits, depth; did you mean \"measure\"?"),
    Slip(
      "question:", "zzz: 1, question:",
      "found the unknown key \"zzz\", expected one of name, question, prediction, verdict, "
        + "bits, seeds, budget, arms, claims, laws"),
    // Keys that are valid, but not here.
    Slip(
      "heldOut: 0.5", "widths: 3",
      "arms[0]: found the unknown key \"widths\", expected one of name, kind, bits, vary, \(networkKeys)"
    ),
    Slip(
      "batch: 2", "depth: 2",
      "arms[1]: found the unknown key \"depth\", expected one of name, kind, bits, vary, widths, search, "
        + "\(networkKeys)"),
    Slip(
      "learningRate: 0.1", "momentum: 0.1",
      "arms[1].optimizer: found the unknown key \"momentum\", expected one of name, learningRate, "
        + "beta1, beta2, epsilon, weightDecay, decoupled, schedule"),
    // Keys that are not there.
    Slip("name: \"small\", ", "", "the key \"name\" is missing"),
    Slip("prediction: \"So.\",", "", "the key \"prediction\" is missing"),
    Slip("bits: \"2...3\",", "", "the key \"bits\" is missing"),
    Slip("epochs: 10", "", "budget: the key \"epochs\" is missing"),
    Slip(", kind: \"logistic\"", "", "arms[0]: the key \"kind\" is missing"),
    Slip("widths: \"1...n\",", "", "arms[1]: the key \"widths\" is missing"),
    Slip("name: \"adam\",", "", "arms[1].optimizer: the key \"name\" is missing"),
    Slip(", value: \"n\"", "", "claims[0]: the key \"value\" is missing"),
  ]
}
