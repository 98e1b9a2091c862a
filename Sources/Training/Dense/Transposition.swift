/// Blocks of 16 × 16 numbers, two vectors a row, turned around their diagonal.
enum Transposition {
  /// Writes the transposed block at `source` to `target`.
  @inline(__always)
  static func block(_ source: UnsafePointer<Lanes>, to target: UnsafeMutablePointer<Lanes>) {
    quarter(source, to: target)
    quarter(source + 1, to: target + 16)
    quarter(source + 16, to: target + 1)
    quarter(source + 17, to: target + 17)
  }

  /// 8 × 8 numbers, rows two vectors apart: neighbours, pairs, halves.
  @inline(__always)
  private static func quarter(_ s: UnsafePointer<Lanes>, to t: UnsafeMutablePointer<Lanes>) {
    let x0 = LaneSums.neighbours(s[0], s[2]), x1 = LaneSums.neighbours(s[4], s[6])
    let x2 = LaneSums.neighbours(s[8], s[10]), x3 = LaneSums.neighbours(s[12], s[14])
    let even0 = LaneSums.pairs(x0.even, x1.even), even1 = LaneSums.pairs(x2.even, x3.even)
    let odd0 = LaneSums.pairs(x0.odd, x1.odd), odd1 = LaneSums.pairs(x2.odd, x3.odd)
    t[0] = LaneSums.lows(even0.even, even1.even)
    t[8] = LaneSums.highs(even0.even, even1.even)
    t[2] = LaneSums.lows(odd0.even, odd1.even)
    t[10] = LaneSums.highs(odd0.even, odd1.even)
    t[4] = LaneSums.lows(even0.odd, even1.odd)
    t[12] = LaneSums.highs(even0.odd, even1.odd)
    t[6] = LaneSums.lows(odd0.odd, odd1.odd)
    t[14] = LaneSums.highs(odd0.odd, odd1.odd)
  }
}
