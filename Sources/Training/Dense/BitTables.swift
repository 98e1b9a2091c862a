/// Products with inputs that are bits, by the method of four Russians (Arlazarov, Dinic, Kronrod,
/// Faradžev 1970): the sums of all choices of four vectors are tabulated, and each group of four
/// bits picks one of them.
///
/// Forward a group is four inputs, and its vectors are their weights. For the gradient a group is
/// four examples, and its vectors are their dZ. A product thus takes a quarter of its operations,
/// and its additions are those of
///
///     Σ_groups (((v0 + v1) + (v2 + v3))·off + Σ_{bits that are on} (on − off)·v_i)
enum BitTables {
  /// The most groups whose tables stand side by side: 16 KB of sums, half of the first cache.
  static let groups = 16

  /// The 16 sums of four pairs of vectors, `step` vectors apart; sum j has vector i on where bit i
  /// of j is.
  @inline(__always)
  static func tabulate(
    _ v: UnsafePointer<Lanes>, step: Int, off: Lanes, span: Lanes,
    into table: UnsafeMutablePointer<Lanes>
  ) {
    for column in 0..<2 {
      let v = v + column
      let t = table + column
      let (v0, v1, v2, v3) = (v[0], v[step], v[2 &* step], v[3 &* step])
      let s0 = ((v0 + v1) + (v2 + v3)) * off
      let s1 = multiplyAdd(span, v0, s0)
      t[0] = s0
      t[2] = s1
      let (x1, x2, x3) = (span * v1, span * v2, span * v3)
      let s2 = s0 + x1, s3 = s1 + x1
      t[4] = s2
      t[6] = s3
      let s4 = s0 + x2, s5 = s1 + x2, s6 = s2 + x2, s7 = s3 + x2
      t[8] = s4
      t[10] = s5
      t[12] = s6
      t[14] = s7
      t[16] = s0 + x3
      t[18] = s1 + x3
      t[20] = s2 + x3
      t[22] = s3 + x3
      t[24] = s4 + x3
      t[26] = s5 + x3
      t[28] = s6 + x3
      t[30] = s7 + x3
    }
  }

  /// Adds the sums that `offsets`, in bytes, pick from `groups` tables: even groups to one chain of
  /// additions and odd groups to another, which starts at 0, then both.
  @inline(__always)
  static func add(
    groups: Int, _ offsets: UnsafePointer<UInt16>, _ tables: UnsafeRawPointer, _ a: inout Lanes,
    _ b: inout Lanes
  ) {
    var group = 0
    var table = tables
    while group < groups {
      let sums = (table + Int(offsets[group])).assumingMemoryBound(to: Lanes.self)
      a += sums[0]
      b += sums[1]
      table += 1024
      group &+= 1
    }
  }
}
