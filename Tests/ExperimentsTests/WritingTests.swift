import Experiments
import Foundation
import TestSupport
import Testing

/// experiment.json: an experiment with every default written out.
struct WritingTests {
  /// What the text of an experiment is with every default written out, and that read again.
  private func written(_ experiment: Experiment) throws -> (text: String, again: Experiment) {
    let text = experiment.json
    return (text, try Experiment(Array(text.utf8), file: "experiment.json"))
  }

  /// The object that the text of a JSON file is.
  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// The keys of the first arm in the text, but for those of every arm.
  private func armKeys(_ text: String) throws -> Set<String> {
    let arms = try #require(try object(text)["arms"] as? [[String: Any]])
    return Set(try #require(arms.first).keys)
  }

  /// Fails where the experiment that is read back is another one.
  private func expectSame(_ experiment: Experiment, _ comment: Comment) throws {
    let (text, again) = try written(experiment)
    #expect(try Plan(again).fingerprint == Plan(experiment).fingerprint, comment)
    #expect(try Plan(again).trials.map(\.key) == Plan(experiment).trials.map(\.key), comment)
    #expect(again.json == text, comment)
    #expect(again.bits == experiment.bits && again.conditions == experiment.conditions, comment)
    #expect(
      (again.name, again.question, again.prediction) == (
        experiment.name, experiment.question, experiment.prediction
      ), comment)
    #expect(again.verdict == experiment.verdict, comment)
    for (one, other) in zip(again.claims, experiment.claims) {
      #expect((one.sentence, one.arm) == (other.sentence, other.arm), comment)
      #expect((one.measure, one.comparison) == (other.measure, other.comparison), comment)
      #expect(one.value.text == other.value.text && one.bits == other.bits, comment)
      #expect(one.depth?.text == other.depth?.text, comment)
    }
    #expect(again.claims.count == experiment.claims.count, comment)
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `each experiment of the repository is the same when written out`() throws {
    let folder = Self.root.appendingPathComponent("experiments")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var count = 0
    for name in names where !name.hasSuffix(".md") {
      let file = folder.appendingPathComponent("\(name)/experiment.json5").path
      try expectSame(Experiment(file: file), "\(name)")
      count += 1
    }
    #expect(count > 5)
  }

  /// Where results are published with experiment.json, it is that of the file as it stands.
  @Test func `a published experiment is the one in its file`() throws {
    let folder = Self.root.appendingPathComponent("results")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let published = folder.appendingPathComponent("\(name)/experiment.json").path
      guard FileManager.default.fileExists(atPath: published) else { continue }
      let file = Self.root.appendingPathComponent("experiments/\(name)/experiment.json5").path
      #expect(try contents(of: published) == Experiment(file: file).json, "\(name)")
    }
  }

  /// An arm of each kind with the keys that it cannot do without.
  private static let least = [
    "logistic": "", "shallow": #", widths: "1...n""#, "deep": #", widths: "n""#,
    "depthSearch": #", depths: "0...2", units: "2n""#, "circuit": #", family: "dnf""#,
    "constructed": #", family: "fold""#, "frozen": "",
  ]

  /// The keys that an arm without them has no value for.
  private static func withoutDefault(_ kind: String) -> Set<String> {
    switch kind {
    case "circuit", "constructed": ["bits", "vary", "depths"]
    case "frozen": ["bits", "vary"]
    // `k` is written in place of `relevant`.
    default: ["bits", "vary", "relevant"]
    }
  }

  @Test(arguments: Arm.kinds)
  func `every key of an arm that has a default is written out`(kind: String) throws {
    let least = try #require(Self.least[kind], "a new kind of arm has an example here")
    let arm = "{ name: \"a\", kind: \"\(kind)\"\(least) }"
    let experiment = try readExperiment(experimentText(bits: "[2, 3]", arms: arm))
    let keys = Set(Arm.keys(of: kind).map(\.name))
    #expect(try armKeys(written(experiment).text) == keys.subtracting(Self.withoutDefault(kind)))
    try expectSame(experiment, "\(kind)")
  }

  @Test(arguments: [
    #"kind: "shallow", widths: [1, "n", { from: 1, to: "2n", step: 2 }, { from: 1, to: "2^n", factor: 3 }]"#,
    #"kind: "deep", depth: "n-1", widths: "2...3", connections: "bridged", coding: "zeroOne""#,
    #"kind: "deep", widths: { layers: ["n", "ceil(n/2)", 2] }, activation: "leakyRelu", epochs: 3"#,
    #"kind: "shallow", widths: 2, bits: [2], relevant: [0, "n-1"], restarts: 2, curves: true"#,
    #"kind: "shallow", widths: 2, k: 2, heldOut: 0.25, labelNoise: 0.4, loss: "hinge", batch: 2"#,
    #"kind: "logistic", optimizer: { name: "adam", weightDecay: 1e-5, decoupled: true, epsilon: 1e-10 }"#,
    #"kind: "logistic", optimizer: { name: "momentum", schedule: { name: "step", every: 2 } }"#,
    #"kind: "logistic", optimizer: { name: "adam", schedule: { name: "cosine", warmup: 1, epochs: 4 } }"#,
    #"kind: "logistic", optimizer: { name: "gradientDescent", schedule: "linear" }, initialization: "he""#,
    #"kind: "logistic", optimizer: { name: "rprop", weightDecay: 0.5, increase: 1.1 }"#,
    #"kind: "shallow", widths: 3, optimizer: { name: "levenbergMarquardt", stalls: 4 }, initialization: "counting""#,
    #"kind: "shallow", widths: 3, vary: { learningRate: [0.01, 0.1], activation: ["relu", "tanh"], heldOut: [0, 0.25] }"#,
    #"kind: "circuit", family: "blocks", depths: "2...4", sample: 77"#,
    #"kind: "constructed", family: "bridged", depths: ["n-1"]"#,
    #"kind: "constructed", vary: { family: ["fold", "cascade"], sample: [10, 20] }"#,
    #"kind: "frozen", labels: "balanced", activation: "elu", units: "3n+1""#,
  ])
  func `what is set is written as well`(keys: String) throws {
    let text = experimentText(
      bits: "[2, 3]", seeds: "[2, 7]", arms: "{ name: \"a\", \(keys) }")
    try expectSame(readExperiment(text), "\(keys)")
  }

