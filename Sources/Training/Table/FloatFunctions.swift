/// exp, tanh and others on vectors of eight, in single precision: the fast twins of `Elementary`.
///
/// They use only IEEE additions, multiplications, divisions, fused multiply-adds, comparisons and
/// operations on bits, without a branch, so that every machine gives the same bytes. NaN passes
/// through all of them, so that a training that diverges is noticed.
///
/// The errors stated are the largest over every float, all 2^32 of them, against double precision.
/// An ulp is the distance of the floats around the true value; below 2^−126, 2^−149.
///
/// The coefficients are minimax (Remez) for the relative error of the whole function, found with 30
/// digits and rounded to floats; those of tanh were then moved by single ulps, in a random search,
/// to what gives the smallest error once everything is rounded.
enum FloatFunctions {
  /// e^x, within 1.1 ulps; infinite above 88.7228 and 0 where e^x < 2^−126.
  ///
  /// x = k·ln 2 + r with |r| ≤ ln 2 / 2, and e^x = 2^k·e^r: k is added to the exponent.
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    let (k, r) = reduced(x)
    let one = Lanes(repeating: 1)
    let bits = unsafeBitCast(one + grown(r), to: SIMD8<Int32>.self) &+ (k &<< 23)
    let scaled = unsafeBitCast(bits, to: Lanes.self)
    // Infinite where e^x overflows, x itself where x is not a number; below, what counts is
    // selected.
    let beyond = x * Lanes(repeating: 0x1p127)
    let upper = beyond.replacing(with: scaled, where: x .< Lanes(repeating: 0x1.62e43p6))
    return upper.replacing(with: Lanes.zero, where: x .< Lanes(repeating: lowest))
  }

  /// e^x for |x| ≤ 87, within 1.1 ulps; beyond, e^87 or e^−87.
  @inline(__always)
  static func boundedExp(_ x: Lanes) -> Lanes {
    let bound = Lanes(repeating: 87)
    let low = x.replacing(with: bound, where: bound .< x)
    let (k, r) = reduced(low.replacing(with: -bound, where: -bound .> low))
    // Multiplied rather than added to the exponent: NaN stays what it is.
    return (Lanes(repeating: 1) + grown(r)) * powerOfTwo(k)
  }

  /// e^x − 1 for x ≤ 0, within 1 ulp; −1 from −20 on.
  @inline(__always)
  static func expm1Negative(_ x: Lanes) -> Lanes {
    let bound = Lanes(repeating: -20)
    let (k, r) = reduced(x.replacing(with: bound, where: x .< bound))
    let power = powerOfTwo(k)
    return multiplyAdd(power, grown(r), power - Lanes(repeating: 1))
  }

  /// tanh x, within 3.9 ulps, odd to the last bit; its magnitude is never above 1, and is 1 from 9
  /// on.
  ///
  /// With tanh(x/2) = N/D, a quotient of polynomials, tanh x = 2ND/(N² + D²) = 2ND/(2ND + (D −
  /// N)²). One division is enough, the errors of N and D vanish as |x| grows, and in the second
  /// form the denominator is never below the numerator. N = x·P(x²) and D = Q(x²) of degrees 2 and
  /// 3 are scaled by 1.84, so that their roundings near 0 fall where floats are densest relative to
  /// them.
  ///
  /// Between neighbouring floats it may fall, by 5 ulps at most.
  ///
  /// A vector takes 2.35 ns on an AMD EPYC 7003. The odd quotient of degrees 9 and 8 for tanh x
  /// itself takes 2.05 ns, but errs by 5.6 ulps and oversteps 1; the form with e^2x takes 3.9 ns.
  @inline(__always)
  static func tanh(_ x: Lanes) -> Lanes {
    let bound = Lanes(repeating: 9)
    let low = x.replacing(with: bound, where: bound .< x)
    let z = low.replacing(with: -bound, where: -bound .> low)
    let t = z * z
    var p = Lanes(repeating: 0x1.b962d0p-14)
    p = multiplyAdd(p, t, Lanes(repeating: 0x1.c0e1c8p-6))
    p = multiplyAdd(p, t, Lanes(repeating: 0x1.d70a3ep-1))
    var q = Lanes(repeating: 0x1.302eb6p-19)
    q = multiplyAdd(q, t, Lanes(repeating: 0x1.2324c0p-9))
    q = multiplyAdd(q, t, Lanes(repeating: 0x1.aa3f4cp-3))
    q = multiplyAdd(q, t, Lanes(repeating: 0x1.d70a3ep0))
    let n = z * p
    let difference = q - magnitude(n)
    let product = (n + n) * q
    return product / multiplyAdd(difference, difference, magnitude(product))
  }

  /// 1/(1 + e^−x), within 2.5 ulps relative to the small values too; 0 where e^x < 2^−126.
  @inline(__always)
  static func sigmoid(_ x: Lanes) -> Lanes {
    let one = Lanes(repeating: 1)
    let decayed = decay(x)
    return one.replacing(with: decayed, where: x .< Lanes.zero) / (one + decayed)
  }

  // MARK: Parts

  /// The first float whose exponential is at least 2^−126.
  private static var lowest: Float { -0x1.5d589ep6 }

  /// |x|.
  @inline(__always)
  private static func magnitude(_ x: Lanes) -> Lanes {
    let mask = SIMD8<UInt32>(repeating: 0x7FFF_FFFF)
    return unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt32>.self) & mask, to: Lanes.self)
  }

  /// e^−|x|, within 1.1 ulps; 0 where that is below 2^−126.
  @inline(__always)
  static func decay(_ x: Lanes) -> Lanes {
    let sign = SIMD8<UInt32>(repeating: 0x8000_0000)
    let negative = unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt32>.self) | sign, to: Lanes.self)
    let (k, r) = reduced(negative)
    // Multiplied rather than added to the exponent: NaN stays what it is.
    let scaled = (Lanes(repeating: 1) + grown(r)) * powerOfTwo(k)
    return scaled.replacing(with: Lanes.zero, where: negative .< Lanes(repeating: lowest))
  }

  /// k and r with x = k·ln 2 + r, |r| ≤ 0.3467; of k only the lowest 9 bits count.
  @inline(__always)
  private static func reduced(_ x: Lanes) -> (k: SIMD8<Int32>, r: Lanes) {
    // Adding 1.5·2^23 leaves no room for a fraction: the sum is rounded, and its lowest bits hold
    // k.
    let shift = Lanes(repeating: 0x1.8p23)
    let shifted = multiplyAdd(x, Lanes(repeating: 0x1.715476p0), shift)
    let rounded = shifted - shift
    let high = multiplyAdd(rounded, Lanes(repeating: -0x1.62e43p-1), x)
    let r = multiplyAdd(rounded, Lanes(repeating: 0x1.05c61p-29), high)
    return (unsafeBitCast(shifted, to: SIMD8<Int32>.self), r)
  }

  /// 2^k for −126 ≤ k ≤ 127.
  @inline(__always)
  private static func powerOfTwo(_ k: SIMD8<Int32>) -> Lanes {
    let biased = k &+ SIMD8<Int32>(repeating: 127)
    return unsafeBitCast(biased &<< 23, to: Lanes.self)
  }

  /// e^r − 1 for |r| ≤ 0.3467, as r + r²·q(r); the polynomial errs by 1.4·10^−8 of the value.
  @inline(__always)
  private static func grown(_ r: Lanes) -> Lanes {
    var q = Lanes(repeating: 0x1.6d99dcp-10)
    q = multiplyAdd(q, r, Lanes(repeating: 0x1.1227fap-7))
    q = multiplyAdd(q, r, Lanes(repeating: 0x1.555486p-5))
    q = multiplyAdd(q, r, Lanes(repeating: 0x1.5554b0p-3))
    q = multiplyAdd(q, r, Lanes(repeating: 0.5))
    return multiplyAdd(r * r, q, r)
  }
}
