extension Elementary {
  /// tanh of `count` vectors of eight, in place; element by element the bits of `tanh` of one number.
  ///
  /// It does the same arithmetic without a branch. Below 0.34 the reduction of e^x finds k = 0 and
  /// r = x, so one polynomial serves e^x − 1 on both sides of that bound, and the result is selected.
  /// `values` points to at least `count` vectors.
  package static func tanh(_ values: UnsafeMutablePointer<SIMD8<Double>>, count: Int) {
    for index in 0..<count {
      values[index] = tanh(values[index])
    }
  }

  @inline(__always)
  private static func tanh(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let signs = bits(x) & SIMD8(repeating: 1 << 63)
    let magnitude = SIMD8<Double>(bits: bits(x) ^ signs)
    let isBelow20 = magnitude .< 20
    // Above 20 the powers of two would overflow; any smaller argument serves there.
    let grown = expm1(SIMD8<Double>(repeating: 0).replacing(with: 2 * magnitude, where: isBelow20))
    let quotient = grown / (grown + 2)
    let result = SIMD8<Double>(repeating: 1).replacing(with: quotient, where: isBelow20)
    let signed = SIMD8<Double>(bits: bits(result) | signs)
    return x.replacing(with: signed, where: x .== x)
  }

  /// e^x − 1 for 0 ≤ x < 40.
  @inline(__always)
  private static func expm1(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let shift = SIMD8<Double>(repeating: 0x1.8p52)
    let shifted = x * SIMD8(repeating: log2e) + shift
    let k = shifted - shift
    let r = (x - k * SIMD8(repeating: ln2High)) - k * SIMD8(repeating: ln2Low)
    let fraction = r + r * r * tail(r)
    // The lowest bits of the shifted number hold k: moved up, biased, they are the exponent of 2^k.
    let biased = bits(shifted) &+ SIMD8(repeating: 1023)
    let power = SIMD8<Double>(bits: biased &<< SIMD8(repeating: 52))
    let far = (1 + fraction) * power - 1
    return far.replacing(with: fraction, where: x .< 0.34)
  }

  @inline(__always)
  private static func tail(_ r: SIMD8<Double>) -> SIMD8<Double> {
    var sum = SIMD8<Double>(repeating: 1.0 / 6_227_020_800)
    sum = sum * r + SIMD8(repeating: 1 / 479_001_600)
    sum = sum * r + SIMD8(repeating: 1 / 39_916_800)
    sum = sum * r + SIMD8(repeating: 1 / 3_628_800)
    sum = sum * r + SIMD8(repeating: 1 / 362_880)
    sum = sum * r + SIMD8(repeating: 1 / 40_320)
    sum = sum * r + SIMD8(repeating: 1 / 5_040)
    sum = sum * r + SIMD8(repeating: 1 / 720)
    sum = sum * r + SIMD8(repeating: 1 / 120)
    sum = sum * r + SIMD8(repeating: 1 / 24)
    sum = sum * r + SIMD8(repeating: 1.0 / 6)
    sum = sum * r + SIMD8(repeating: 0.5)
    return sum
  }

  @inline(__always)
  private static func bits(_ x: SIMD8<Double>) -> SIMD8<UInt64> {
    unsafeBitCast(x, to: SIMD8<UInt64>.self)
  }
}

extension SIMD8<Double> {
  @inline(__always)
  fileprivate init(bits: SIMD8<UInt64>) {
    self = unsafeBitCast(bits, to: SIMD8<Double>.self)
  }
}
