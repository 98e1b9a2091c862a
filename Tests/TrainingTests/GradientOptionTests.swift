import Networks
import Parity
import Testing
import Training

/// Loss, weight decay and schedule in the fast twin against the specification, over whole trainings.
struct GradientOptionTests {
  /// One training with options.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: GradientRule
    let hidden: [Int]
    let connections: Connections
    let options: GradientOptions

    var testDescription: String { "\(rule) \(hidden) \(connections) \(options)" }
  }

  private static let rules: [GradientRule] = [
    .gradientDescent(learningRate: 0.3), .momentum(learningRate: 0.1, momentum: 0.8),
    .adam(learningRate: 0.02, beta1: 0.9, beta2: 0.99, epsilon: 1e-3), .rprop(.init()),
  ]

  private static let schedules = [
    Schedule(), Schedule(warmup: 4), Schedule(warmup: 2, .step(every: 3, factor: 0.5)),
    Schedule(.linear(final: 0.25, end: nil)), Schedule(warmup: 3, .cosine(final: 0, end: 9)),
  ]

  private static let decays = [
    nil, WeightDecay(0.05), WeightDecay(0.1, isDecoupled: true),
  ]

  private static let shapes: [(hidden: [Int], connections: Connections)] = [
    ([], .sequential), ([5], .sequential), ([9], .bridged), ([4, 3], .bridged),
    ([3, 2], .sequential),
  ]

  private static let cases: [Case] = {
    var cases: [Case] = []
    for rule in rules {
      for (index, shape) in shapes.enumerated() {
        for (place, decay) in decays.enumerated() {
          var options = GradientOptions()
          options.loss = Loss.allCases[(index + place) % 3]
          options.weightDecay = decay
          if rule.learningRate != nil {
            options.schedule = schedules[(2 * index + place) % schedules.count]
          } else if decay?.isDecoupled == true {
            continue
          }
          cases.append(
            Case(
              rule: rule, hidden: shape.hidden, connections: shape.connections, options: options))
        }
      }
    }
    return cases
  }()

  @Test(arguments: cases)
  func `both precisions take the same path`(_ test: Case) {
    let shape = Architecture(
      inputs: 3, hidden: test.hidden, connections: test.connections, activation: .tanh)
    let start = Problems.network(shape, seed: 5)
    // A row held out: on the whole table gradients may be 0 but for rounding, whose signs Rprop
    // would follow. And its steps double what once differs.
    let epochs = test.rule.learningRate == nil ? 5 : 12
    let budget = Budget(epochs: epochs, stopsWhenSolved: false)
    let table = ParityTable(
      ParityTask(bits: 3), coding: .plusMinusOne, heldOut: (0..<8).map { $0 == 5 })
    let fast = train(start, on: table, by: test.rule, with: test.options, within: budget)
    var order = SeededGenerator(seed: 1, stream: "order")
    let slow = train(
      start, on: table.examples, by: test.rule, with: test.options, within: budget, order: &order)
    for (index, (a, b)) in zip(fast.network.parameters, slow.network.parameters).enumerated() {
      #expect(abs(a - b) < 1e-4, "parameter \(index)")
    }
  }

  @Test(arguments: rules)
  func `options that say nothing change no bit`(rule: GradientRule) {
    let start = Problems.network(Architecture(inputs: 3, hidden: [5]), seed: 3)
    let budget = Budget(epochs: 30)
    let plain = train(start, on: Problems.table(3), by: rule, within: budget)
    let same = train(
      start, on: Problems.table(3), by: rule, with: GradientOptions(), within: budget)
    #expect(plain.network == same.network)
  }

  /// Weights 0.5 and −2, bias 3 and no gradient: what is left is the decay.
  private func decayed(_ rule: GradientRule, _ decay: WeightDecay) -> [Double] {
    var options = GradientOptions()
    options.weightDecay = decay
    let shape = Architecture(inputs: 2, hidden: [])
    var state = GradientRule.State(rule, shape, options, epochs: 1)
    var parameters = [0.5, -2, 3]
    state.step(&parameters, [0, 0, 0])
    return parameters
  }

  @Test func `weights decay and biases do not`() {
    let descent = GradientRule.gradientDescent(learningRate: 0.5)
    #expect(decayed(descent, WeightDecay(0.25)) == [0.4375, -1.75, 3])
    #expect(decayed(descent, WeightDecay(0.25, isDecoupled: true)) == [0.4375, -1.75, 3])
    // Through Adam's averages any gradient makes a first step of the learning rate.
    let adam = GradientRule.adam(learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 1e-12)
    #expect(zip(decayed(adam, WeightDecay(0.25)), [0, -1.5, 3]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(decayed(adam, WeightDecay(0.25, isDecoupled: true)) == [0.4375, -1.75, 3])
  }

  @Test func `a decoupled decay without a learning rate is refused`() async {
    await #expect(processExitsWith: .failure) {
      var options = GradientOptions()
      options.weightDecay = WeightDecay(0.1, isDecoupled: true)
      let shape = Architecture(inputs: 1, hidden: [])
      _ = GradientRule.State(.rprop(.init()), shape, options, epochs: 1)
    }
  }

  @Test func `Levenberg-Marquardt has a loss of its own`() async {
    await #expect(processExitsWith: .failure) {
      var options = GradientOptions()
      options.loss = .hinge
      _ = TrainingSettings(
        optimizer: .levenbergMarquardt(.init()), budget: Budget(epochs: 1), options: options)
    }
  }
}
