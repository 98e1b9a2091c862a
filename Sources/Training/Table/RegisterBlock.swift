/// Twelve sums that stay in registers: six rows by two columns of vectors.
///
/// A core with two multiply-add units of latency four needs eight independent sums to keep them
/// busy; twelve leave four of the sixteen registers of AVX2 for what is multiplied. The height is
/// always a literal, so that after inlining nothing is left of the rows above it.
struct RegisterBlock {
  var a0 = Lanes.zero, b0 = Lanes.zero
  var a1 = Lanes.zero, b1 = Lanes.zero
  var a2 = Lanes.zero, b2 = Lanes.zero
  var a3 = Lanes.zero, b3 = Lanes.zero
  var a4 = Lanes.zero, b4 = Lanes.zero
  var a5 = Lanes.zero, b5 = Lanes.zero

  /// The most rows of a block.
  static let height = 6

  @inline(__always)
  init() {}

  /// Adds Σ_k w(i, k)·x(k): row i of a product of weights, broadcast, with the two vectors of x(k).
  ///
  /// w(i, k) is at `w[i·rowStep + k·step]`, x(k) at `x[2k]` and `x[2k + 1]`.
  @inline(__always)
  mutating func addProduct(
    height: Int, _ w: UnsafePointer<Float>, rowStep: Int, step: Int, _ x: UnsafePointer<Lanes>,
    count: Int
  ) {
    var w = w
    var x = x
    var left = count
    while left > 0 {
      let a = x[0]
      let b = x[1]
      let w0 = Lanes(repeating: w[0])
      a0 = multiplyAdd(a, w0, a0)
      b0 = multiplyAdd(b, w0, b0)
      if height > 1 {
        let w1 = Lanes(repeating: w[rowStep])
        a1 = multiplyAdd(a, w1, a1)
        b1 = multiplyAdd(b, w1, b1)
      }
      if height > 2 {
        let w2 = Lanes(repeating: w[2 &* rowStep])
        a2 = multiplyAdd(a, w2, a2)
        b2 = multiplyAdd(b, w2, b2)
      }
      if height > 3 {
        let w3 = Lanes(repeating: w[3 &* rowStep])
        a3 = multiplyAdd(a, w3, a3)
        b3 = multiplyAdd(b, w3, b3)
      }
      if height > 4 {
        let w4 = Lanes(repeating: w[4 &* rowStep])
        a4 = multiplyAdd(a, w4, a4)
        b4 = multiplyAdd(b, w4, b4)
      }
      if height > 5 {
        let w5 = Lanes(repeating: w[5 &* rowStep])
        a5 = multiplyAdd(a, w5, a5)
        b5 = multiplyAdd(b, w5, b5)
      }
      w += step
      x += 2
      left &-= 1
    }
  }

  /// Adds Σ x(i)·d: the products of six values with one or two dZ, lane by lane over the panels.
  ///
  /// With two dZ, those of units u and u + 1, column a belongs to the first and b to the second. With
  /// one, a and b are the sums over the first and the second vectors.
  @inline(__always)
  mutating func addProducts(
    height: Int, isPair: Bool, _ x: UnsafePointer<Lanes>, _ d: UnsafePointer<Lanes>, step: Int,
    panels: Int
  ) {
    var x = x
    var d = d
    var left = panels
    while left > 0 {
      if isPair {
        addColumn(height: height, x, d[0], d[2])
        addColumn(height: height, x + 1, d[1], d[3])
      } else {
        let d0 = d[0]
        let d1 = d[1]
        a0 = multiplyAdd(x[0], d0, a0)
        b0 = multiplyAdd(x[1], d1, b0)
        if height > 1 { a1 = multiplyAdd(x[2], d0, a1) }
        if height > 1 { b1 = multiplyAdd(x[3], d1, b1) }
        if height > 2 { a2 = multiplyAdd(x[4], d0, a2) }
        if height > 2 { b2 = multiplyAdd(x[5], d1, b2) }
        if height > 3 { a3 = multiplyAdd(x[6], d0, a3) }
        if height > 3 { b3 = multiplyAdd(x[7], d1, b3) }
        if height > 4 { a4 = multiplyAdd(x[8], d0, a4) }
        if height > 4 { b4 = multiplyAdd(x[9], d1, b4) }
        if height > 5 { a5 = multiplyAdd(x[10], d0, a5) }
        if height > 5 { b5 = multiplyAdd(x[11], d1, b5) }
      }
      x += step
      d += step
      left &-= 1
    }
  }

  @inline(__always)
  private mutating func addColumn(
    height: Int, _ x: UnsafePointer<Lanes>, _ d: Lanes, _ e: Lanes
  ) {
    let x0 = x[0]
    a0 = multiplyAdd(x0, d, a0)
    b0 = multiplyAdd(x0, e, b0)
    if height > 1 {
      let x1 = x[2]
      a1 = multiplyAdd(x1, d, a1)
      b1 = multiplyAdd(x1, e, b1)
    }
    if height > 2 {
      let x2 = x[4]
      a2 = multiplyAdd(x2, d, a2)
      b2 = multiplyAdd(x2, e, b2)
    }
    if height > 3 {
      let x3 = x[6]
      a3 = multiplyAdd(x3, d, a3)
      b3 = multiplyAdd(x3, e, b3)
    }
    if height > 4 {
      let x4 = x[8]
      a4 = multiplyAdd(x4, d, a4)
      b4 = multiplyAdd(x4, e, b4)
    }
    if height > 5 {
      let x5 = x[10]
      a5 = multiplyAdd(x5, d, a5)
      b5 = multiplyAdd(x5, e, b5)
    }
  }

