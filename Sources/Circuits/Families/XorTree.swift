extension CircuitBuilder {
  /// A balanced tree over all inputs with ⌈log2 n⌉ levels of what `xor` adds.
  mutating func addTree(
    _ xor: (inout CircuitBuilder, Wire, Wire) -> Wire
  ) -> Wire {
    addTree(0..<inputs, xor)
  }

  private mutating func addTree(
    _ range: Range<Int>, _ xor: (inout CircuitBuilder, Wire, Wire) -> Wire
  ) -> Wire {
    guard range.count > 1 else { return input(range.lowerBound) }
    let middle = range.lowerBound + range.count / 2
    let low = addTree(range.lowerBound..<middle, xor)
    let high = addTree(middle..<range.upperBound, xor)
    return xor(&self, low, high)
  }

  /// a ⊕ b = (a ∧ ¬b) ∨ (¬a ∧ b): three gates when negation is free, the fewest there are.
  ///
  /// Source: Schnorr 1974 proves 3(n−1) for n bits; Jukna, *Boolean Function Complexity*, 1.29.
  mutating func addXor(_ a: Wire, _ b: Wire) -> Wire {
    let onlyA = add(.and, [a, !b])
    let onlyB = add(.and, [!a, b])
    return add(.or, [onlyA, onlyB])
  }

  /// a ⊕ b = (a ∨ b) ∧ ¬(a ∧ b): four gates with NOT counted.
  ///
  /// Source: Red'kin 1973 proves 4(n−1) for n bits.
  mutating func addXorWithNot(_ a: Wire, _ b: Wire) -> Wire {
    let some = add(.or, [a, b])
    let both = add(.and, [a, b])
    return add(.and, [some, add(.not, [both])])
  }

  /// a ⊕ b from four NAND gates: with m = a ⊼ b it is (a ⊼ m) ⊼ (b ⊼ m).
  mutating func addXorOfNands(_ a: Wire, _ b: Wire) -> Wire {
    let m = add(.nand, [a, b])
    let left = add(.nand, [a, m])
    let right = add(.nand, [b, m])
    return add(.nand, [left, right])
  }
}
