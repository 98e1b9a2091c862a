import Networks
import Parity
import Testing

struct BridgedLawTests {
  @Test(arguments: [
    ([], 1), ([1], 3), ([3], 7), ([1, 1], 7), ([2, 1], 11), ([1, 2], 11), ([2, 2], 17),
    ([3, 2], 23), ([1, 1, 1], 15), ([4, 3], 39), ([2, 2, 2], 53), ([1, 1, 1, 1, 1], 63),
  ])
  func `layers solve 2∏(n_i + 1) − 1 bits`(widths: [Int], bits: Int) {
    #expect(BridgedLaw.mostBits(widths: widths) == bits)
    for fewer in 1...bits {
      let constructed = ConstructedNetwork.bridged(bits: fewer, widths: widths)
      #expect(constructed.network.architecture.hidden == widths)
      #expect(constructed.family == .bridged)
      let counts = (0...fewer).map { (UInt64(1) << UInt64($0)) - 1 }
      let found = constructed.network.check(
        ParityTask(bits: fewer), coding: constructed.coding, rows: counts)
      #expect(found.solvedRows == fewer + 1, "\(fewer) bits")
      #expect(found.margin == 0.5, "\(fewer) bits")
    }
  }

  #if DEBUG
    static let widths = [[], [1], [3], [1, 1]]
  #else
    static let widths = [[], [1], [3], [1, 1], [2, 1], [1, 2], [2, 2], [8], [1, 1, 1]]
  #endif

  @Test(arguments: widths)
  func `layers are right on every row at the most bits they solve`(widths: [Int]) {
    let task = ParityTask(bits: BridgedLaw.mostBits(widths: widths))
    let constructed = ConstructedNetwork.bridged(bits: task.bits, widths: widths)
    let found = constructed.network.check(
      task, coding: constructed.coding, rows: 0..<task.rowCount)
    #expect(found.firstWrongRow == nil)
    #expect(found.solvedRows == 1 << task.bits)
  }

  /// All widths of `depth` layers with the given sum.
  private func splits(_ sum: Int, _ depth: Int) -> [[Int]] {
    guard depth > 1 else { return sum >= 1 ? [[sum]] : [] }
    return (1..<max(sum, 1)).flatMap { first in
      splits(sum - first, depth - 1).map { [first] + $0 }
    }
  }

  @Test(arguments: Array(1...24) + [31, 32, 63, 64, 100, 128])
  func `no widths of a smaller sum would do`(bits: Int) {
    for depth in 1...3 {
      guard let widths = BridgedLaw.fewestWidths(bits: bits, depth: depth) else {
        // Half as many units a power of two: a layer fewer is enough.
        #expect(1 << depth >= bits + 1, "depth \(depth)")
        continue
      }
      #expect(1 << depth < bits + 1, "depth \(depth)")
      #expect(widths.count == depth)
      #expect(BridgedLaw.mostBits(widths: widths) >= bits)
      let smaller = splits(widths.reduce(0, +) - 1, depth)
      #expect(smaller.allSatisfy { BridgedLaw.mostBits(widths: $0) < bits }, "depth \(depth)")
    }
  }

  @Test(arguments: 1...64)
  func `one layer is the half, single units are the cascade`(bits: Int) {
    let half = BridgedLaw.fewestWidths(bits: bits, depth: 1)
    #expect(half == (bits == 1 ? nil : [bits / 2]))
    #expect(BridgedLaw.fewestWidths(bits: bits, depth: 0) == (bits == 1 ? [] : nil))
    let cascade = ConstructedNetwork.cascade(bits: bits).network
    let widths = cascade.architecture.hidden
    #expect(BridgedLaw.fewestWidths(bits: bits, depth: widths.count) == widths)
    #expect(ConstructedNetwork.bridged(bits: bits, widths: widths).network == cascade)
    #expect(BridgedLaw.fewestWidths(bits: bits, depth: widths.count + 1) == nil)
  }

  @Test func `too many bits for the widths are refused`() async {
    await #expect(processExitsWith: .failure) {
      _ = ConstructedNetwork.bridged(bits: 8, widths: [1, 1])
    }
    await #expect(processExitsWith: .failure) { _ = BridgedLaw.mostBits(widths: [2, 0]) }
    await #expect(processExitsWith: .failure) {
      _ = BridgedLaw.mostBits(widths: Array(repeating: 1, count: 64))
    }
  }
}
