/// How many bits bridged layers of threshold units solve, and how few units are enough.
///
/// Layers of widths n_1...n_L solve n ≤ 2∏(n_i + 1) − 1; at equal widths w that is 2(w + 1)^L − 1.
public enum BridgedLaw {
  /// The most bits that bridged layers of these widths solve, 2∏(n_i + 1) − 1; 1 without layers.
  ///
  /// Preconditions: no width is below 1, and the product stays below 2^52, so that the constructed
  /// weights are exact.
  public static func mostBits(widths: [Int]) -> Int {
    let product = widths.reduce(1) { product, width in
      precondition(width >= 1, "a hidden layer needs a unit, got \(widths)")
      let (next, overflow) = product.multipliedReportingOverflow(by: width + 1)
      precondition(!overflow && next < 1 << 52, "widths \(widths) solve more than 2^53 bits")
      return next
    }
    return 2 * product - 1
  }

  /// Widths of the fewest units in `depth` layers that solve `bits`, the widest layers first.
  ///
  /// At a given sum of widths ∏(n_i + 1) is largest when they are as equal as possible, so the
  /// smallest sum whose equal split reaches (n + 1)/2 is the fewest units. Nil when fewer layers of
  /// one unit each are already enough: some unit would then never fire.
  public static func fewestWidths(bits: Int, depth: Int) -> [Int]? {
    precondition(bits >= 1 && depth >= 0, "\(bits) bits at depth \(depth)")
    // The product that (n + 1)/2 asks for, rounded up.
    let target = bits / 2 + 1
    guard depth > 0 else { return target == 1 ? [] : nil }
    // The last of `depth` layers is needed only if 2^(depth − 1) falls short.
    guard depth <= Int.bitWidth - (target - 1).leadingZeroBitCount else { return nil }
    var widths = Array(repeating: 1, count: depth)
    while !reaches(target, widths) {
      widths = Architecture.evenWidths(units: widths.reduce(1, +), depth: depth)
    }
    return widths
  }

  private static func reaches(_ target: Int, _ widths: [Int]) -> Bool {
    var product = 1
    for width in widths where product < target { product *= width + 1 }
    return product >= target
  }
}
