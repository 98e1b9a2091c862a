import Networks
import Parity
import Testing
import Training

/// The specification: its Jacobian and its path must follow from the squared error itself.
struct LevenbergMarquardtTests {
  private static let rule = LevenbergMarquardt()

  static let shapes = Activation.trainable.flatMap { activation in
    Connections.allCases.flatMap { connections in
      [[], [3], [3, 2]].map {
        Architecture(inputs: 3, hidden: $0, connections: connections, activation: activation)
      }
    }
  }

  /// t − y of every row, by tanh(z/2) = 2a − 1 of the network's own output.
  private func errors(_ architecture: Architecture, _ parameters: [Double]) -> [Double] {
    let examples = Problems.parity(architecture.inputs)
    let cache = Network(architecture, parameters: parameters).forward(examples.inputs)
    return zip(cache.logits, examples.labels).map { z, y in
      2 * Elementary.sigmoid(z) - 1 - (y == 1 ? 1 : -1)
    }
  }

  @Test(arguments: shapes)
  func `JtJ and Jte are those of finite differences`(shape: Architecture) {
    let w = Problems.network(shape, seed: 3, .fanIn).parameters
    var error = DenseSquaredError(shape, Problems.parity(3))
    var equations = NormalEquations(shape)
    let value = error.value(at: w)
    error.linearize(w, into: &equations)
    let e = errors(shape, w)
    #expect(abs(value.sum - e.reduce(0) { $0 + $1 * $1 }) < 1e-13)

    let h = 1e-6
    let columns = w.indices.map { index in
      var (above, below) = (w, w)
      above[index] += h
      below[index] -= h
      return zip(errors(shape, above), errors(shape, below)).map { ($0 - $1) / (2 * h) }
    }
    for i in w.indices {
      let slope = zip(columns[i], e).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(equations.gradient[i] - slope) < 1e-8)
      for j in i..<w.count {
        let product = zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(equations.matrix[i * w.count + j] - product) < 1e-8, "\(i), \(j)")
      }
    }
  }

  /// The recipe's network has a tanh output over v = w/2 and damps every v with μ: solved by hand in
  /// those coordinates, with 2·∂t/∂w for ∂t/∂v, its step is half of ours at the output.
  @Test func `the damping of the output unit is the recipe's`() {
    let shape = Architecture(inputs: 2, hidden: [2])
    let w = Problems.network(shape, seed: 5).parameters
    var error = DenseSquaredError(shape, Problems.parity(2))
    var ours = NormalEquations(shape)
    _ = error.value(at: w)
    error.linearize(w, into: &ours)
    var recipe = NormalEquations(scale: Array(repeating: 1, count: w.count))
    func unit(_ index: Int) -> Double { index >= 6 ? 2 : 1 }
    for i in w.indices {
      recipe.gradient[i] = ours.gradient[i] * unit(i)
      for j in w.indices {
        recipe.matrix[i * w.count + j] = ours.matrix[i * w.count + j] * unit(i) * unit(j)
      }
    }
    let areSolved = (ours.solve(damping: 0.03), recipe.solve(damping: 0.03))
    #expect(areSolved == (true, true))
    for index in w.indices {
      #expect(abs(ours.step[index] - unit(index) * recipe.step[index]) < 1e-12)
    }
  }

  @Test func `three tanh units learn XOR in a few iterations`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [3]), seed: 2)
    let result = train(
      start, on: Problems.table(2), by: Self.rule, within: Budget(epochs: 50))
    #expect(result.reason == .solved)
    #expect((1...20).contains(result.epochs))
    #expect(result.score == result.network.score(on: Problems.parity(2)))
    #expect(result.score.solvedRows == 4)
  }

  @Test(arguments: [[], [4], [3, 3]], Connections.allCases)
  func `the sum of squares never rises from one epoch to the next`(
    hidden: [Int], connections: Connections
  ) {
    let shape = Architecture(inputs: 3, hidden: hidden, connections: connections)
    let start = Problems.network(shape, seed: 1)
    var error = DenseSquaredError(shape, Problems.parity(3))
    var last = Double.infinity
    for epochs in 0...12 {
      let end = train(
        start, on: Problems.table(3), by: Self.rule,
        within: Budget(epochs: epochs, stopsWhenSolved: false))
      let sum = error.value(at: end.network.parameters).sum
      #expect(sum <= last)
      last = sum
    }
  }

  /// Two units of zero weights: J is zero but for the output bias, whose gradient parity balances.
  @Test func `a run that stalls ends before its budget, as budget`() {
    let shape = Architecture(inputs: 2, hidden: [2])
    let start = Network(shape, parameters: Array(repeating: 0, count: shape.parameters))
    let result = train(
      start, on: Problems.table(2), by: Self.rule, within: Budget(epochs: 100))
    #expect(result.reason == .budget)
    #expect(result.epochs == LevenbergMarquardt().stalls)
    #expect(result.network == start)
  }

  @Test func `a budget of 0 and a start that is solved take no epoch`() {
    let shape = Architecture(inputs: 2, hidden: [2])
    let start = Problems.network(shape, seed: 1)
    let none = train(
      start, on: Problems.table(2), by: Self.rule, within: Budget(epochs: 0))
    #expect((none.reason, none.epochs) == (.budget, 0))
    // The parity of the first of two inputs is that input.
    let table = ParityTable(ParityTask(bits: 2, firstRelevant: 1), coding: .plusMinusOne)
    let right = Network(Architecture(inputs: 2, hidden: []), parameters: [1, 0, 0])
    let solved = train(right, on: table, by: Self.rule, within: Budget(epochs: 9))
    #expect((solved.reason, solved.epochs) == (.solved, 0))
  }

  @Test func `a weight that is not a number has diverged`() {
    let broken = Network(Architecture(inputs: 2, hidden: []), parameters: [.nan, 0, 0])
    let result = train(broken, on: Problems.table(2), by: Self.rule, within: Budget(epochs: 9))
    #expect((result.reason, result.epochs) == (.diverged, 0))
  }

  @Test func `rows held out are not trained on`() {
    let heldOut = (0..<8).map { $0 == 2 || $0 == 5 }
    let table = ParityTable(ParityTask(bits: 3), coding: .plusMinusOne, heldOut: heldOut)
    let start = Problems.network(Architecture(inputs: 3, hidden: [2]), seed: 1)
    var dense = DenseSquaredError(start.architecture, table.examples)
    let budget = Budget(epochs: 6, stopsWhenSolved: false)
    let expected = minimize(&dense, from: start, on: table, by: Self.rule, within: budget)
    let found = train(start, on: table, by: Self.rule, within: budget)
    #expect(found.network == expected.network && found.network != start)
    #expect(found.score == found.network.score(on: table.examples))
    #expect(table.examples.count == 6)
  }
}
