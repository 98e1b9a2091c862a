extension CircuitBuilder {
  /// ⌈log3 n⌉.
  static func levelsOfThrees(inputs n: Int) -> Int {
    var (levels, reach) = (0, 1)
    while reach < n {
      reach *= 3
      levels += 1
    }
    return levels
  }

  /// A tree over all inputs of XORs of three, and for even n one XOR of two: ⌈log3 n⌉ levels.
  ///
  /// The two-level circuit of three bits has 5 gates and replaces two XORs of 3 gates each.
  mutating func addTreeOfThrees() -> Wire {
    addTreeOfThrees(0..<inputs, levels: Self.levelsOfThrees(inputs: inputs))
  }

  private mutating func addTreeOfThrees(_ range: Range<Int>, levels: Int) -> Wire {
    switch range.count {
    case 1: return input(range.lowerBound)
    case 2: return addXor(input(range.lowerBound), input(range.lowerBound + 1))
    default:
      // Odd parts need no XOR of two; the last part is even when n is.
      let most = (1..<levels).reduce(1) { reach, _ in 3 * reach }
      let first = Self.odd(min(most, range.count - 2))
      let second = Self.odd(min(most, range.count - first - 1))
      let firstEnd = range.lowerBound + first
      let a = addTreeOfThrees(range.lowerBound..<firstEnd, levels: levels - 1)
      let b = addTreeOfThrees(firstEnd..<(firstEnd + second), levels: levels - 1)
      let c = addTreeOfThrees((firstEnd + second)..<range.upperBound, levels: levels - 1)
      return add(
        .or,
        [
          add(.and, [a, !b, !c]), add(.and, [!a, b, !c]), add(.and, [!a, !b, c]),
          add(.and, [a, b, c]),
        ])
    }
  }

  /// The largest odd number up to `count`.
  private static func odd(_ count: Int) -> Int { count % 2 == 1 ? count : count - 1 }
}
