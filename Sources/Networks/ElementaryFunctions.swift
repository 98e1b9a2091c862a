/// exp, log and tanh from IEEE additions, multiplications and divisions alone.
///
/// The platform's own functions differ in the last bit between systems, and a last bit is enough to
/// change which epoch solves a trial. These give the same bytes everywhere.
///
/// The stated errors hold over 10^8 arguments searched; the tests hold them at 200-bit references.
public enum Elementary {
  /// e^x, within 1 ulp; 0 below −745.2, infinite above 709.8.
  ///
  /// x = k·ln 2 + r with |r| ≤ ln 2 / 2, then e^x = 2^k·e^r; ln 2 is split in two parts so that
  /// k·ln 2 is subtracted without rounding (Cody and Waite 1980).
  public static func exp(_ x: Double) -> Double {
    guard x < 709.79 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    let (k, r) = reduced(x)
    // Two factors, since 2^k alone would overflow or underflow at either end.
    let half = k >> 1
    return (1 + (r + r * r * tail(r))) * powerOfTwo(half) * powerOfTwo(k - half)
  }

  /// e^x − 1 without cancellation near 0, within 4 ulps.
  public static func expm1(_ x: Double) -> Double {
    if x.magnitude < 0.34 { return x + x * x * tail(x) }
    return exp(x) - 1
  }

  /// tanh x = (e^2x − 1) / (e^2x + 1), within 3 ulps; odd to the last bit.
  public static func tanh(_ x: Double) -> Double {
    let magnitude = x.magnitude
    guard magnitude < 20 else { return x.isNaN ? x : (x < 0 ? -1 : 1) }
    let grown = expm1(2 * magnitude)
    let result = grown / (grown + 2)
    return Double(signOf: x, magnitudeOf: result)
  }

  /// 1 / (1 + e^−x), within 3 ulps, without overflow on either side.
  public static func sigmoid(_ x: Double) -> Double {
    let decayed = exp(-x.magnitude)
    return (x < 0 ? decayed : 1) / (1 + decayed)
  }

  /// The natural logarithm of x, within 1 ulp; NaN below 0, −infinity at 0.
  ///
  /// x = 2^k·m with m in √½ …< √2 and log m = 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.172.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    var k = Double(x.exponent)
    var m = x.significand
    if m > 1.414_213_562_373_095_1 {
      m *= 0.5
      k += 1
    }
    let f = m - 1
    let s = f / (2 + f)
    let square = s * s
    var series = 2.0 / 23
    series = series * square + 2 / 21
    series = series * square + 2 / 19
    series = series * square + 2 / 17
    series = series * square + 2 / 15
    series = series * square + 2 / 13
    series = series * square + 2 / 11
    series = series * square + 2 / 9
    series = series * square + 2 / 7
    series = series * square + 2 / 5
    series = series * square + 2 / 3
    // 2s = f − s·f, so log m = f − (s·f − s³·series): the large term f is exact.
    let correction = s * (f - square * series)
    return k * ln2High + (f - (correction - k * ln2Low))
  }

  /// log(1 + x) for x ≥ 0 without losing the digits of a small x, within 2 ulps.
  public static func log1p(_ x: Double) -> Double {
    let sum = 1 + x
    guard sum < .infinity else { return sum }
    // What the rounded sum lost of x comes back as the first term of the series.
    return log(sum) + (x - (sum - 1)) / sum
  }

  // MARK: Parts

  static let ln2High = 0x1.62e42feep-1
  static let ln2Low = 0x1.a39ef35793c76p-33
  static let log2e = 0x1.71547652b82fep+0

  /// k and r with x = k·ln 2 + r, |r| ≤ 0.3467.
  private static func reduced(_ x: Double) -> (k: Int, r: Double) {
    // Adding 1.5·2^52 leaves no room for a fraction: the sum is rounded, without a library call.
    let k = (x * log2e + 0x1.8p52) - 0x1.8p52
    return (Int(k), (x - k * ln2High) - k * ln2Low)
  }

  /// 2^k for −1022 ≤ k ≤ 1023.
  private static func powerOfTwo(_ k: Int) -> Double {
    Double(bitPattern: UInt64(k + 1023) << 52)
  }

  /// (e^r − 1 − r) / r² for |r| ≤ 0.347: the Taylor series, whose first term left out is 4·10^−18.
  private static func tail(_ r: Double) -> Double {
    // Written out: a loop over a list costs more than the arithmetic.
    var sum = 1.0 / 6_227_020_800
    sum = sum * r + 1 / 479_001_600
    sum = sum * r + 1 / 39_916_800
    sum = sum * r + 1 / 3_628_800
    sum = sum * r + 1 / 362_880
    sum = sum * r + 1 / 40_320
    sum = sum * r + 1 / 5_040
    sum = sum * r + 1 / 720
    sum = sum * r + 1 / 120
    sum = sum * r + 1 / 24
    sum = sum * r + 1 / 6
    sum = sum * r + 1 / 2
    return sum
  }
}
