import Networks
import Parity
import Testing
import Training

/// Training on the whole table in single precision against training by the specification.
struct TableTrainingTests {
  private static let rules: [GradientRule] = [
    .gradientDescent(learningRate: 0.5), .momentum(learningRate: 0.3, momentum: 0.9),
    Problems.adam, .rprop(GradientRule.Rprop()),
  ]

  @Test(arguments: rules, [Activation.tanh, .relu])
  func `the first steps are those of the specification`(
    rule: GradientRule, activation: Activation
  ) {
    for hidden in [[5], [], [4, 3]] {
      let shape = Architecture(inputs: 4, hidden: hidden, activation: activation)
      let start = Problems.network(shape, seed: 3, .fanIn)
      for epochs in [0, 1, 2, 8] {
        let budget = Budget(epochs: epochs, stopsWhenSolved: false)
        let fast = train(start, on: Problems.table(4), by: rule, within: budget)
        let slow = train(start, on: Problems.parity(4), by: rule, within: budget)
        #expect(fast.epochs == epochs)
        for (a, b) in zip(fast.network.parameters, slow.network.parameters) {
          #expect(abs(a - b) < 1e-4, "\(hidden), \(epochs) epochs: \(a), expected \(b)")
        }
        #expect(abs(fast.score.loss - slow.score.loss) < 1e-4)
      }
    }
  }

  @Test(arguments: rules.dropFirst(2), [2, 3, 4])
  func `a solved table is solved in double precision`(rule: GradientRule, bits: Int) {
    let start = Problems.network(Architecture(inputs: bits, hidden: [8]), seed: 2)
    let result = train(
      start, on: Problems.table(bits), by: rule, within: Budget(epochs: 2000))
    #expect(result.reason == .solved)
    #expect(result.epochs > 0)
    #expect(result.score.solvedRows == 1 << bits)
    let score = result.network.score(on: Problems.parity(bits))
    #expect(score.solvedRows == 1 << bits)
    #expect(abs(score.loss - result.score.loss) < 1e-12)
    // One epoch less was not enough.
    let before = train(
      start, on: Problems.table(bits), by: rule, within: Budget(epochs: result.epochs - 1))
    #expect(before.reason == .budget)
  }

  @Test func `the whole budget is spent when told so`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [8]), seed: 2)
    let result = train(
      start, on: Problems.table(2), by: Problems.adam,
      within: Budget(epochs: 500, stopsWhenSolved: false))
    #expect(result.reason == .solved)
    #expect(result.epochs == 500)
  }

  @Test func `rows held out are not trained on`() {
    let task = ParityTask(bits: 3)
    let heldOut = (0..<8).map { $0 == 5 || $0 == 2 }
    let start = Problems.network(Architecture(inputs: 3, hidden: [6]), seed: 4)
    // Small steps: Adam would blow up the rounding of gradients that are nearly 0.
    let descent = GradientRule.gradientDescent(learningRate: 0.3)
    let budget = Budget(epochs: 40, stopsWhenSolved: false)
    let fast = train(
      start, on: ParityTable(task, coding: .plusMinusOne, heldOut: heldOut), by: descent,
      within: budget)
    let rows = (0..<8).filter { !heldOut[$0] }.map { UInt64($0) }
    let slow = train(
      start, on: Examples(DataSet(task, rows: rows), coding: .plusMinusOne), by: descent,
      within: budget)
    #expect(fast.score.solvedRows <= 6)
    for (a, b) in zip(fast.network.parameters, slow.network.parameters) {
      #expect(abs(a - b) < 1e-4)
    }
  }

  @Test(arguments: [Activation.relu, .leakyRelu, .elu])
  func `a run that leaves the numbers diverges`(activation: Activation) {
    let shape = Architecture(inputs: 3, hidden: [4], activation: activation)
    let start = Problems.network(shape, seed: 1)
    let wild = GradientRule.momentum(learningRate: 1e30, momentum: 0.99)
    let result = train(
      start, on: Problems.table(3), by: wild, within: Budget(epochs: 50, stopsWhenSolved: false))
    #expect(result.reason == .diverged)
    #expect(result.epochs < 50)
  }

  /// What single precision finds right must be right in double precision too.
  @Test func `a proposal that double precision refuses is no solution`() {
    // At x = 1 the first unit is 1 + 1.2 half-ulps, which single precision rounds up to 1 + 2: there
    // the logit is positive, though −1 + 1 + 1.2 − 1.6 is not.
    let shape = Architecture(inputs: 1, hidden: [2], activation: .relu)
    let half = 0x1p-24
    let network = Network(shape, parameters: [1, 0, 1.2 * half, 1.6 * half, 1, -1, -1])
    #expect(network.evaluation(on: Problems.table(1)).solvedRows == 2)
    let result = train(
      network, on: Problems.table(1), by: .gradientDescent(learningRate: 1e-30),
      within: Budget(epochs: 3))
    #expect(result.reason == .budget)
    #expect(result.score.solvedRows == 1)
    #expect(result.epochs == 3)
  }
}
