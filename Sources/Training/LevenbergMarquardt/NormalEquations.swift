/// The damped normal equations (JᵀJ + μ D) δ = −Jᵀe of P unknowns, and the memory to solve them.
package struct NormalEquations: Sendable {
  /// The number of unknowns, P.
  package let count: Int

  /// JᵀJ, of shape (P, P), row after row; only the elements on and right of the diagonal count.
  package var matrix: [Double]

  /// Jᵀe, of shape (P).
  package var gradient: [Double]

  /// D, the diagonal matrix that is damped with, of shape (P).
  package let scale: [Double]

  /// δ, the solution found last, of shape (P).
  package private(set) var step: [Double]

  /// U, row after row, where UᵀU = JᵀJ + μ D.
  private var factor: [Double]

  /// Equations of zeros for as many unknowns as `scale` has entries.
  package init(scale: [Double]) {
    count = scale.count
    self.scale = scale
    matrix = Array(repeating: 0, count: count * count)
    factor = matrix
    gradient = Array(repeating: 0, count: count)
    step = gradient
  }

  /// Solves for `step`; false when the damped matrix is, in rounded arithmetic, not positive definite
  /// or the step is not finite.
  ///
  /// Cholesky: P³/6 multiply-adds for the factor, P² for the two triangular systems. Row k of U is
  /// finished and then subtracted from all rows below, along the rows, so that no sum is reordered.
  package mutating func solve(damping: Double) -> Bool {
    let n = count
    return factor.withUnsafeMutableBufferPointer { factor in
      step.withUnsafeMutableBufferPointer { step in
        guard let u = factor.baseAddress, let x = step.baseAddress else { return true }
        for row in 0..<n {
          for column in row..<n {
            u[row * n + column] = matrix[row * n + column]
          }
          u[row * n + row] += damping * scale[row]
          x[row] = -gradient[row]
        }
        guard Self.factorize(u, n) else { return false }
        Self.substitute(u, x, n)
        for index in 0..<n where !x[index].isFinite { return false }
        return true
      }
    }
  }

  /// A = UᵀU in place, on and right of the diagonal; false when a pivot is not positive.
  private static func factorize(_ u: UnsafeMutablePointer<Double>, _ n: Int) -> Bool {
    for k in 0..<n {
      let pivotRow = u + k * n
      let pivot = pivotRow[k]
      guard pivot > 0, pivot.isFinite else { return false }
      let root = pivot.squareRoot()
      let inverse = 1 / root
      pivotRow[k] = root
      for column in (k + 1)..<max(n, k + 1) {
        pivotRow[column] *= inverse
      }
      for row in (k + 1)..<max(n, k + 1) {
        subtract(pivotRow[row], pivotRow + row, from: u + row * n + row, count: n - row)
      }
    }
    return true
  }

  /// Uᵀy = x, then Ux = y, in place.
  private static func substitute(
    _ u: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    for k in 0..<n {
      x[k] /= u[k * n + k]
      subtract(x[k], u + k * n + k + 1, from: x + k + 1, count: n - k - 1)
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
      var sum = x[k]
      for column in (k + 1)..<max(n, k + 1) {
        sum -= u[k * n + column] * x[column]
      }
      x[k] = sum / u[k * n + k]
    }
  }

  /// y ← y − factor·x; `x` and `y` must not overlap.
  @inline(__always)
  private static func subtract(
    _ factor: Double, _ x: UnsafePointer<Double>, from y: UnsafeMutablePointer<Double>, count: Int
  ) {
    for index in 0..<count {
      y[index] -= factor * x[index]
    }
  }
}