  @Test func `claims, verdict and other n, seeds and epochs are written`() throws {
    let claims = #"""
      { claim: "A \"quoted\" claim.", arm: "a", measure: "success_rate", is: ">=", value: 0.5 },
      { claim: "B", arm: "a", measure: "minimum_units_any", is: "<", value: "0.50n", bits: 3, depth: "n-2" },
      { claim: "C", arm: "b", measure: "minimum_units_any", is: "==", value: 4 },
      """#
    let arms = #"""
      { name: "a", kind: "shallow", widths: 2, epochs: 7 },
      { name: "b", kind: "shallow", widths: 2, bits: 2 },
      """#
    let text = experimentText(bits: "[2, 3]", seeds: "5", arms: arms, claims: claims)
    let verdict = #"verdict: { prediction: "partly", because: "It was so." }, "#
    let experiment = try readExperiment(
      text.replacing("question:", with: verdict + "question:"))
    #expect(experiment.verdict?.word == .partly && experiment.verdict?.reason == "It was so.")
    try expectSame(experiment, "as it is")

    var overrides = Overrides()
    (overrides.bits, overrides.seeds, overrides.epochs) = ([3], Array(3...2000), 2)
    let other = experiment.overridden(by: overrides)
    try expectSame(other, "overridden")
    // What was said of the whole experiment is not said of another.
    #expect(other.verdict == nil && other.json.contains(#""seeds": "3...2000""#))
    #expect(other.json.contains(#""bits": []"#))
  }

  @Test func `a file has its keys in order, numbers as they are and the laws behind its words`()
    throws
  {
    let arm = #"{ name: "a", kind: "shallow", widths: "1...n", optimizer: "rprop" }"#
    let text = try readExperiment(experimentText(bits: "2", seeds: "3", arms: arm)).json
    let head = """
      {
        "name": "small",
        "question": "Why?",
        "prediction": "So.",
        "bits": [2],
        "seeds": [1, 2, 3],
        "budget": {
          "epochs": 5,
          "stopWhenSolved": true
        },
        "arms": [
          {
            "name": "a",
            "kind": "shallow",
            "widths": [
              {
                "from": 1,
                "to": "n",
                "step": 1
              }
            ],
            "search": false,
            "activation": "tanh",
            "connections": "sequential",
            "initialization": "glorot",
            "optimizer": {
              "name": "rprop",
              "initialStep": 0.1,
              "increase": 1.2,
              "decrease": 0.5,
              "minimumStep": 1e-06,
              "maximumStep": 50.0,
              "weightDecay": 0.0
            },
            "loss": "logistic",
            "batch": "full",
            "coding": "plusMinusOne",
            "k": "n",
            "heldOut": 0.0,
            "labelNoise": 0.0,
            "restarts": 0,
            "curves": false,
            "weights": false,
            "epochs": 5
          }
        ],
        "claims": [],

      """
    #expect(text.hasPrefix(head.dropLast()))
    let laws = try #require(try object(text)["laws"] as? [String: String])
    #expect(laws["initialization glorot"]?.contains("sqrt(6 / (fan-in + fan-out))") == true)
    #expect(laws["optimizer rprop"] != nil && laws["loss logistic"] != nil)
  }

  @Test func `frozen units have their law`() throws {
    let text = try readExperiment(experimentText(arms: frozenSign)).json
    let laws = try #require(try object(text)["laws"] as? [String: String])
    let law = try #require(laws["frozen units"])
    #expect(law.hasPrefix("weights and biases of the hidden units N(0, 1)"))
    #expect(text.contains(#""units": "max(2^n, 64)""#))
  }

  @Test(arguments: [
    (#"laws: 3"#, "laws: found 3, expected an object { … }"),
    (#"laws: { a: 3 }"#, "laws.a: found 3, expected a law in a sentence"),
    (#"verdict: "contradicted""#, "verdict: found \"contradicted\", expected an object { … }"),
    (
      #"verdict: { prediction: "wrong", because: "x" }"#,
      "verdict.prediction: found \"wrong\", expected one of confirmed, partly, contradicted, "
        + "undecided"
    ),
    (#"verdict: { prediction: "partly" }"#, "verdict: the key \"because\" is missing"),
  ])
  func `laws and verdicts of another form are refused`(key: String, message: String) throws {
    let text = experimentText().replacing("question:", with: "\(key), question:")
    #expect(try refusal(of: text) == "e.json5: \(message)")
  }
}
