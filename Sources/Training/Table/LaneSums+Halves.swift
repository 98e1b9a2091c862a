extension LaneSums {
  /// Writes the sums of `count` quadruples, two in a vector; destroys them.
  ///
  /// Both steps are loops through memory. Written as one expression, LLVM's vectorizer splits the
  /// shuffles and gathers number by number.
  static func write(
    halves: UnsafeMutablePointer<Lanes>, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    let fours = (count &+ 3) / 4
    for index in 0..<fours {
      let a = halves[2 &* index]
      let b = halves[2 &* index &+ 1]
      halves[index] =
        Lanes(a[0], a[1], a[4], a[5], b[0], b[1], b[4], b[5])
        + Lanes(a[2], a[3], a[6], a[7], b[2], b[3], b[6], b[7])
    }
    let raw = UnsafeMutableRawPointer(sums)
    for index in 0..<(count / 8) {
      let a = halves[2 &* index]
      let b = halves[2 &* index &+ 1]
      let eight =
        Lanes(a[0], a[2], a[4], a[6], b[0], b[2], b[4], b[6])
        + Lanes(a[1], a[3], a[5], a[7], b[1], b[3], b[5], b[7])
      raw.storeBytes(of: eight, toByteOffset: 32 &* index, as: Lanes.self)
    }
    let rest = UnsafeMutableRawPointer(halves).assumingMemoryBound(to: Float.self)
    for index in (count & ~7)..<count {
      sums[index] = rest[2 &* index] + rest[2 &* index &+ 1]
    }
  }
}
