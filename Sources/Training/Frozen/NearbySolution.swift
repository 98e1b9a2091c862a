import Networks

/// Whether exact convex weights with residual 0 exist next to weights whose residual is tiny.
///
/// Let B_ji = λ_i y_i φ_ij over the rows i that carry weight, and r = B·1 the residual. Weights λ_i
/// (1 + δ_i) have residual r + Bδ; they are positive, and 0 is reached, if Bδ = −r has a solution
/// with |δ_i| < 1. Choose d columns C of B that are independent and let δ be 0 elsewhere. For any
/// matrix X with ‖XC − I‖_∞ ≤ α < 1, C is invertible and the solution has ‖δ‖_∞ ≤ ‖X r‖_∞ / (1 − α)
/// (Rump, *Acta Numerica* 2010, section 10.5). X is an inverse found by elimination in floating
/// point. Its errors do not matter, since the bound on XC − I includes every rounding of its
/// computation.
///
/// A feature that is an exact combination of others on the rows that carry weight adds no condition
/// and is left out. Those that are 0, or plus or minus another, are found by comparison. Where
/// elimination finds more and all values are −1, 0 or 1 (step units), ``IntegerRank`` proves that
/// they are combinations; for other values there is no answer.
struct NearbySolution {
  /// The features that are not repeated.
  private let kept: [Int]
  /// Their values on the s rows that carry weight.
  private let values: [[Double]]
  /// B over the kept features: rows of s numbers.
  private let terms: [[Double]]

  init(_ features: Matrix, labels: [UInt8], weights: [Double]) {
    let rows = weights.indices.filter { weights[$0] != 0 }
    let signed = rows.map { labels[$0] == 1 ? weights[$0] : -weights[$0] }
    var (seen, kept, found): (Set<[Double]>, [Int], [[Double]]) = ([], [], [])
    for feature in 0..<features.height {
      let values = rows.map { features[feature, $0] }
      guard let first = values.first(where: { $0 != 0 }) else { continue }
      guard seen.insert(first < 0 ? values.map { -$0 } : values).inserted else { continue }
      kept.append(feature)
      found.append(values)
    }
    (self.kept, values) = (kept, found)
    terms = found.map { values in zip(signed, values).map { $0 * $1 } }
  }

  /// A bound of max |δ_i| below 1, or nil when none is found.
  ///
  /// `residual` holds r_j and a bound of its error for every feature j.
  func deviation(residual: [(value: Double, bound: Double)]) -> Double? {
    let (rows, columns, inverse) = elimination()
    let d = rows.count
    guard d == kept.count || IntegerRank.isAtMost(d, of: values) else { return nil }
    // λ y φ was rounded once; then the products and sums, and as many again for these bounds.
    let gamma = 2 * Rounding.bound(terms: d + 3)
    let chosen = rows.flatMap { row in columns.map { terms[row][$0] } }
    let sizes = (0..<d).map { k in
      chosen[(k * d)..<((k + 1) * d)].reduce(0) { $0 + $1.magnitude }
    }
    let residuals = rows.map { residual[kept[$0]].value.magnitude + residual[kept[$0]].bound }
    var (alpha, reach) = (0.0, 0.0)
    for i in 0..<d {
      let x = inverse[i]
      var product = [Double](repeating: 0, count: d)
      product[i] = -1
      for k in 0..<d where x[k] != 0 {
        FrozenKernels.addScaled(x[k], chosen, at: k * d, to: &product, at: 0, count: d)
      }
      var (error, move) = (product.reduce(0) { $0 + $1.magnitude }, 0.0)
      for k in 0..<d {
        error += gamma * x[k].magnitude * sizes[k]
        move += x[k].magnitude * residuals[k]
      }
      // The rounding of these sums themselves, −1 among their terms.
      alpha = max(alpha, error * (1 + gamma) + gamma)
      reach = max(reach, move * (1 + gamma))
      guard alpha < 0.5, reach < 0.25 else { return nil }
    }
    return reach / (1 - alpha) * (1 + 1e-12)
  }

  /// Independent rows of B, as many columns, and the inverse of the matrix they make.
  ///
  /// Gauss–Jordan elimination; the pivot is the largest number of a row, the first of equals. A row
  /// of which nothing but rounding is left when its turn comes depends on those before it; it is
  /// passed over and takes no part.
  private func elimination() -> (rows: [Int], columns: [Int], inverse: [[Double]]) {
    let height = terms.count
    let s = terms.first?.count ?? 0
    let width = s + height
    var work = [Double](repeating: 0, count: height * width)
    for (row, numbers) in terms.enumerated() {
      for (column, number) in numbers.enumerated() {
        work[row * width + column] = number
      }
      work[row * width + s + row] = 1
    }
    var (rows, columns): ([Int], [Int]) = ([], [])
    for row in 0..<height {
      let start = row * width
      var pivot = 0
      for column in 0..<s where work[start + column].magnitude > work[start + pivot].magnitude {
        pivot = column
      }
      let size = terms[row].reduce(0) { max($0, $1.magnitude) }
      guard work[start + pivot].magnitude > 1e-12 * size else { continue }
      let factor = 1 / work[start + pivot]
      for column in 0..<width {
        work[start + column] *= factor
      }
      // The pivot itself is exactly 1, so that the column is cleared exactly.
      work[start + pivot] = 1
      for other in 0..<height where other != row {
        FrozenKernels.addScaledRow(
          -work[other * width + pivot], row, to: other, of: &work, count: width)
      }
      rows.append(row)
      columns.append(pivot)
    }
    let inverse = rows.map { row in rows.map { work[row * width + s + $0] } }
    return (rows, columns, inverse)
  }
}
