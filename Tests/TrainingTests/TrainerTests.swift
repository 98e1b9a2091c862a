import Foundation
import Networks
import Parity
import Testing
import Training

struct TrainerTests {
  private static let rules: [GradientRule] = [
    .gradientDescent(learningRate: 0.5), .momentum(learningRate: 0.3, momentum: 0.9),
    Problems.adam, .rprop(GradientRule.Rprop()),
  ]

  /// Whether all rows are right, computed row by row for a network with one tanh layer.
  private func classifiesAll(_ network: Network, _ examples: Examples) -> Bool {
    let (n, h) = (network.architecture.inputs, network.architecture.units)
    let w = network.parameters
    return (0..<examples.count).allSatisfy { column in
      var logit = w[(n + 1) * h + h]
      for unit in 0..<h {
        var z = w[n * h + unit]
        for input in 0..<n {
          z += w[unit * n + input] * examples.inputs[input, column]
        }
        logit += w[(n + 1) * h + unit] * tanh(z)
      }
      return examples.labels[column] == 1 ? logit > 0 : logit < 0
    }
  }

  @Test(arguments: rules)
  func `logistic regression learns AND`(rule: GradientRule) {
    // These weights are right on one row only, so there is something to learn.
    let start = Network(Architecture(inputs: 2, hidden: []), parameters: [-0.5, -0.3, 0])
    let result = train(start, on: Problems.and, by: rule, within: Budget(epochs: 200))
    #expect(result.reason == .solved)
    #expect(result.score.solvedRows == 4)
    let w = result.network.parameters
    for (a, b, label) in [(-1.0, -1.0, 0), (1, -1, 0), (-1, 1, 0), (1, 1, 1)] {
      #expect((w[0] * a + w[1] * b + w[2] > 0) == (label == 1), "\(a), \(b)")
    }
  }

  @Test(arguments: [Problems.adam, .rprop(GradientRule.Rprop())])
  func `three tanh units learn XOR`(rule: GradientRule) {
    let start = Problems.network(Architecture(inputs: 2, hidden: [3]), seed: 2)
    let result = train(
      start, on: Problems.parity(2), by: rule, within: Budget(epochs: 500))
    #expect(result.reason == .solved, "seed 2")
    #expect(result.epochs > 0)
    #expect(result.score.solvedRows == 4)
    #expect(classifiesAll(result.network, Problems.parity(2)))
    #expect(result.score == result.network.score(on: Problems.parity(2)))
  }

  /// Solved and budget, at the right epoch, with the right network: the loop by hand knows.
  @Test(arguments: rules, [UInt64(1), 2, 3])
  func `a run is solved at the first epoch at which every row is right`(
    rule: GradientRule, seed: UInt64
  ) {
    let examples = Problems.parity(2)
    var network = Problems.network(Architecture(inputs: 2, hidden: [4]), seed: seed)
    let result = train(network, on: examples, by: rule, within: Budget(epochs: 150))

    var state = GradientRule.State(rule, parameters: network.parameters.count)
    var epochs = 0
    while epochs < 150 && !classifiesAll(network, examples) {
      let cache = network.forward(examples.inputs)
      state.step(&network.parameters, network.backward(cache, labels: examples.labels))
      epochs += 1
    }
    #expect(result.epochs == epochs, "seed \(seed)")
    #expect(result.reason == (classifiesAll(network, examples) ? .solved : .budget))
    #expect(result.network == network)
  }

  @Test func `a run that solves at epoch e needs a budget of e and no less`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [4]), seed: 1)
    func result(_ epochs: Int) -> TrainingResult {
      train(
        start, on: Problems.parity(2), by: Problems.adam, within: Budget(epochs: epochs))
    }
    let needed = result(500).epochs
    #expect(result(needed).reason == .solved)
    #expect(result(needed - 1).reason == .budget)
    #expect(result(needed - 1).epochs == needed - 1)
  }

  @Test func `a budget of no epochs judges the initial network and leaves it alone`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [2]), seed: 1)
    let result = train(
      start, on: Problems.parity(2), by: Problems.adam, within: Budget(epochs: 0))
    #expect(result.reason == .budget)
    #expect(result.epochs == 0)
    #expect(result.network == start)
    #expect(result.score == start.score(on: Problems.parity(2)))
  }

  @Test func `a network that is right from the start is solved after 0 epochs`() {
    // Both weights 1 and the bias −1: positive at (1, 1) alone.
    let start = Network(Architecture(inputs: 2, hidden: []), parameters: [1, 1, -1])
    for epochs in [0, 10] {
      let result = train(
        start, on: Problems.and, by: Problems.adam, within: Budget(epochs: epochs))
      #expect(result.reason == .solved)
      #expect(result.epochs == 0)
      #expect(result.network == start)
    }
  }

  @Test(arguments: [1, 7, 40])
  func `what cannot be learned uses exactly its budget`(epochs: Int) {
    // No line separates the rows of XOR.
    let start = Problems.network(Architecture(inputs: 2, hidden: []), seed: 1)
    let result = train(
      start, on: Problems.parity(2), by: Problems.adam, within: Budget(epochs: epochs))
    #expect(result.reason == .budget)
    #expect(result.epochs == epochs)
    #expect(result.score.solvedRows < 4)
  }

  @Test func `a run that does not stop when solved uses its whole budget`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [4]), seed: 1)
    var budget = Budget(epochs: 300)
    let stopped = train(start, on: Problems.parity(2), by: Problems.adam, within: budget)
    budget.stopsWhenSolved = false
    let whole = train(start, on: Problems.parity(2), by: Problems.adam, within: budget)
    #expect(stopped.epochs < 300)
    #expect(whole.epochs == 300)
    #expect(whole.reason == .solved)
    #expect(whole.score.loss < stopped.score.loss)
  }

  @Test(arguments: rules, [Batch.full, .rows(3)])
  func `the same inputs give the same bytes twice`(rule: GradientRule, batch: Batch) {
    let start = Problems.network(Architecture(inputs: 3, hidden: [2]), seed: 2)
    let budget = Budget(epochs: 30)
    let first = train(start, on: Problems.parity(3), by: rule, batch: batch, within: budget)
    let second = train(start, on: Problems.parity(3), by: rule, batch: batch, within: budget)
    #expect(first.network == second.network)
    #expect(first.score == second.score)
    #expect((first.epochs, first.reason) == (second.epochs, second.reason))
  }

  @Test func `a full batch draws no order`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [2]), seed: 1)
    var generator = SeededGenerator(seed: 1, stream: "order")
    var untouched = generator
    _ = train(
      start, on: Problems.parity(2), by: Problems.adam, within: Budget(epochs: 3),
      order: &generator)
    #expect(generator.next() == untouched.next())
  }
}
