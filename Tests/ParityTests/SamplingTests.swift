import Parity
import Testing

/// Pearson's statistic of counts against "all equally likely".
///
/// The limits in these tests are the values that chance exceeds once in a thousand; the seeds are
/// fixed, so a test that passes once always passes.
func chiSquare(_ counts: [Int]) -> Double {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
}

struct SamplingTests {
  private static let seeds: [UInt64] = [1, 2, 3]
  private static let hugeBounds: [UInt64] = [
    .max, 1 << 63, (1 << 63) + 1, 3 << 62, 0x5555_5555_5555_5556,
  ]

  @Test(arguments: seeds)
  func `numbers below ten are equally likely`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 {
      counts[Int(generator.below(10))] += 1
    }
    #expect(chiSquare(counts) < 27.88, "9 degrees of freedom: \(counts)")
  }

  /// Just above a power of two nearly half of all words have to be drawn again, and a method without
  /// that step is visibly wrong: its small and large results differ in number.
  @Test(arguments: hugeBounds, seeds)
  func `numbers below a huge bound are in bounds and equally likely`(bound: UInt64, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var counts = [Int](repeating: 0, count: 8)
    for _ in 0..<2000 {
      let drawn = generator.below(bound)
      #expect(drawn < bound)
      counts[min(7, Int(drawn / (bound / 8)))] += 1
    }
    #expect(chiSquare(counts) < 24.33, "7 degrees of freedom: \(counts)")
  }

  /// Bits 0 and 1 of the result come from the low half of the product, so they notice a lost carry.
  @Test func `the last digits of numbers below a huge bound are equally likely`() {
    var generator = SeededGenerator(seed: 4, stream: "test")
    var counts = [Int](repeating: 0, count: 3)
    for _ in 0..<6000 {
      counts[Int(generator.below(3 << 62) % 3)] += 1
    }
    #expect(chiSquare(counts) < 13.82, "2 degrees of freedom: \(counts)")
  }

  @Test func `only 0 lies below 1`() {
    var generator = SeededGenerator(seed: 1, stream: "test")
    #expect((0..<100).allSatisfy { _ in generator.below(1) == 0 })
  }

  @Test func `the unit interval is closed at 0 and open at 1`() {
    // The second word of the state alone decides the next output: 0 for 0, and the other constant
    // was solved for an output of 64 bits that are all on.
    var lowest = SeededGenerator(state: (1, 0, 0, 0))
    #expect(lowest.unit() == 0)
    var highest = SeededGenerator(state: (1, 0x4FC7_1C71_C71C_71C7, 0, 0))
    #expect(highest.unit() == 1 - 0x1p-53)
  }

  @Test(arguments: seeds)
  func `numbers of the unit interval are equally likely multiples of 2^-53`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 {
      let drawn = generator.unit()
      #expect((0..<1).contains(drawn))
      #expect((drawn * 0x1p53).rounded() == drawn * 0x1p53)
      counts[Int(drawn * 10)] += 1
    }
    #expect(chiSquare(counts) < 27.88, "9 degrees of freedom: \(counts)")
  }

  @Test func `symmetric numbers fill the interval from the negative limit to the limit`() {
    var lowest = SeededGenerator(state: (1, 0, 0, 0))
    #expect(lowest.symmetric(0.75) == -0.75)
    var generator = SeededGenerator(seed: 1, stream: "test")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<5000 {
      let drawn = generator.symmetric(0.75)
      #expect((-0.75..<0.75).contains(drawn))
      counts[Int((drawn + 0.75) / 0.15)] += 1
    }
    #expect(chiSquare(counts) < 27.88, "9 degrees of freedom: \(counts)")
  }

  @Test func `signs are one or minus one, equally likely`() {
    var generator = SeededGenerator(seed: 1, stream: "test")
    let signs = (0..<5000).map { _ in generator.sign() }
    let positive = signs.filter { $0 == 1 }.count
    let negative = signs.filter { $0 == -1 }.count
    #expect(positive + negative == 5000)
    #expect(chiSquare([positive, negative]) < 10.83, "1 degree of freedom: \(positive) positive")
  }

  /// The variance of a mean of squares is (2.9 − 1)/count, of a mean of fourth powers less than
  /// 70/count; the limits are four standard errors.
  @Test(arguments: seeds)
  func `nearly normal numbers have the moments of twelve uniform ones`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    let count = 20_000.0
    let drawn = (0..<20_000).map { _ in generator.nearlyNormal() }
    func moment(_ power: (Double) -> Double) -> Double {
      drawn.reduce(0) { $0 + power($1) } / count
    }
    #expect(abs(moment { $0 }) < 4 / count.squareRoot())
    #expect(abs(moment { $0 * $0 } - 1) < 4 * (1.9 / count).squareRoot())
    #expect(abs(moment { $0 * $0 * $0 }) < 4 * (15 / count).squareRoot())
    #expect(abs(moment { $0 * $0 * $0 * $0 } - 2.9) < 4 * (70 / count).squareRoot())
    #expect(drawn.allSatisfy { $0.magnitude <= 6 })
    // 68.3 % of a normal variable, 68.0 % of this one, lie within one.
    let within = moment { $0.magnitude < 1 ? 1 : 0 }
    #expect(abs(within - 0.68) < 0.015)
  }

  @Test(arguments: [0, 1, 2, 10, 100])
  func `a shuffle loses and adds nothing`(count: Int) {
    var generator = SeededGenerator(seed: 1, stream: "test")
    var elements = Array(0..<count)
    for _ in 0..<10 {
      generator.shuffle(&elements)
      #expect(elements.sorted() == Array(0..<count))
    }
  }

  @Test(arguments: seeds)
  func `the six orders of three elements are equally likely`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<3000 {
      var elements = [0, 1, 2]
      generator.shuffle(&elements)
      counts[elements, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(chiSquare(Array(counts.values)) < 20.52, "5 degrees of freedom: \(counts)")
  }

  @Test(arguments: [(0, 5), (1, 1), (5, 5), (3, 1000), (999, 1000)] as [(Int, UInt64)])
  func `distinct numbers are different, ascending and in bounds`(count: Int, bound: UInt64) {
    var generator = SeededGenerator(seed: 1, stream: "test")
    for _ in 0..<5 {
      let drawn = generator.distinct(count, below: bound)
      #expect(drawn.count == count)
      #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $0 < $1 })
      #expect(drawn.allSatisfy { $0 < bound })
    }
  }

  @Test func `distinct numbers may come from all of 2^63 and of 2^64 less 1`() {
    var generator = SeededGenerator(seed: 1, stream: "test")
    for bound in [1 << 63, UInt64.max] {
      let drawn = generator.distinct(500, below: bound)
      #expect(Set(drawn).count == 500)
      #expect(drawn.allSatisfy { $0 < bound })
      let upper = drawn.filter { $0 >= bound / 2 }.count
      #expect(abs(upper - 250) <= 56, "\(upper) of 500 in the upper half")
    }
  }

  @Test(arguments: seeds)
  func `the ten pairs below five are equally likely`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var counts: [[UInt64]: Int] = [:]
    for _ in 0..<3000 {
      counts[generator.distinct(2, below: 5), default: 0] += 1
    }
    #expect(counts.count == 10)
    #expect(chiSquare(Array(counts.values)) < 27.88, "9 degrees of freedom: \(counts)")
  }

  @Test func `nothing below 0 and more numbers than there are are refused`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1, stream: "test")
      _ = generator.below(0)
    }
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1, stream: "test")
      _ = generator.distinct(4, below: 3)
    }
  }
}
