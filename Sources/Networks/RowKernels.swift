/// The two loops along rows of numbers that all passes in double precision are made of.
///
/// They take unsafe pointers, since arrays would check the bounds of every element. The caller makes
/// sure that `count` elements lie behind each pointer.
package enum RowKernels {
  /// y ← y + factor·x, element by element.
  ///
  /// `y` and `x` must not overlap.
  package static func addScaled(
    _ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, count: Int
  ) {
    for index in 0..<count {
      y[index] += factor * x[index]
    }
  }

  /// Σ x·y: eight running sums, element i in sum i mod 8, added pairwise at the end.
  ///
  /// The order is part of the result: it is fixed here so that no compiler may choose another.
  package static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int
  ) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      sums += lanes(x + start) * lanes(y + start)
    }
    for index in whole..<count {
      sums[index - whole] += x[index] * y[index]
    }
    let fours = sums.lowHalf + sums.highHalf
    let twos = fours.lowHalf + fours.highHalf
    return twos[0] + twos[1]
  }

  @inline(__always)
  private static func lanes(_ pointer: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
  }
}
