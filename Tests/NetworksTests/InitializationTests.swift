import Networks
import Parity
import Testing

struct InitializationTests {
  private static let shapes = [
    Architecture(inputs: 20, hidden: [50, 30]),
    Architecture(inputs: 20, hidden: [50, 30], connections: .bridged),
    Architecture(inputs: 5, hidden: []),
  ]

  private func network(_ start: Initialization, _ shape: Architecture, seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed, stream: "initialization")
    return start(shape, using: &generator)
  }

  /// Number of values a layer sees and number of its units, from the widths alone.
  private func fans(_ shape: Architecture) -> [(in: Int, out: Int)] {
    let widths = shape.hidden + [1]
    return widths.indices.map { index in
      let before = [shape.inputs] + widths[..<index]
      return (shape.connections == .bridged ? before.reduce(0, +) : before[index], widths[index])
    }
  }

  @Test(arguments: Initialization.allCases, shapes)
  func `biases are 0 and weights fill their range with its variance`(
    start: Initialization, shape: Architecture
  ) {
    let network = network(start, shape, seed: 1)
    var offset = 0
    for (index, fan) in fans(shape).enumerated() {
      let weights = network.parameters[offset..<(offset + fan.in * fan.out)]
      let biases = network.parameters[weights.endIndex..<(weights.endIndex + fan.out)]
      offset = biases.endIndex
      #expect(biases.allSatisfy { $0 == 0 }, "layer \(index)")
      if start == .rademacher && index == 0 {
        #expect(weights.allSatisfy { $0 == 1 || $0 == -1 })
        continue
      }
      let square = start == .he ? 6 / Double(fan.in) : 6 / Double(fan.in + fan.out)
      #expect(weights.allSatisfy { $0 * $0 <= square * (1 + 1e-15) }, "layer \(index)")
      // A uniform weight has variance l²/3; its square's relative spread is √(4/5), and the limit is
      // four of its standard errors, which for few weights says little.
      let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
      let error = variance / (square / 3) - 1
      #expect(abs(error) <= 4 * (0.8 / Double(weights.count)).squareRoot(), "layer \(index)")
      let mean = weights.reduce(0, +) / Double(weights.count)
      #expect(abs(mean) <= 4 * (square / 3 / Double(weights.count)).squareRoot(), "layer \(index)")
    }
    #expect(offset == network.parameters.count)
  }

  @Test func `the signs of a Rademacher layer are balanced`() {
    let shape = Architecture(inputs: 50, hidden: [20])
    let positive = network(.rademacher, shape, seed: 1).parameters.prefix(1000).count { $0 > 0 }
    #expect((437...563).contains(positive), "four standard deviations of 15.8 about 500")
  }

  /// The order of the draws is part of every published result: a number a weight, layer after
  /// layer, unit after unit, none for a bias.
  @Test(arguments: Initialization.allCases, [UInt64(1), 2])
  func `weights are drawn in the order of the parameters`(start: Initialization, seed: UInt64) {
    let network = network(start, Architecture(inputs: 2, hidden: [3]), seed: seed)
    var generator = SeededGenerator(seed: seed, stream: "initialization")
    func uniform(_ square: Double) -> Double { generator.symmetric(square.squareRoot()) }
    let first = (0..<6).map { _ in
      switch start {
      case .glorot: uniform(6.0 / 5)
      case .he: uniform(6.0 / 2)
      case .rademacher: generator.sign()
      }
    }
    let second = (0..<3).map { _ in uniform(start == .he ? 6.0 / 3 : 6.0 / 4) }
    #expect(network.parameters == first + [0, 0, 0] + second + [0])
  }

  @Test(arguments: Initialization.allCases)
  func `the same seed gives the same bytes, another seed others`(start: Initialization) {
    let shape = Self.shapes[1]
    #expect(network(start, shape, seed: 3) == network(start, shape, seed: 3))
    #expect(network(start, shape, seed: 3) != network(start, shape, seed: 4))
  }
}
