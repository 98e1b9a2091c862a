import Parity
import Testing

struct WalshHadamardTests {
  /// The definition: Σ_x values[x]·(−1)^{|x ∧ S|} for every S, in 4^n steps.
  private func definition(_ values: [Double]) -> [Double] {
    values.indices.map { mask in
      values.indices.reduce(0) { sum, row in
        var sign = 1.0
        var common = mask & row
        while common > 0 {
          if common % 2 == 1 { sign.negate() }
          common /= 2
        }
        return sum + sign * values[row]
      }
    }
  }

  /// Whole numbers, so that sums are exact in any order.
  private func values(bits: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed, stream: "test")
    return (0..<(1 << bits)).map { _ in Double(generator.below(2001)) - 1000 }
  }

  @Test(arguments: 0...6, [UInt64(1), 2])
  func `the transform is its definition`(bits: Int, seed: UInt64) {
    let values = values(bits: bits, seed: seed)
    var transformed = values
    walshHadamardTransform(&transformed)
    #expect(transformed == definition(values))
  }

  @Test(arguments: 0...8)
  func `twice the transform is 2^n times the values`(bits: Int) {
    let values = values(bits: bits, seed: 3)
    var twice = values
    walshHadamardTransform(&twice)
    walshHadamardTransform(&twice)
    #expect(twice == values.map { $0 * Double(1 << bits) })
  }

  @Test func `squares sum to 2^n times the sum of squares`() {
    let values = values(bits: 7, seed: 4)
    var transformed = values
    walshHadamardTransform(&transformed)
    let before = values.reduce(0) { $0 + $1 * $1 }
    let after = transformed.reduce(0) { $0 + $1 * $1 }
    #expect(after == 128 * before)
  }

  @Test(arguments: 1...5)
  func `the parity of a subset has its whole weight at the subset`(bits: Int) {
    for relevant in 0..<UInt64(1 << bits) {
      let task = ParityTask(bits: bits, relevant: relevant)
      var signs = (0..<task.rowCount).map { task.label(of: $0) == 0 ? 1.0 : -1.0 }
      walshHadamardTransform(&signs)
      var expected = [Double](repeating: 0, count: 1 << bits)
      expected[Int(relevant)] = Double(1 << bits)
      #expect(signs == expected, "subset \(relevant)")
    }
  }

  @Test func `a length that is no power of two is refused`() async {
    await #expect(processExitsWith: .failure) {
      var three = [1.0, 2, 3]
      walshHadamardTransform(&three)
    }
    await #expect(processExitsWith: .failure) {
      var none: [Double] = []
      walshHadamardTransform(&none)
    }
  }
}
