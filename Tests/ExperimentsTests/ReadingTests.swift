import Experiments
import Foundation
import Networks
import Parity
import TestSupport
import Testing
import Training

struct ReadingTests {
  @Test func `every setting of an experiment is read`() throws {
    let experiment = try readExperiment(Self.full)
    #expect(experiment.name == "full-1_x")
    #expect(experiment.question == "What is read?")
    #expect(experiment.prediction == "All of it.")
    #expect(experiment.bits == [2, 3, 5])
    #expect(experiment.conditions.seeds == [4, 5, 6])
    #expect(experiment.conditions.epochs == 77)
    #expect(experiment.file == "e.json5")
    #expect(experiment.arms.map(\.name) == ["line", "wide tanh", "deep.relu", "search"])
  }

  @Test func `a budget may be spent to the end`() throws {
    #expect(try !readExperiment(Self.full).conditions.stopsWhenSolved)
    #expect(try readExperiment(experimentText()).conditions.stopsWhenSolved)
  }

  @Test func `an arm that says little has the defaults`() throws {
    let whole = try readExperiment(Self.full).arms[0]
    let arm = try #require(whole.trained)
    guard case .logistic = arm.shape else { throw WrongShape() }
    #expect((arm.connections, arm.activation) == (.sequential, .tanh))
    #expect((arm.initialization, arm.coding) == (.glorot, .plusMinusOne))
    #expect(
      arm.optimizer
        == .gradient(
          .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), batch: .full))
    #expect((arm.relevant, arm.heldOut, whole.bits, arm.epochs) == (nil, nil, nil, nil))
    #expect(arm.restarts == 0)
    #expect(!whole.choosesDepth)
  }

  @Test func `an arm that says everything has what it says`() throws {
    let whole = try readExperiment(Self.full).arms[1]
    let arm = try #require(whole.trained)
    guard case .shallow(let widths) = arm.shape else { throw WrongShape() }
    let one = try Formula("1")
    #expect(
      widths.terms == [
        .steps(from: one, to: try Formula("2n"), step: 1), .value(try Formula("64")),
        .steps(from: Formula(3), to: Formula(9), step: 3),
        .factors(from: Formula(1), to: try Formula("2^(n-1)"), factor: 2),
      ])
    #expect((arm.connections, arm.activation) == (.bridged, .leakyRelu))
    #expect((arm.initialization, arm.coding) == (.rademacher, .zeroOne))
    #expect(
      arm.optimizer
        == .gradient(
          .adam(learningRate: 0.25, beta1: 0.5, beta2: 0.75, epsilon: 0.125), batch: .rows(3)))
    #expect(arm.relevant == .first(try Formula("n-1")))
    #expect((arm.heldOut, whole.bits, arm.epochs) == (0.25, [2, 3], 9))
    #expect(arm.restarts == 4)
  }

  @Test func `depth is about log2 n unless the arm says otherwise`() throws {
    let arms = try readExperiment(Self.full).arms
    guard case .deep(let depth, let widths) = arms[2].trained?.shape else { throw WrongShape() }
    #expect(depth == (try Formula("ceil(log2(n))")))
    #expect(widths.terms == [.value(Formula(4))])
    guard case .depthSearch(let depths, let units) = arms[3].trained?.shape else {
      throw WrongShape()
    }
    #expect(depths.terms == [.steps(from: try Formula("0"), to: try Formula("2"), step: 1)])
    #expect(units == (try Formula("2n")))
    #expect(arms[3].choosesDepth)
  }

  @Test func `optimizers are read with their settings or by their name`() throws {
    let arms = try readExperiment(Self.full).arms
    #expect(
      arms[2].trained?.optimizer
        == .gradient(.momentum(learningRate: 0.5, momentum: 0), batch: .full))
    var rprop = GradientRule.Rprop()
    (rprop.initialStep, rprop.increase, rprop.decrease) = (0.5, 1.5, 0.25)
    (rprop.minimumStep, rprop.maximumStep) = (0.0625, 8)
    #expect(arms[3].trained?.optimizer == .gradient(.rprop(rprop), batch: .full))
  }

  @Test(arguments: [
    ("\"gradientDescent\"", GradientRule.gradientDescent(learningRate: 0.5)),
    ("\"momentum\"", .momentum(learningRate: 0.1, momentum: 0.9)),
    ("\"adam\"", .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
    ("\"rprop\"", .rprop(.init())), ("\"levenbergMarquardt\"", nil),
    ("{ name: \"gradientDescent\", learningRate: 2 }", .gradientDescent(learningRate: 2)),
  ])
  func `an optimizer has its customary settings`(text: String, rule: GradientRule?) throws {
    let arm = #"{ name: "line", kind: "logistic", optimizer: \#(text) }"#
    let expected =
      rule.map { Optimizer.gradient($0, batch: .full) } ?? .levenbergMarquardt(.init())
    #expect(try readExperiment(experimentText(arms: arm)).arms[0].trained?.optimizer == expected)
  }

  @Test func `the settings of Levenberg-Marquardt are read`() throws {
    let arm = """
      {
        name: "line", kind: "logistic",
        optimizer: {
          name: "levenbergMarquardt", damping: 0.5, factor: 4, attempts: 7, stalls: 2,
        },
      }
      """
    var rule = LevenbergMarquardt()
    (rule.damping, rule.factor, rule.attempts, rule.stalls) = (0.5, 4, 7, 2)
    let read = try readExperiment(experimentText(arms: arm)).arms[0].trained?.optimizer
    #expect(read == .levenbergMarquardt(rule))
  }

  @Test func `claims are read with the n of their arm or their own`() throws {
    let claims = try readExperiment(Self.full).claims
    #expect(claims.map(\.sentence) == ["First.", "Second.", "Third."])
    #expect(claims.map(\.arm) == ["line", "wide tanh", "search"])
    #expect(claims.map(\.measure) == [.bestAccuracy, .minimumUnitsHalf, .successRate])
    #expect(claims.map(\.comparison) == [.atMost, .below, .equal])
    #expect(claims.map(\.value.text) == ["0.75", "2^(n-1)", "1"])
    #expect(claims.map(\.bits) == [[2, 3, 5], [2, 3], [3, 4]])
    #expect(claims.map(\.depth?.text) == [nil, nil, "n-2"])
  }

  @Test(arguments: [
    ("3", [1, 2, 3]), ("\"3\"", [1, 2, 3]), ("\" 2 \"", [1, 2]), ("1", [1]), ("\"1\"", [1]),
    ("[9, 0, 4]", [0, 4, 9]), ("\"9,0,4\"", [0, 4, 9]), ("\"5...7\"", [5, 6, 7]),
    ("[5]", [5]), ("\"5...5\"", [5]), ("\"0...0\"", [0]),
  ])
  func `one number of seeds is a count from 1, a range or a list names them`(
    text: String, expected: [Int]
  ) throws {
    #expect(try readExperiment(experimentText(seeds: text)).conditions.seeds == expected)
  }

  @Test(arguments: ["0.5", "1e-5", "0.00001", "2", "1e3"])
  func `a claim's value may be any number`(text: String) throws {
    let claim =
      #"{ claim: "C.", arm: "line", measure: "best_accuracy", is: ">", value: \#(text) }"#
    let experiment = try readExperiment(experimentText(claims: claim))
    #expect(try experiment.claims[0].value.value(atBits: 2) == Double(text))
  }

  @Test func `the default experiment is read and planned`() throws {
    let experiment = try Experiment(file: DefaultExperiment.path)
    #expect(experiment.name == "claim")
    #expect(experiment.bits == Array(2...8))
    #expect(try !Plan(experiment).trials.isEmpty)
  }

  private static let full = """
    // Comments, single quotes and trailing commas are JSON5.
    {
      name: 'full-1_x', question: "What is read?", prediction: "All of it.",
      bits: [5, 2, 3], seeds: "4...6", "budget": { epochs: 77, stopWhenSolved: false },
      arms: [
        { name: "line", kind: "logistic" },
        {
          name: "wide tanh", kind: "shallow", activation: "leakyRelu", connections: "bridged",
          widths: ["1...2n", "64", { from: 3, to: 9, step: 3 },
            { from: 1, to: "2^(n-1)", factor: 2 }],
          initialization: "rademacher", coding: "zeroOne", batch: 3, k: "n-1", heldOut: 0.25,
          restarts: 4, bits: [3, 2], epochs: 9,
          optimizer: { name: "adam", learningRate: .25, beta1: 0.5, beta2: 0.75, epsilon: 0.125 },
        },
        {
          name: "deep.relu", kind: "deep", widths: 4, activation: "relu",
          optimizer: { name: "momentum", learningRate: 0.5, momentum: 0 },
        },
        {
          name: "search", kind: "depthSearch", depths: "0...2", units: "2n",
          optimizer: {
            name: "rprop", initialStep: 0.5, increase: 1.5, decrease: 0.25, minimumStep: 0.0625,
            maximumStep: 8,
          },
        },
      ],
      claims: [
        { claim: "First.", arm: "line", measure: "best_accuracy", is: "<=", value: 0.75 },
        {
          claim: "Second.", arm: "wide tanh", measure: "minimum_units_half", is: "<",
          value: "2^(n-1)",
        },
        {
          claim: "Third.", arm: "search", measure: "success_rate", is: "==", value: 1,
          bits: "3...4", depth: "n-2",
        },
      ],
    }
    """
}
