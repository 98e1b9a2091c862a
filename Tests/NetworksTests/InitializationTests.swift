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

  @Test(arguments: [Initialization.glorot, .he, .rademacher], shapes)
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

  @Test(arguments: shapes)
  func `fan-in weights and biases fill their range with its variance`(shape: Architecture) {
    let all = network(.fanIn, shape, seed: 1).parameters
    var offset = 0
    for fan in fans(shape) {
      let count = (fan.in + 1) * fan.out
      let drawn = all[offset..<(offset + count)].map { $0 * Double(fan.in).squareRoot() }
      offset += count
      #expect(drawn.allSatisfy { $0.magnitude <= 1 })
      #expect(!drawn.contains(0))
      let error = drawn.reduce(0) { $0 + $1 * $1 } / Double(count) * 3 - 1
      #expect(abs(error) <= 4 * (0.8 / Double(count)).squareRoot())
    }
    #expect(offset == all.count)
  }

  @Test func `counting units see the sum of their inputs and step within its range`() {
    let shape = Architecture(inputs: 20, hidden: [200])
    let w = network(.counting, shape, seed: 1).parameters
    var largest = 0.0
    for unit in 0..<200 {
      let weights = w[(20 * unit)..<(20 * (unit + 1))]
      // g·(1 + 0.1·N): no draw of the nearly normal number is beyond ±6.
      #expect(weights.allSatisfy { (0.12...0.48).contains($0) })
      let share = w[4000 + unit] / weights.reduce(0, +)
      #expect((-1...1).contains(share))
      largest = max(largest, share.magnitude)
    }
    #expect(largest > 0.9, "biases reach the ends of the range")
    let mean = w[..<4000].reduce(0, +) / 4000
    #expect(abs(mean - 0.3) < 4 * 0.03 / 4000.squareRoot())
    let variance = w[..<4000].reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) } / 4000
    #expect(abs(variance / 0.0009 - 1) < 0.1)
    #expect(w[4200..<4400].allSatisfy { $0.magnitude <= 0.6 })
    #expect(w[4200..<4400].contains { $0 > 0.5 } && w[4200..<4400].contains { $0 < -0.5 })
    #expect(w[4400] == 0)
  }

  /// The order of the draws is part of every published result: a number a weight, layer after
  /// layer, unit after unit, and none for a bias, or one after the unit's weights.
  @Test(arguments: [Initialization.glorot, .he, .rademacher], [UInt64(1), 2])
  func `weights are drawn in the order of the parameters`(start: Initialization, seed: UInt64) {
    let network = network(start, Architecture(inputs: 2, hidden: [3]), seed: seed)
    var generator = SeededGenerator(seed: seed, stream: "initialization")
    func uniform(_ square: Double) -> Double { generator.symmetric(square.squareRoot()) }
    let first = (0..<6).map { _ in
      switch start {
      case .glorot: uniform(6.0 / 5)
      case .he: uniform(6.0 / 2)
      case .rademacher, .fanIn, .counting: generator.sign()
      }
    }
    let second = (0..<3).map { _ in uniform(start == .he ? 6.0 / 3 : 6.0 / 4) }
    #expect(network.parameters == first + [0, 0, 0] + second + [0])
  }

  @Test(arguments: [UInt64(1), 2])
  func `a bias that is drawn follows the weights of its unit`(seed: UInt64) {
    let shape = Architecture(inputs: 2, hidden: [2])
    var generator = SeededGenerator(seed: seed, stream: "initialization")
    let limits = Array(repeating: 0.5.squareRoot(), count: 9)
    let d = limits.map { generator.symmetric($0) }
    let fanIn = [d[0], d[1], d[3], d[4], d[2], d[5], d[6], d[7], d[8]]
    for (a, b) in zip(network(.fanIn, shape, seed: seed).parameters, fanIn) {
      #expect(abs(a - b) < 1e-15)
    }

    generator = SeededGenerator(seed: seed, stream: "initialization")
    var (weights, biases): ([Double], [Double]) = ([], [])
    for _ in 0..<2 {
      let unit = (0..<2).map { _ in 0.3 * (1 + 0.1 * generator.nearlyNormal()) }
      weights += unit
      biases.append(generator.symmetric(unit[0] + unit[1]))
    }
    let output = (0..<2).map { _ in generator.symmetric(0.6) }
    #expect(network(.counting, shape, seed: seed).parameters == weights + biases + output + [0])
  }

  @Test(arguments: Initialization.allCases)
  func `the same seed gives the same bytes, another seed others`(start: Initialization) {
    let shape = Self.shapes[1]
    #expect(network(start, shape, seed: 3) == network(start, shape, seed: 3))
    #expect(network(start, shape, seed: 3) != network(start, shape, seed: 4))
  }
}
