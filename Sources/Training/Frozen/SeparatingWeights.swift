public import Networks

/// Output weights that separate the rows of a data set by their labels: a certificate.
///
/// With y_i = +1 for the label 1 and −1 for the label 0, they claim y_i Σ_j w_j φ_ij > 0 for all i.
public struct SeparatingWeights: Hashable, Sendable {
  /// w_j, one for each feature.
  public let weights: [Double]

  /// A certificate with the given weights, to be checked.
  public init(weights: [Double]) { self.weights = weights }

  /// The smallest y_i Σ_j w_j φ_ij / Σ_j |w_j φ_ij| over the rows if the claim is proven, else nil.
  ///
  /// `features` has the shape (d, N). A row counts only if its sum exceeds the largest rounding
  /// error it can have: γ_(d+1) Σ_j |w_j φ_ij| with γ_k = k u / (1 − k u), u = 2^−53 (Higham,
  /// *Accuracy and Stability of Numerical Algorithms*, 2002, section 3.1), taken twice since the
  /// bound is a rounded sum too. So an answer proves that the weights separate the features, taken
  /// as exact numbers.
  public func check(_ features: Matrix, labels: [UInt8]) -> Double? {
    guard weights.count == features.height, labels.count == features.width else { return nil }
    let doubt = 2 * Rounding.bound(terms: weights.count + 1)
    var margin = Double.infinity
    for row in labels.indices {
      var (sum, size) = (0.0, 0.0)
      for (feature, weight) in weights.enumerated() {
        let term = weight * features[feature, row]
        sum += term
        size += term.magnitude
      }
      let height = labels[row] == 1 ? sum : -sum
      // Compared this way round, NaN is refused. The least size makes terms lost to underflow
      // harmless.
      guard size > 0x1p-900, size < .infinity, height > doubt * size else { return nil }
      margin = min(margin, height / size)
    }
    return margin
  }

  /// The smallest |Σ_j w_j φ_ij| over the rows: of the network with these output weights the
  /// smallest |logit|, summed in the order of ``check(_:labels:)``.
  public func smallestLogit(_ features: Matrix) -> Double {
    precondition(
      weights.count == features.height, "\(weights.count) weights, \(features.height) features")
    return (0..<features.width).reduce(.infinity) { least, row in
      var sum = 0.0
      for (feature, weight) in weights.enumerated() {
        sum += weight * features[feature, row]
      }
      return min(least, sum.magnitude)
    }
  }
}
