public import Networks

/// Convex weights λ of rows whose sum is the origin: a certificate that nothing separates the rows.
///
/// With y_i = +1 for the label 1 and −1 for the label 0, and φ_i the features of row i: if
/// Σ_i λ_i y_i φ_i = 0 with λ ≥ 0 and Σλ = 1, then Σ_i λ_i (y_i w·φ_i) = 0 for every w, so that
/// w cannot have y_i w·φ_i > 0 on all rows (Gordan 1873).
public struct Refutation: Hashable, Sendable {
  /// λ_i, one for each row.
  public let weights: [Double]

  /// A certificate with the given convex weights, to be checked.
  public init(weights: [Double]) { self.weights = weights }

  /// What a refutation proves of the features, taken as exact numbers.
  public enum Proof: Hashable, Sendable {
    /// No w separates the rows: there are exact λ* ≥ 0 with residual 0 near the λ given, λ*_i
    /// within a factor 1 ± `deviation` of λ_i, where `deviation` < 1.
    case exact(deviation: Double)

    /// No w with ‖w‖ ≤ `radius` has y_i w·φ_i ≥ 1 on all rows; a longer w may.
    case within(radius: Double)
  }

  /// What the weights prove; nil when they fail a check.
  ///
  /// `features` has the shape (d, N). Checked are λ ≥ 0, |Σλ − 1| ≤ 10^−12, and that each component
  /// of the residual r = Σ_i λ_i y_i φ_i is at most `tolerance` times Σ_i λ_i |φ_ij|, rounding
  /// included. Then w·r ≥ Σλ for a w with margin 1, so ‖w‖ ≥ (1 − 10^−12) / ‖r‖: the radius.
  ///
  /// The residual of weights stored as doubles is hardly ever 0. ``NearbySolution`` shows, where it
  /// can, that weights next to them have residual 0, which takes about 2 d³ multiply-adds.
  public func check(
    _ features: Matrix, labels: [UInt8], tolerance: Double = Self.tolerance
  ) -> Proof? {
    guard let residual = residual(features, labels: labels, tolerance: tolerance) else {
      return nil
    }
    if residual.allSatisfy({ $0.value == 0 && $0.bound == 0 }) { return .exact(deviation: 0) }
    let nearby = NearbySolution(features, labels: labels, weights: weights)
    if let deviation = nearby.deviation(residual: residual) { return .exact(deviation: deviation) }
    let square = residual.reduce(0) { sum, r in
      sum + (r.value.magnitude + r.bound) * (r.value.magnitude + r.bound)
    }
    // One part in 10^11 covers Σλ and the rounding of the sum of squares.
    return .within(radius: (1 - 1e-11) / square.squareRoot())
  }

  /// The share of Σ_i λ_i |φ_ij| that the residual may reach by default: some hundred roundings.
  public static let tolerance = 1e-13

  /// The residual of weights that are convex and meet the tolerance, else nil.
  func residual(
    _ features: Matrix, labels: [UInt8], tolerance: Double
  ) -> [(value: Double, bound: Double)]? {
    guard weights.count == features.width, labels.count == features.width else { return nil }
    guard weights.allSatisfy({ $0 == 0 || ($0 > 0 && Rounding.magnitudes.contains($0)) }) else {
      return nil
    }
    guard abs(weights.reduce(0, +) - 1) <= 1e-12 else { return nil }
    let residual = residual(features, labels: labels)
    // Numbers so small or large that rounding errors are no longer relative are not accepted.
    for feature in 0..<features.height {
      var size = 0.0
      for row in labels.indices {
        let value = features[feature, row].magnitude
        guard value == 0 || Rounding.magnitudes.contains(value) else { return nil }
        size += weights[row] * value
      }
      let most = residual[feature].value.magnitude + residual[feature].bound
      guard most <= tolerance * size else { return nil }
    }
    return residual
  }

  /// r_j = Σ_i λ_i y_i φ_ij in twice the precision, each with a bound of its error.
  func residual(_ features: Matrix, labels: [UInt8]) -> [(value: Double, bound: Double)] {
    let rows = weights.indices.filter { weights[$0] != 0 }
    let signed = rows.map { labels[$0] == 1 ? weights[$0] : -weights[$0] }
    return (0..<features.height).map { feature in
      Rounding.dot(signed, rows.map { features[feature, $0] })
    }
  }
}
