public import Networks

/// Output weights that separate the rows of a data set by their labels: a certificate.
///
/// With y_i = +1 for the label 1 and −1 for the label 0, they claim y_i Σ_j w_j φ_ij > 0 for all i.
public struct SeparatingWeights: Hashable, Sendable {
  /// w_j, one for each feature.
  public let weights: [Double]

  /// The certificate that these weights are claimed to be.
  public init(weights: [Double]) { self.weights = weights }

  /// The smallest y_i Σ_j w_j φ_ij / Σ_j |w_j φ_ij| over the rows if the claim is proven, else nil.
  ///
  /// `features` has the shape (d, N). Plain loops over the numbers as they stand; a row counts only
  /// if its sum exceeds what rounding can have done to it: at most γ_(d+1) Σ_j |w_j φ_ij| with
  /// γ_k = k u / (1 − k u), u = 2^−53 (Higham, *Accuracy and Stability of Numerical Algorithms*,
  /// 2002, section 3.1), taken twice since the bound is itself a rounded sum. So an answer proves
  /// that the features, as the numbers they are, are separated.
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
      // Written so that a value that is not a number is refused. Terms lost to underflow are covered
      // by the least size that is accepted.
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
