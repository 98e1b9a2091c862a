import Networks

/// Whether exact convex weights with residual 0 exist next to weights whose residual is tiny.
///
/// Let B_ji = λ_i y_i φ_ij over the rows i that carry weight, and r = B·1 the residual. Weights
/// λ_i (1 + δ_i) have residual r + Bδ; they are positive, and 0 is reached, if Bδ = −r has a solution
/// with |δ_i| < 1. Choose d columns C of B that are independent and let δ be 0 elsewhere. For any
/// matrix X with ‖XC − I‖_∞ ≤ α < 1, C is invertible and the solution has
/// ‖δ‖_∞ ≤ ‖X r‖_∞ / (1 − α) (Rump, *Acta Numerica* 2010, section 10.5). X is an inverse found
/// by elimination in floating point; its errors do not matter, since the bound on XC − I includes
/// every rounding of computing it.
///
/// Features that are 0, or plus or minus another, on all rows that carry weight ask for nothing
/// new and are left out; if the others are dependent there is no answer.
struct NearbySolution {
  /// C's features (rows of B) that are not repeated.
  private let kept: [Int]
  /// B over the kept features: d rows of s numbers, one a row that carries weight.
  private let terms: [[Double]]

  init(_ features: Matrix, labels: [UInt8], weights: [Double]) {
    let rows = weights.indices.filter { weights[$0] != 0 }
    var (seen, kept, terms): (Set<[Double]>, [Int], [[Double]]) = ([], [], [])
    for feature in 0..<features.height {
      let values = rows.map { features[feature, $0] }
      guard let first = values.first(where: { $0 != 0 }) else { continue }
      // 0 − x and not −x, so that zeros compare as equal bytes too.
      guard seen.insert(first < 0 ? values.map { 0 - $0 } : values).inserted else { continue }
      kept.append(feature)
      terms.append(
        zip(rows, values).map { row, value in
          labels[row] == 1 ? weights[row] * value : -weights[row] * value
        })
    }
    (self.kept, self.terms) = (kept, terms)
  }

  /// A bound of max |δ_i| below 1, or nil when none is found.
  ///
  /// `residual` holds r_j and a bound of its error for every feature j.
  func deviation(residual: [(value: Double, bound: Double)]) -> Double? {
    guard let (columns, inverse) = elimination() else { return nil }
    let d = kept.count
    // λ y φ was rounded once; then the products and sums, and as many again for these bounds.
    let gamma = 2 * Rounding.bound(terms: d + 3)
    let sizes = terms.map { row in columns.reduce(0) { $0 + row[$1].magnitude } }
    let chosen = terms.map { row in columns.map { row[$0] } }
    let flat = chosen.flatMap { $0 }
    var (alpha, reach) = (0.0, 0.0)
    for i in 0..<d {
      let x = Array(inverse[(i * d)..<((i + 1) * d)])
      var product = [Double](repeating: 0, count: d)
      product[i] = -1
      for k in 0..<d where x[k] != 0 {
        FrozenKernels.addScaled(x[k], flat, at: k * d, to: &product, at: 0, count: d)
      }
      var (error, move) = (product.reduce(0) { $0 + $1.magnitude }, 0.0)
      for k in 0..<d {
        error += gamma * x[k].magnitude * sizes[k]
        move += x[k].magnitude * (residual[kept[k]].value.magnitude + residual[kept[k]].bound)
      }
      // The rounding of these sums themselves, −1 among their terms.
      alpha = max(alpha, error * (1 + gamma) + gamma)
      reach = max(reach, move * (1 + gamma))
    }
    guard alpha < 0.5, reach < 0.25 else { return nil }
    return reach / (1 - alpha) * (1 + 1e-12)
  }

  /// d independent columns of B and the inverse of the matrix they make, row by row.
  ///
  /// Gauss–Jordan elimination; the pivot is the largest number of a row, the first of equals.
  private func elimination() -> (columns: [Int], inverse: [Double])? {
    let d = kept.count
    guard let s = terms.first?.count, d <= s else { return nil }
    let width = s + d
    var work = [Double](repeating: 0, count: d * width)
    for (row, numbers) in terms.enumerated() {
      for (column, number) in numbers.enumerated() {
        work[row * width + column] = number
      }
      work[row * width + s + row] = 1
    }
    var pivots: [Int] = []
    for row in 0..<d {
      let start = row * width
      var pivot = 0
      for column in 0..<s where work[start + column].magnitude > work[start + pivot].magnitude {
        pivot = column
      }
      let size = terms[row].reduce(0) { max($0, $1.magnitude) }
      guard work[start + pivot].magnitude > 1e-13 * size else { return nil }
      let factor = 1 / work[start + pivot]
      for column in 0..<width {
        work[start + column] *= factor
      }
      // The pivot itself is exactly 1, so that the column is cleared exactly.
      work[start + pivot] = 1
      for other in 0..<d where other != row {
        FrozenKernels.addScaledRow(
          -work[other * width + pivot], row, to: other, of: &work, count: width)
      }
      pivots.append(pivot)
    }
    return (pivots, (0..<d).flatMap { work[($0 * width + s)..<(($0 + 1) * width)] })
  }
}
