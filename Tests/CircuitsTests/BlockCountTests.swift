import Circuits
import Parity
import Testing

/// The recurrence over every list of block sizes, without a table.
private enum EveryPartition {
  static func gates(_ n: Int, _ depth: Int) -> Int? {
    best(n, depth) { (1 << ($0 - 1)) + 1 }
  }

  private static func open(_ n: Int, _ depth: Int) -> Int? {
    if n == 1 { return 0 }
    if depth == 1 { return nil }
    return best(n, depth) { 1 << $0 }
  }

  private static func best(_ n: Int, _ depth: Int, _ terms: (Int) -> Int) -> Int? {
    let costs = (0...n).map { $0 == 0 ? nil : $0 < n ? open($0, depth - 1) : nil }
    return partitions(of: n, largest: n).compactMap { sizes in
      guard sizes.count > 1 else { return nil }
      var sum = terms(sizes.count)
      for size in sizes {
        guard let cost = costs[size] else { return nil }
        sum += cost
      }
      return sum
    }.min()
  }

  private static func partitions(of n: Int, largest: Int) -> [[Int]] {
    if n == 0 { return [[]] }
    return (1...max(1, min(n, largest))).flatMap { size in
      partitions(of: n - size, largest: size).map { [size] + $0 }
    }
  }
}

struct BlockCountTests {
  @Test(arguments: [(8, 2, 129), (8, 3, 25), (12, 2, 2049), (12, 3, 41)])
  func `the known counts`(n: Int, depth: Int, gates: UInt128) {
    #expect(BlockCounts(maximumInputs: n, maximumDepth: 3).gates(inputs: n, depth: depth) == gates)
  }

  @Test(arguments: 2...5)
  func `the counts are the minimum over every partition`(depth: Int) {
    let most = inRelease(14, inDebug: 9)
    let counts = BlockCounts(maximumInputs: most, maximumDepth: 5)
    for n in 2...most {
      let expected = EveryPartition.gates(n, depth).map { UInt128($0) }
      #expect(counts.gates(inputs: n, depth: depth) == expected, "n = \(n)")
    }
  }

  @Test(arguments: [15, 25, 40, 64])
  func `a circuit too large for two levels is built with the gates counted`(n: Int) throws {
    let counts = BlockCounts(maximumInputs: n, maximumDepth: 7)
    var generator = SeededGenerator(seed: 2, stream: "blocks")
    for depth in 4...7 {
      let circuit = try CircuitFamily.blocks(depth: depth).circuit(inputs: n)
      #expect(circuit.size.gates == counts.gates(inputs: n, depth: depth))
      #expect(circuit.size == counts.size(inputs: n, depth: depth))
      #expect(circuit.size.depth <= depth)
      let partition = try #require(counts.partition(inputs: n, depth: depth))
      #expect(partition.reduce(0, +) == n)
      guard n < 64 else { continue }
      let sample = DataSet.sample(ParityTask(bits: n), count: 3000, using: &generator)
      #expect(try circuit.verify(sample) == .verified(rows: 3000))
    }
  }

  @Test func `at 1000 bits the curve never grows with depth and says what does not fit`() throws {
    let n = inRelease(1000, inDebug: 200)
    let counts = BlockCounts(maximumInputs: n, maximumDepth: 12)
    #expect(counts.gates(inputs: n, depth: 2) == nil)
    #expect(counts.size(inputs: n, depth: 2) == nil)
    #expect(counts.partition(inputs: n, depth: 2) == nil)
    let curve = try (3...12).map { try #require(counts.gates(inputs: n, depth: $0)) }
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 >= $1 })
    for (depth, gates) in zip(3...12, curve) {
      let size = try #require(counts.size(inputs: n, depth: depth))
      #expect(size.gates == gates, "depth \(depth)")
      #expect(size.depth <= depth)
    }
    for depth in 3...12 {
      let gates = (1...n).compactMap { counts.gates(inputs: $0, depth: depth) }
      #expect(gates.count == n)
      #expect(zip(gates, gates.dropFirst()).allSatisfy { $0 <= $1 }, "depth \(depth)")
    }
  }

  @Test func `two levels of 128 bits are the last that fit, of 129 they are beyond`() throws {
    let counts = BlockCounts(maximumInputs: 129, maximumDepth: 2)
    let last = (UInt128(1) << 127) + 1
    #expect(counts.gates(inputs: 128, depth: 2) == last)
    #expect(counts.gates(inputs: 129, depth: 2) == nil)
    for n in 2...128 {
      #expect(try CircuitFamily.dnf.size(inputs: n) == counts.size(inputs: n, depth: 2), "\(n)")
    }
    let size = try #require(counts.size(inputs: 128, depth: 2))
    #expect((size.gates, size.wires) == (last, nil))
    #expect(try CircuitFamily.dnf.size(inputs: 129) == nil)
  }
}
