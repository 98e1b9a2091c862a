import Networks
import Parity
import Testing
import Training

struct MiniBatchTests {
  private let architecture = Architecture(inputs: 3, hidden: [2])
  private let examples = Problems.parity(3)

  /// The rows of `examples` in the order given.
  private func gathered(_ rows: [Int]) -> Examples {
    var inputs = Matrix(height: 3, width: rows.count)
    for (column, row) in rows.enumerated() {
      for input in 0..<3 {
        inputs[input, column] = examples.inputs[input, row]
      }
    }
    return Examples(inputs: inputs, labels: rows.map { examples.labels[$0] })
  }

  private func result(
    _ batch: Batch, epochs: Int, _ rule: GradientRule, from start: Network, seed: UInt64 = 1
  ) -> TrainingResult {
    train(
      start, on: examples, by: rule, batch: batch,
      within: Budget(epochs: epochs, stopsWhenSolved: false), seed: seed)
  }

  /// A loop by hand over orders drawn from a generator of the same seed.
  ///
  /// Eight rows in batches of 3 and 5 leave a smaller batch at the end.
  @Test(arguments: [1, 2, 3, 5, 8], [UInt64(1), 2])
  func `each epoch visits each row once, in batches of a new order`(size: Int, seed: UInt64) {
    var network = Problems.network(architecture, seed: seed)
    let result = result(.rows(size), epochs: 6, Problems.adam, from: network, seed: seed)

    var generator = SeededGenerator(seed: seed, stream: "order")
    var state = GradientRule.State(Problems.adam, parameters: network.parameters.count)
    var orders: Set<[Int]> = []
    for _ in 0..<6 {
      var order = Array(0..<8)
      generator.shuffle(&order)
      #expect(order.sorted() == Array(0..<8))
      orders.insert(order)
      var rest = order[...]
      while !rest.isEmpty {
        let batch = gathered(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
        let cache = network.forward(batch.inputs)
        state.step(&network.parameters, network.backward(cache, labels: batch.labels))
      }
    }
    #expect(result.network == network, "seed \(seed)")
    #expect(result.epochs == 6)
    #expect(orders.count == 6, "six equal orders of 40320 are no chance")
  }

  @Test func `a batch of all rows is the full batch but for the order of its sums`() {
    let start = Problems.network(architecture, seed: 1)
    let descent = GradientRule.gradientDescent(learningRate: 0.1)
    let full = result(.full, epochs: 20, descent, from: start)
    let shuffled = result(.rows(8), epochs: 20, descent, from: start)
    #expect(full.network != start)
    for (a, b) in zip(full.network.parameters, shuffled.network.parameters) {
      #expect(abs(a - b) <= 1e-13)
    }
  }

  @Test(arguments: [9, 1000])
  func `a batch of more rows than there are is a full batch`(size: Int) {
    let start = Problems.network(architecture, seed: 1)
    let all = result(.rows(8), epochs: 5, Problems.adam, from: start)
    let more = result(.rows(size), epochs: 5, Problems.adam, from: start)
    #expect(all.network == more.network)
  }

  @Test func `another order gives another network`() {
    let start = Problems.network(architecture, seed: 1)
    let first = result(.rows(3), epochs: 5, Problems.adam, from: start, seed: 1)
    let second = result(.rows(3), epochs: 5, Problems.adam, from: start, seed: 2)
    #expect(first.network != second.network)
  }

  @Test func `mini-batches learn XOR`() {
    let start = Problems.network(Architecture(inputs: 2, hidden: [4]), seed: 1)
    let result = train(
      start, on: Problems.parity(2), by: Problems.adam, batch: .rows(2),
      within: Budget(epochs: 300))
    #expect(result.reason == .solved)
    #expect(result.network.score(on: Problems.parity(2)).solvedRows == 4)
  }
}
