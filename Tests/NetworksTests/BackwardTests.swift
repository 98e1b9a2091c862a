import Networks
import Parity
import Testing

struct BackwardTests {
  /// The step of the central differences.
  ///
  /// Their truncation error is about h² = 10^−10 times a third
  /// derivative; the loss is known to about 10^−16, so rounding adds about 10^−16 / h = 10^−11.
  private static let step = 1e-5

  /// The size below which differences cannot give an entry of the gradient to 10^−6 of itself.
  ///
  /// The 10^−10 above is that part of 10^−4. Smaller entries are held to the same absolute error, 10^−10.
  private static let floor = 1e-4

  /// A network and rows at which differences mean something, and the seed that gave them.
  ///
  /// No pre-activation lies within 10^−3 of 0, a hundred steps: a step changes none by more than a
  /// few times itself, so no kink is crossed. And the first layer's gradient is not all zero, or a
  /// layer of dead units would make the test an empty one.
  ///
  /// Nor does the margin of a row lie near the kink of the hinge.
  private func point(_ architecture: Architecture) throws -> (UInt64, Network, Examples) {
    let seed = try #require(
      (UInt64(1)...400).first { seed in
        let network = Network.random(architecture, seed: seed)
        let examples = Examples.random(inputs: architecture.inputs, rows: 5, seed: seed)
        let naive = NaiveNetwork(network)
        let isClear = (0..<examples.count).allSatisfy { column in
          let z = naive.forward(examples.row(column)).z
          let isOffHinge = z.last?.allSatisfy { abs(abs($0) - 1) > 1e-3 } ?? false
          return isOffHinge && z.dropLast().joined().allSatisfy { abs($0) > 1e-3 }
        }
        let first = naive.gradient(examples)[architecture.layers[0].weights]
        return isClear && first.contains { $0 != 0 }
      })
    return (
      seed, Network.random(architecture, seed: seed),
      Examples.random(inputs: architecture.inputs, rows: 5, seed: seed)
    )
  }

  @Test(arguments: Shape.trainable, Loss.allCases)
  func `the gradient is that of central differences`(shape: Shape, loss: Loss) throws {
    let (seed, network, examples) = try point(shape.architecture)
    let gradient = network.backward(
      network.forward(examples.inputs), labels: examples.labels, loss: loss)
    #expect(gradient.count == shape.architecture.parameters)
    func value(_ network: Network) -> Double {
      loss.mean(logits: network.forward(examples.inputs).logits, labels: examples.labels)
    }
    var shifted = network
    for index in gradient.indices {
      let w = network.parameters[index]
      shifted.parameters[index] = w + Self.step
      let above = value(shifted)
      shifted.parameters[index] = w - Self.step
      let below = value(shifted)
      shifted.parameters[index] = w
      let difference = (above - below) / (2 * Self.step)
      let scale = max(abs(gradient[index]), abs(difference), Self.floor)
      let error = abs(gradient[index] - difference) / scale
      #expect(error <= 1e-6, "seed \(seed), parameter \(index): \(gradient[index]), \(difference)")
    }
  }

  @Test(arguments: Shape.trainable)
  func `the gradient is that of the naive pass`(shape: Shape) throws {
    let (seed, network, examples) = try point(shape.architecture)
    let gradient = network.backward(network.forward(examples.inputs), labels: examples.labels)
    expectClose(gradient, NaiveNetwork(network).gradient(examples), "seed \(seed)")
  }

  /// The sums over rows run eight abreast, so every remainder of eight has to be met, and more than
  /// one block of eight.
  @Test(arguments: 1...17)
  func `the gradient of m rows is the mean of the gradients of each`(rows: Int) {
    for connections in Connections.allCases {
      let architecture = Architecture(inputs: 4, hidden: [3, 2], connections: connections)
      let network = Network.random(architecture, seed: 7)
      let examples = Examples.random(inputs: 4, rows: rows, seed: UInt64(rows))
      let gradient = network.backward(network.forward(examples.inputs), labels: examples.labels)
      expectClose(gradient, NaiveNetwork(network).gradient(examples), "\(connections)")
    }
  }

  /// Entries are means of terms below 1, each good to a few ulps.
  private func expectClose(
    _ found: [Double], _ expected: [Double], _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, comment, sourceLocation: sourceLocation)
    for (index, (found, expected)) in zip(found, expected).enumerated() {
      #expect(
        abs(found - expected) <= 1e-13 * max(1, abs(expected)),
        "\(comment), parameter \(index)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a gradient that is used again forgets the pass before`() {
    let architecture = Architecture(inputs: 3, hidden: [4, 2], connections: .bridged)
    let examples = Examples.random(inputs: 3, rows: 11, seed: 1)
    var gradient = Gradient(architecture, examples: 11)
    for seed in UInt64(1)...3 {
      let network = Network.random(architecture, seed: seed)
      let cache = network.forward(examples.inputs)
      network.backward(cache, labels: examples.labels, into: &gradient)
      #expect(gradient.parameters == network.backward(cache, labels: examples.labels), "\(seed)")
    }
  }

  @Test func `labels that do not fit the rows are refused`() async {
    await #expect(processExitsWith: .failure) {
      let network = Network(Architecture(inputs: 1, hidden: []), parameters: [1, 1])
      _ = network.backward(network.forward(Matrix(height: 1, width: 3)), labels: [0, 1])
    }
  }
}
