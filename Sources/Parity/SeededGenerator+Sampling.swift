// These methods stand in place of the standard library's, whose algorithms may change between
// versions and would change every recorded result.

extension SeededGenerator {
  /// A whole number in `0 ..< bound`, each equally likely; `bound` must be positive.
  ///
  /// Source: Lemire, *Fast random integer generation in an interval*, ACM TOMACS 2019.
  public mutating func below(_ bound: UInt64) -> UInt64 {
    precondition(bound > 0, "nothing lies below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold {
        product = next().multipliedFullWidth(by: bound)
      }
    }
    return product.high
  }

  /// A number in `0 ..< 1`: a multiple of 2^−53, each equally likely.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number in `−limit ..< limit`.
  public mutating func symmetric(_ limit: Double) -> Double {
    (2 * unit() - 1) * limit
  }

  /// −1 or +1, each equally likely (a Rademacher variable).
  public mutating func sign() -> Double {
    next() >> 63 == 0 ? -1 : 1
  }

  /// A number that is nearly normal: mean 0, variance 1, between −6 and 6.
  ///
  /// The sum of twelve numbers in 0 ..< 1, less 6: each has variance 1/12, and their sum is close to
  /// a Gauss curve (Irwin and Hall 1927; its fourth moment is 2.9 in place of 3). All additions are
  /// exact, so every machine gives the same number. Nothing lies beyond ±6: do not use it to study
  /// rare events.
  public mutating func nearlyNormal() -> Double {
    var sum = -6.0
    for _ in 0..<12 {
      sum += unit()
    }
    return sum
  }

  /// Puts `elements` in an order drawn uniformly (Fisher–Yates, from the end).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, Int(below(UInt64(last) + 1)))
    }
  }

  /// Puts numbers of 32 bits in an order drawn uniformly, the same that any elements would get:
  /// compiled for them, since modules are not specialized for each other's types.
  public mutating func shuffle(_ numbers: inout [UInt32]) {
    var last = numbers.count - 1
    while last > 0 {
      let other = Int(below(UInt64(last) + 1))
      (numbers[last], numbers[other]) = (numbers[other], numbers[last])
      last -= 1
    }
  }

  /// `count` different whole numbers in `0 ..< bound`, ascending; every subset is equally likely.
  ///
  /// Time and memory grow with `count` alone, so `bound` may be 2^63.
  ///
  /// Source: Floyd's algorithm; Bentley and Floyd, *A sample of brilliance*, CACM 1987.
  public mutating func distinct(_ count: Int, below bound: UInt64) -> [UInt64] {
    precondition(count >= 0 && UInt64(count) <= bound, "\(count) different numbers below \(bound)")
    var chosen: Set<UInt64> = []
    for candidate in (bound - UInt64(count))..<bound {
      let drawn = below(candidate + 1)
      chosen.insert(chosen.contains(drawn) ? candidate : drawn)
    }
    return chosen.sorted()
  }

  /// Which of `bound` elements are among `count` different ones, as ``distinct(_:below:)`` draws them.
  mutating func marks(_ count: Int, of bound: Int) -> [Bool] {
    var marks = [Bool](repeating: false, count: bound)
    for index in distinct(count, below: UInt64(bound)) { marks[Int(index)] = true }
    return marks
  }
}
