extension FloatFunctions {
  /// log x, within 1 ulp; −infinity at 0 and below 2^−126, NaN for negative x.
  ///
  /// x = 2^k·m with m in √½ …< √2, and log m = f − f²/2 + f³·q(f) with f = m − 1. Even and odd powers
  /// of q are two chains, since the latency of one is what the processor would wait for.
  @inline(__always)
  static func log(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
    // The bits of √½ taken off: the exponent then changes where m passes √2.
    let exponent = (bits &- 0x3F35_04F3) &>> 23
    let f = unsafeBitCast(bits &- (exponent &<< 23), to: Lanes.self) - Lanes(repeating: 1)
    let k = Lanes(exponent)
    let square = f * f
    var even = Lanes(repeating: 0x1.055bb8p-3)
    even = multiplyAdd(even, square, Lanes(repeating: 0x1.22da10p-3))
    even = multiplyAdd(even, square, Lanes(repeating: 0x1.99a008p-3))
    even = multiplyAdd(even, square, Lanes(repeating: 0x1.555554p-2))
    var odd = Lanes(repeating: -0x1.38b682p-4)
    odd = multiplyAdd(odd, square, Lanes(repeating: -0x1.0d8532p-3))
    odd = multiplyAdd(odd, square, Lanes(repeating: -0x1.547246p-3))
    odd = multiplyAdd(odd, square, Lanes(repeating: -0x1.000226p-2))
    let q = multiplyAdd(odd, f, even)
    let bent = multiplyAdd(f, q, Lanes(repeating: -0.5))
    // ln 2 in two parts; k times the first is exact.
    let small = multiplyAdd(square, bent, k * Lanes(repeating: 0x1.7f7d1cp-20))
    let result = multiplyAdd(k, Lanes(repeating: 0x1.62e4p-1), small + f)
    return withLimits(result, of: x)
  }

  /// log(1 + e^x), within 3.1 ulps relative to the small values too; 0 where e^x < 2^−126.
  ///
  /// max(x, 0) + log(1 + d) with d = e^−|x|, and log(1 + d) = d + d²·q(d).
  @inline(__always)
  static func log1pExp(_ x: Lanes) -> Lanes {
    let d = decay(x)
    let square = d * d
    var even = Lanes(repeating: -0x1.b2f596p-9)
    even = multiplyAdd(even, square, Lanes(repeating: -0x1.d8632ep-5))
    even = multiplyAdd(even, square, Lanes(repeating: -0x1.3a7a84p-3))
    even = multiplyAdd(even, square, Lanes(repeating: -0x1.ff26e2p-3))
    even = multiplyAdd(even, square, Lanes(repeating: -0x1.ffffd2p-2))
    var odd = Lanes(repeating: 0x1.4b083ep-6)
    odd = multiplyAdd(odd, square, Lanes(repeating: 0x1.b579c8p-4))
    odd = multiplyAdd(odd, square, Lanes(repeating: 0x1.935ca0p-3))
    odd = multiplyAdd(odd, square, Lanes(repeating: 0x1.554df0p-2))
    let logarithm = multiplyAdd(square, multiplyAdd(odd, d, even), d)
    return x.replacing(with: Lanes.zero, where: x .< Lanes.zero) + logarithm
  }

  /// `result` = log x where x is normal and positive, what the logarithm is elsewhere.
  @inline(__always)
  private static func withLimits(_ result: Lanes, of x: Lanes) -> Lanes {
    let infinity = Lanes(repeating: .infinity)
    let normal = Lanes(repeating: .leastNormalMagnitude)
    // Infinity and NaN are their own logarithms.
    let upper = x.replacing(with: result, where: x .< infinity)
    let lower = upper.replacing(with: -infinity, where: x .< normal)
    return lower.replacing(with: Lanes(repeating: .nan), where: x .< Lanes.zero)
  }
}
