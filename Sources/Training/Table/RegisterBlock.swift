/// Twelve sums that stay in registers: six rows by two columns of vectors.
///
/// A core with two multiply-add units of latency four needs eight independent sums to keep them
/// busy. Twelve leave four of the sixteen registers of AVX2 for the factors. The height is always a
/// literal, so that nothing of the unused rows is left after inlining.
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

  /// Lets `body` change the two sums of each of the first `height` rows.
  @inline(__always)
  mutating func update(
    height: Int, _ body: (_ row: Int, _ a: inout Lanes, _ b: inout Lanes) -> Void
  ) {
    body(0, &a0, &b0)
    if height > 1 { body(1, &a1, &b1) }
    if height > 2 { body(2, &a2, &b2) }
    if height > 3 { body(3, &a3, &b3) }
    if height > 4 { body(4, &a4, &b4) }
    if height > 5 { body(5, &a5, &b5) }
  }

  /// Gives `body` the two sums of each of the first `height` rows.
  @inline(__always)
  func read(height: Int, _ body: (_ row: Int, _ a: Lanes, _ b: Lanes) -> Void) {
    var copy = self
    copy.update(height: height) { row, a, b in body(row, a, b) }
  }

  /// Adds Σ_k w(i, k)·x(k), in the order of k: row i of a product of weights, broadcast, with the two
  /// vectors of x(k).
  ///
  /// w(i, k) is at `w[i·rowStep + k·step]`, x(k) at `x[k·xStep]` and `x[k·xStep + 1]`.
  @inline(__always)
  mutating func addProduct(
    height: Int, _ w: UnsafePointer<Float>, rowStep: Int, step: Int, _ x: UnsafePointer<Lanes>,
    xStep: Int = 2, count: Int
  ) {
    var (w, x, left) = (w, x, count)
    while left > 0 {
      let (x0, x1) = (x[0], x[1])
      update(height: height) { row, a, b in
        let weight = Lanes(repeating: w[row &* rowStep])
        a = multiplyAdd(x0, weight, a)
        b = multiplyAdd(x1, weight, b)
      }
      w += step
      x += xStep
      left &-= 1
    }
  }

  /// Adds Σ x(i)·d: the products of six values with one or two dZ, lane by lane over the panels.
  ///
  /// With two dZ, those of units u and u + 1, column a belongs to the first and b to the second.
  /// With one, a and b are the sums over the first and the second vectors.
  @inline(__always)
  mutating func addProducts(
    height: Int, isPair: Bool, _ x: UnsafePointer<Lanes>, _ d: UnsafePointer<Lanes>, step: Int,
    panels: Int
  ) {
    var (x, d, left) = (x, d, panels)
    while left > 0 {
      let (d0, d1) = (d[0], d[1])
      if isPair {
        let (e0, e1) = (d[2], d[3])
        update(height: height) { row, a, b in
          let value = x[2 &* row]
          a = multiplyAdd(value, d0, a)
          b = multiplyAdd(value, e0, b)
        }
        update(height: height) { row, a, b in
          let value = x[2 &* row &+ 1]
          a = multiplyAdd(value, d1, a)
          b = multiplyAdd(value, e1, b)
        }
      } else {
        update(height: height) { row, a, b in
          a = multiplyAdd(x[2 &* row], d0, a)
          b = multiplyAdd(x[2 &* row &+ 1], d1, b)
        }
      }
      x += step
      d += step
      left &-= 1
    }
  }

  // MARK: Beginning and end

  /// Starts every row at its bias.
  @inline(__always)
  mutating func start(height: Int, _ bias: UnsafePointer<Float>) {
    update(height: height) { row, a, b in
      a = Lanes(repeating: bias[row])
      b = a
    }
  }

  /// Stores g of every row, two vectors each, `rowStep` vectors apart.
  @inline(__always)
  func store<Activation: LaneActivation>(
    height: Int, _ g: Activation.Type, to y: UnsafeMutablePointer<Lanes>, rowStep: Int = 2
  ) {
    read(height: height) { row, a, b in
      y[row &* rowStep] = g.value(a)
      y[row &* rowStep &+ 1] = g.value(b)
    }
  }

  /// Takes the rows as dA, writes dZ over the values `y`, and adds it to `sums`.
  ///
  /// Where `keepsSums`, it writes the sum of a row's two vectors and the second vector instead, and
  /// adds nothing to `sums`.
  @inline(__always)
  func pullBack<Activation: LaneActivation>(
    height: Int, _ g: Activation.Type, _ y: UnsafeMutablePointer<Lanes>,
    _ sums: UnsafeMutablePointer<Lanes>, keepsSums: Bool
  ) {
    read(height: height) { row, a, b in
      let d = g.pullBack(a, output: y[2 &* row])
      let e = g.pullBack(b, output: y[2 &* row &+ 1])
      y[2 &* row] = keepsSums ? d + e : d
      y[2 &* row &+ 1] = e
      if !keepsSums { sums[row] += d + e }
    }
  }

  /// Adds column a to the sums of one unit's weights and column b to those of the next, four lanes
  /// each.
  @inline(__always)
  func addColumns(
    height: Int, to p: UnsafeMutablePointer<SIMD4<Float>>, _ q: UnsafeMutablePointer<SIMD4<Float>>
  ) {
    read(height: height) { row, a, _ in p[row] += a.lowHalf + a.highHalf }
    read(height: height) { row, _, b in q[row] += b.lowHalf + b.highHalf }
  }

  /// Adds both columns to the sums of one unit's weights.
  @inline(__always)
  func addRows(height: Int, to p: UnsafeMutablePointer<SIMD4<Float>>) {
    read(height: height) { row, a, b in
      let sum = a + b
      p[row] += sum.lowHalf + sum.highHalf
    }
  }
}
