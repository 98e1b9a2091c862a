import Networks

/// The loops along rows of numbers in which deciding separability spends its time.
///
/// The only unsafe pointers of this folder are here. Each function first states, as a precondition,
/// that the stretches it touches lie within its arrays, and then touches nothing else. Sums have a
/// fixed order, written out, so that the bytes are the same everywhere.
enum FrozenKernels {
  /// Σ x·y over `count` elements from x[i] and y[j]: those that fill vectors of eight in the order
  /// of `RowKernels.dot`, and the sum of the others, one after another, added at the end.
  static func dot(_ x: [Double], at i: Int, _ y: [Double], at j: Int, count: Int) -> Double {
    check(x, i, count)
    check(y, j, count)
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        let whole = count & ~7
        let rest = (whole..<count).reduce(0) { $0 + x[i + $1] * y[j + $1] }
        return RowKernels.dot(x + i, y + j, count: whole) + rest
      }
    }
  }

  /// y ← y + factor·x over `count` elements from x[i] and y[j].
  static func addScaled(
    _ factor: Double, _ x: [Double], at i: Int, to y: inout [Double], at j: Int, count: Int
  ) {
    check(x, i, count)
    check(y, j, count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        RowKernels.addScaled(factor, x + i, to: y + j, count: count)
      }
    }
  }

  /// Row `target` ← row `target` + factor·row `source`, two different rows of `count` elements.
  static func addScaledRow(
    _ factor: Double, _ source: Int, to target: Int, of x: inout [Double], count: Int
  ) {
    check(x, source * count, count)
    check(x, target * count, count)
    precondition(source != target, "a row added to itself")
    x.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      RowKernels.addScaled(factor, x + source * count, to: x + target * count, count: count)
    }
  }

  /// y ← y + Σ_k coefficients[k]·(`count` elements of x from starts[k]), into y from y[j].
  ///
  /// Four terms at a time, as (c0 x0 + c1 x1) + (c2 x2 + c3 x3), spare three quarters of the loads
  /// and stores of y.
  static func addCombination(
    _ coefficients: [Double], _ starts: [Int], of x: [Double], to y: inout [Double], at j: Int,
    count: Int
  ) {
    precondition(coefficients.count == starts.count, "as many coefficients as rows")
    for start in starts {
      check(x, start, count)
    }
    check(y, j, count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        let whole = starts.count & ~3
        for k in stride(from: 0, to: whole, by: 4) {
          addFour(
            (coefficients[k], coefficients[k + 1], coefficients[k + 2], coefficients[k + 3]),
            (x + starts[k], x + starts[k + 1], x + starts[k + 2], x + starts[k + 3]), to: y + j,
            count)
        }
        for k in whole..<starts.count {
          RowKernels.addScaled(coefficients[k], x + starts[k], to: y + j, count: count)
        }
      }
    }
  }

  /// (a, b) ← (c·a + s·b, c·b − s·a) for the `count` elements from x[i] and from x[j], which must
  /// not overlap.
  static func rotate(
    _ x: inout [Double], at i: Int, at j: Int, count: Int, cosine c: Double, sine s: Double
  ) {
    check(x, i, count)
    check(x, j, count)
    precondition(i + count <= j || j + count <= i, "the rows overlap")
    x.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      let (first, second) = (x + i, x + j)
      let whole = count & ~3
      for k in stride(from: 0, to: whole, by: 4) {
        let (a, b) = (four(first + k), four(second + k))
        store(c * a + s * b, first + k)
        store(c * b - s * a, second + k)
      }
      for k in whole..<count {
        let (a, b) = (first[k], second[k])
        first[k] = c * a + s * b
        second[k] = c * b - s * a
      }
    }
  }

  /// Moves the `count` elements from x[i] one place to the left; x[i − 1] is lost.
  static func moveLeft(_ x: inout [Double], from i: Int, count: Int) {
    check(x, i - 1, count + 1)
    x.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      (x + i - 1).update(from: x + i, count: count)
    }
  }

  // MARK: Parts, on pointers that the functions above have checked

  private static func check(_ x: [Double], _ start: Int, _ count: Int) {
    precondition(
      start >= 0 && count >= 0 && start + count <= x.count,
      "elements \(start)..<\(start + count) of \(x.count)")
  }

  private typealias Quadruple<Element> = (Element, Element, Element, Element)

  private static func addFour(
    _ c: Quadruple<Double>, _ x: Quadruple<UnsafePointer<Double>>,
    to y: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let whole = count & ~3
    for k in stride(from: 0, to: whole, by: 4) {
      let first = c.0 * four(x.0 + k) + c.1 * four(x.1 + k)
      let second = c.2 * four(x.2 + k) + c.3 * four(x.3 + k)
      store(four(y + k) + (first + second), y + k)
    }
    for k in whole..<count {
      y[k] += (c.0 * x.0[k] + c.1 * x.1[k]) + (c.2 * x.2[k] + c.3 * x.3[k])
    }
  }

  @inline(__always)
  private static func four(_ pointer: UnsafePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Double>, _ pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD4<Double>.self)
  }
}
