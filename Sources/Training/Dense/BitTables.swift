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

  /// Adds to each of `count` rows of two vectors the sums that its offsets, in bytes, pick from the
  /// tables of `groups` groups, in their order.
  ///
  /// `offsets` has 16 for each row. Rows begin at `start`, or where it is nil at what they hold. Four
  /// rows take turns, so that eight chains of additions hide the latency of each.
  @inline(__always)
  static func add(
    groups: Int, _ tables: UnsafePointer<Lanes>, _ offsets: UnsafePointer<UInt16>,
    start: UnsafePointer<Lanes>?, to rows: UnsafeMutablePointer<Lanes>, count: Int
  ) {
    var (row, o, z) = (0, offsets, rows)
    while row &+ 4 <= count {
      let s0 = start ?? UnsafePointer(z), s1 = start ?? UnsafePointer(z + 2)
      let s2 = start ?? UnsafePointer(z + 4), s3 = start ?? UnsafePointer(z + 6)
      var (a0, b0, a1, b1) = (s0[0], s0[1], s1[0], s1[1])
      var (a2, b2, a3, b3) = (s2[0], s2[1], s3[0], s3[1])
      var table = UnsafeRawPointer(tables)
      var group = o
      let end = o + groups
      while group < end {
        let t0 = sums(table, group[0]), t1 = sums(table, group[16])
        let t2 = sums(table, group[32]), t3 = sums(table, group[48])
        a0 += t0[0]
        b0 += t0[1]
        a1 += t1[0]
        b1 += t1[1]
        a2 += t2[0]
        b2 += t2[1]
        a3 += t3[0]
        b3 += t3[1]
        table += 1024
        group += 1
      }
      (z[0], z[1], z[2], z[3]) = (a0, b0, a1, b1)
      (z[4], z[5], z[6], z[7]) = (a2, b2, a3, b3)
      o += 64
      z += 8
      row &+= 4
    }
    while row < count {
      let s = start ?? UnsafePointer(z)
      var (a, b) = (s[0], s[1])
      var table = UnsafeRawPointer(tables)
      for group in 0..<groups {
        let t = sums(table, o[group])
        a += t[0]
        b += t[1]
        table += 1024
      }
      (z[0], z[1]) = (a, b)
      o += 16
      z += 2
      row &+= 1
    }
  }

  @inline(__always)
  private static func sums(
    _ table: UnsafeRawPointer, _ offset: UInt16
  ) -> UnsafePointer<Lanes> {
    (table + Int(offset)).assumingMemoryBound(to: Lanes.self)
  }
}
