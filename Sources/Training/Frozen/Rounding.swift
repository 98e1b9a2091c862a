/// Bounds of rounding errors, and dot products as if in twice the precision.
enum Rounding {
  /// The unit roundoff u of double precision.
  static let unit = 0x1p-53

  /// γ_k = k u / (1 − k u): a sum of products with k roundings a term is off by at most γ_k times
  /// the sum of their magnitudes (Higham 2002, lemma 3.1).
  static func bound(terms k: Int) -> Double {
    Double(k) * unit / (1 - Double(k) * unit)
  }

  /// Σ x·y as if in twice the precision, with a bound of its error.
  ///
  /// Dekker's product and Knuth's sum give their rounding errors exactly; these are added up apart
  /// (algorithm Dot2 of Ogita, Rump and Oishi, SIAM J. Sci. Comput. 2005; their proposition 5.5
  /// bounds the error by u·|result| + γ_n² Σ|x·y|). When all errors are 0 the sum is exact and so
  /// is the bound, 0. Every number must be 0 or have a magnitude in `magnitudes`.
  static func dot(_ x: [Double], _ y: [Double]) -> (value: Double, bound: Double) {
    precondition(x.count == y.count, "\(x.count) numbers against \(y.count)")
    var (sum, error, size) = (0.0, 0.0, 0.0)
    var isExact = true
    for index in x.indices {
      let product = x[index] * y[index]
      let (a, b) = (split(x[index]), split(y[index]))
      let productError =
        ((a.high * b.high - product) + a.high * b.low + a.low * b.high) + a.low * b.low
      let next = sum + product
      let part = next - sum
      let sumError = (sum - (next - part)) + (product - part)
      sum = next
      isExact = isExact && productError == 0 && sumError == 0
      error += productError + sumError
      size += product.magnitude
    }
    guard !isExact else { return (sum, 0) }
    let value = sum + error
    let gamma = bound(terms: x.count + 1)
    // Twice the proposition, since this bound is itself rounded.
    return (value, 2 * (unit * value.magnitude + gamma * gamma * size))
  }

  /// Magnitudes whose products neither overflow nor lose digits to underflow.
  static let magnitudes = 0x1p-400...0x1p400

  /// Two halves of 26 bits whose sum is x (Veltkamp's splitting): their products are exact.
  private static func split(_ x: Double) -> (high: Double, low: Double) {
    let scaled = 134_217_729 * x
    let high = scaled - (scaled - x)
    return (high, x - high)
  }
}
