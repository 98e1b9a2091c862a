import Networks
import Parity
import Testing
import Training

/// The fast twin against the specification.
struct TableSquaredErrorTests {
  private static let widths = [1, 2, 3, 6]

  @Test(arguments: 0...6)
  func `the truncated sums are those of the definition`(m: Int) {
    let n = m + CubeSums.laneBits
    var generator = SeededGenerator(seed: UInt64(m), stream: "test")
    // Whole numbers: every sum is exact, whatever its order.
    let values = (0..<(1 << n)).map { _ in Double(generator.below(2001)) - 1000 }
    func x(_ input: Int, _ row: Int) -> Double { input == n || (row >> input) & 1 == 1 ? 1 : -1 }
    let vectors = (0..<(1 << m)).map { v in
      SIMD8<Double>((0..<8).map { values[8 * v + $0] })
    }
    var scratch = Array(repeating: SIMD8<Double>.zero, count: max(1, vectors.count))
    var first = Array(repeating: Double.nan, count: n + 1)
    var second = Array(repeating: Double.nan, count: (n + 1) * (n + 1))
    var f = vectors
    f.withUnsafeMutableBufferPointer { f in
      first.withUnsafeMutableBufferPointer { first in
        guard let f = f.baseAddress, let first = first.baseAddress else { return }
        CubeSums.first(f, m, into: first)
      }
    }
    f = vectors
    f.withUnsafeMutableBufferPointer { f in
      scratch.withUnsafeMutableBufferPointer { scratch in
        second.withUnsafeMutableBufferPointer { second in
          guard let f = f.baseAddress, let scratch = scratch.baseAddress,
            let second = second.baseAddress
          else { return }
          CubeSums.second(f, scratch: scratch, m, into: second)
        }
      }
    }
    for i in 0...n {
      #expect(first[i] == values.indices.reduce(0) { $0 + values[$1] * x(i, $1) })
      for j in 0...i {
        let expected = values.indices.reduce(0) { $0 + values[$1] * x(i, $1) * x(j, $1) }
        #expect(second[i * (n + 1) + j] == expected, "\(i), \(j)")
      }
    }
  }

  /// 2^n terms of at most 1 each: 2^n · 2^−52 is far above the rounding of any order of the sum.
  @Test(arguments: 1...7, [Activation.tanh, .sigmoid])
  func `sum, rows, JtJ and Jte are those of the specification`(n: Int, activation: Activation)
    throws
  {
    for width in Self.widths {
      let shape = Architecture(inputs: n, hidden: [width], activation: activation)
      let w = Problems.network(shape, seed: UInt64(width), .fanIn).parameters
      var table = try #require(TableSquaredError(shape, Problems.table(n)))
      var dense = DenseSquaredError(shape, Problems.parity(n))
      var (fast, slow) = (NormalEquations(shape), NormalEquations(shape))
      let (found, expected) = (table.value(at: w), dense.value(at: w))
      table.linearize(w, into: &fast)
      dense.linearize(w, into: &slow)
      let tolerance = Double(16 << n) * 0x1p-52
      #expect(found.solvedRows == expected.solvedRows)
      #expect(abs(found.sum - expected.sum) <= tolerance)
      for i in 0..<fast.count {
        #expect(abs(fast.gradient[i] - slow.gradient[i]) <= tolerance)
        for j in i..<fast.count {
          let place = i * fast.count + j
          #expect(abs(fast.matrix[place] - slow.matrix[place]) <= tolerance, "\(i), \(j)")
        }
      }
    }
  }

  /// The paths part only as rounding grows with the iterations: ten of them, from a calm start.
  @Test(arguments: 1...6)
  func `the twin takes the path of the specification`(n: Int) throws {
    let rule = LevenbergMarquardt()
    let budget = Budget(epochs: 10, stopsWhenSolved: false)
    for width in Self.widths.dropLast() {
      let table = Problems.table(n)
      let start = Problems.network(Architecture(inputs: n, hidden: [width]), seed: 2)
      var twin = try #require(TableSquaredError(start.architecture, table))
      var dense = DenseSquaredError(start.architecture, Problems.parity(n))
      let fast = minimize(&twin, from: start, on: table, by: rule, within: budget)
      let slow = minimize(&dense, from: start, on: table, by: rule, within: budget)
      #expect(fast.epochs == slow.epochs)
      #expect(fast.reason == slow.reason)
      #expect(
        abs(fast.score.loss - slow.score.loss) <= 1e-6 * (1 + slow.score.loss), "width \(width)")
      #expect(train(start, on: table, by: rule, within: budget).network == fast.network)
    }
  }

  @Test func `other shapes, codings and tables with rows held out are left to the specification`() {
    let task = ParityTask(bits: 3)
    let table = Problems.table(3)
    for shape in [
      Architecture(inputs: 3, hidden: []), Architecture(inputs: 3, hidden: [2, 2]),
      Architecture(inputs: 3, hidden: [2], connections: .bridged),
      Architecture(inputs: 3, hidden: [2], activation: .relu),
    ] {
      #expect(TableSquaredError(shape, table) == nil)
    }
    let shape = Architecture(inputs: 3, hidden: [2])
    #expect(TableSquaredError(shape, table) != nil)
    #expect(TableSquaredError(shape, ParityTable(task, coding: .zeroOne)) == nil)
    let heldOut = (0..<8).map { $0 == 7 }
    let part = ParityTable(task, coding: .plusMinusOne, heldOut: heldOut)
    #expect(TableSquaredError(shape, part) == nil)
  }

  #if !DEBUG
    /// The figure, tried beforehand in a prototype (n = 9: 18 of 24).
    @Test(arguments: [8, 9])
    func `six tanh units solve parity for half of 24 seeds within 300 iterations`(n: Int) {
      let shape = Architecture(inputs: n, hidden: [6])
      let solved = (UInt64(1)...24).count { seed in
        let start = Problems.network(shape, seed: seed, .counting)
        let end = train(
          start, on: Problems.table(n), by: LevenbergMarquardt(), within: Budget(epochs: 300))
        return end.reason == .solved
      }
      #expect(solved >= 12, "\(solved) of 24")
    }
  #endif
}