  // MARK: Beginning and end

  /// Starts every row at its bias.
  @inline(__always)
  mutating func start(height: Int, _ bias: UnsafePointer<Float>) {
    a0 = Lanes(repeating: bias[0])
    b0 = a0
    if height > 1 {
      a1 = Lanes(repeating: bias[1])
      b1 = a1
    }
    if height > 2 {
      a2 = Lanes(repeating: bias[2])
      b2 = a2
    }
    if height > 3 {
      a3 = Lanes(repeating: bias[3])
      b3 = a3
    }
    if height > 4 {
      a4 = Lanes(repeating: bias[4])
      b4 = a4
    }
    if height > 5 {
      a5 = Lanes(repeating: bias[5])
      b5 = a5
    }
  }

  /// Stores g of every row, two vectors each.
  @inline(__always)
  func store<Activation: LaneActivation>(
    height: Int, _ g: Activation.Type, to y: UnsafeMutablePointer<Lanes>
  ) {
    y[0] = g.value(a0)
    y[1] = g.value(b0)
    if height > 1 {
      y[2] = g.value(a1)
      y[3] = g.value(b1)
    }
    if height > 2 {
      y[4] = g.value(a2)
      y[5] = g.value(b2)
    }
    if height > 3 {
      y[6] = g.value(a3)
      y[7] = g.value(b3)
    }
    if height > 4 {
      y[8] = g.value(a4)
      y[9] = g.value(b4)
    }
    if height > 5 {
      y[10] = g.value(a5)
      y[11] = g.value(b5)
    }
  }

  /// Puts dZ, from the rows as dA, in the place of the values `y`, and adds it to `sums`.
  ///
  /// Where `keepsSums`, the place is taken by the sum of a row's two vectors and by the second, and
  /// nothing is added.
  @inline(__always)
  func pullBack<Activation: LaneActivation>(
    height: Int, _ g: Activation.Type, _ y: UnsafeMutablePointer<Lanes>,
    _ sums: UnsafeMutablePointer<Lanes>, keepsSums: Bool
  ) {
    Self.pullBack(g, a0, b0, y, sums, keepsSums)
    if height > 1 { Self.pullBack(g, a1, b1, y + 2, sums + 1, keepsSums) }
    if height > 2 { Self.pullBack(g, a2, b2, y + 4, sums + 2, keepsSums) }
    if height > 3 { Self.pullBack(g, a3, b3, y + 6, sums + 3, keepsSums) }
    if height > 4 { Self.pullBack(g, a4, b4, y + 8, sums + 4, keepsSums) }
    if height > 5 { Self.pullBack(g, a5, b5, y + 10, sums + 5, keepsSums) }
  }

  @inline(__always)
  private static func pullBack<Activation: LaneActivation>(
    _ g: Activation.Type, _ a: Lanes, _ b: Lanes, _ y: UnsafeMutablePointer<Lanes>,
    _ sum: UnsafeMutablePointer<Lanes>, _ keepsSums: Bool
  ) {
    let d = g.pullBack(a, output: y[0])
    let e = g.pullBack(b, output: y[1])
    y[0] = keepsSums ? d + e : d
    y[1] = e
    if !keepsSums { sum[0] += d + e }
  }

  /// Adds column a to the sums of one unit's weights and column b to those of the next, four lanes
  /// each.
  @inline(__always)
  func addColumns(
    height: Int, to p: UnsafeMutablePointer<SIMD4<Float>>, _ q: UnsafeMutablePointer<SIMD4<Float>>
  ) {
    p[0] += a0.lowHalf + a0.highHalf
    if height > 1 { p[1] += a1.lowHalf + a1.highHalf }
    if height > 2 { p[2] += a2.lowHalf + a2.highHalf }
    if height > 3 { p[3] += a3.lowHalf + a3.highHalf }
    if height > 4 { p[4] += a4.lowHalf + a4.highHalf }
    if height > 5 { p[5] += a5.lowHalf + a5.highHalf }
    q[0] += b0.lowHalf + b0.highHalf
    if height > 1 { q[1] += b1.lowHalf + b1.highHalf }
    if height > 2 { q[2] += b2.lowHalf + b2.highHalf }
    if height > 3 { q[3] += b3.lowHalf + b3.highHalf }
    if height > 4 { q[4] += b4.lowHalf + b4.highHalf }
    if height > 5 { q[5] += b5.lowHalf + b5.highHalf }
  }

  /// Adds both columns to the sums of one unit's weights.
  @inline(__always)
  func addRows(height: Int, to p: UnsafeMutablePointer<SIMD4<Float>>) {
    p[0] += Self.halves(a0, b0)
    if height > 1 { p[1] += Self.halves(a1, b1) }
    if height > 2 { p[2] += Self.halves(a2, b2) }
    if height > 3 { p[3] += Self.halves(a3, b3) }
    if height > 4 { p[4] += Self.halves(a4, b4) }
    if height > 5 { p[5] += Self.halves(a5, b5) }
  }

  @inline(__always)
  private static func halves(_ a: Lanes, _ b: Lanes) -> SIMD4<Float> {
    let sum = a + b
    return sum.lowHalf + sum.highHalf
  }
}
