extension CircuitBuilder {
  /// The parity of all inputs with ⌊(7n − 4)/3⌋ gates; negation is free.
  ///
  /// A parity travels as *parts*: wires whose OR it is. Two parities p and q, of parts P and Q, are
  /// joined by three gates, so that no OR is ever built for its own sake:
  ///
  ///     g = NOR(P, Q)      neither is 1
  ///     u = NOR(P, g)      only q is 1
  ///     v = NOR(Q, g)      only p is 1
  ///
  /// The parts of p ⊕ q are u and v, and one OR at the end makes them a value. The parts of three
  /// inputs are their four odd minterms. So a block of three inputs costs 4 gates and 3 to join it to
  /// the others, a rest of two inputs 2 and 3, a rest of one input 3, and the OR is one: 7n/3 − 2
  /// where three divides n.
  ///
  /// The blocks are joined as a balanced tree, which has 2 + 2⌈log2⌈n/3⌉⌉ levels. Joined one after
  /// another, the same gates would have 2⌈n/3⌉.
  ///
  /// Source of the number: Kombarov, *Complexity of minimal circuits for linear Boolean functions*,
  /// Moscow University Mathematics Bulletin 2015, who proves it minimal for n < 7. For n = 7 it is
  /// open whether 14 gates are enough. Precondition: two inputs or more.
  mutating func addKombarov() -> Wire {
    add(.or, addJoinedBlocks(0..<Self.blocksOfThree(inputs: inputs)))
  }

  /// The parts of the parity of some of the blocks.
  private mutating func addJoinedBlocks(_ blocks: Range<Int>) -> [Wire] {
    guard blocks.count > 1 else {
      let first = 3 * blocks.lowerBound
      return addOddMinterms(first..<min(first + 3, inputs))
    }
    let middle = blocks.lowerBound + blocks.count / 2
    let p = addJoinedBlocks(blocks.lowerBound..<middle)
    let q = addJoinedBlocks(middle..<blocks.upperBound)
    let neither = addNor(p + q)
    return [addNor(p + [neither]), addNor(q + [neither])]
  }

  /// The odd minterms of one to three inputs; of a single one it is the input, without a gate.
  private mutating func addOddMinterms(_ range: Range<Int>) -> [Wire] {
    guard range.count > 1 else { return [input(range.lowerBound)] }
    return (0..<(1 << range.count)).filter { $0.nonzeroBitCount & 1 == 1 }.map { row in
      add(
        .and,
        range.map { Wire(source: $0, isNegated: row >> ($0 - range.lowerBound) & 1 == 0) })
    }
  }

  private mutating func addNor(_ wires: [Wire]) -> Wire { add(.and, wires.map { !$0 }) }

  /// ⌈n/3⌉.
  private static func blocksOfThree(inputs: Int) -> Int { (inputs + 2) / 3 }

  /// The size of ``addKombarov()`` for n ≥ 2 inputs, gate by gate of the tree.
  static func sizeOfKombarov(inputs n: Int) -> CircuitSize {
    let blocks = blocksOfThree(inputs: n)
    let joins = UInt128(blocks - 1)
    let threes = UInt128(n / 3)
    // The minterms of the rest, and how many parts it has.
    let (gates, wires, parts): (UInt128, UInt128, UInt128) =
      switch n % 3 {
      case 0: (0, 0, 0)
      case 1: (0, 0, 1)
      default: (2, 4, 2)
      }
    var size = CircuitSize()
    size.and = 4 * threes + gates + 3 * joins
    size.or = 1
    // Every part but those of the whole is read twice by a join, whose own gate is read twice too.
    let ownParts = 4 * threes + parts
    let read = joins == 0 ? ownParts : 2 * ownParts + 4 * (joins - 1) + 2
    size.wires = 12 * threes + wires + read + 2 * joins
    size.depth = 2 + 2 * levelsOfTwos(blocks)
    return size
  }

  /// ⌈log2 k⌉ for k ≥ 1.
  private static func levelsOfTwos(_ k: Int) -> Int { Int.bitWidth - (k - 1).leadingZeroBitCount }
}
