public import Networks

/// Whether a hyperplane through the origin of feature space separates the rows by their labels.
///
/// A constant among the features makes it any hyperplane. Each answer comes with its certificate.
///
///     let xor: [UInt8] = [0, 1, 1, 0]
///     Separability.decide(features, labels: xor)  // .notSeparable(refutation)
public enum Separability: Hashable, Sendable {
  /// These weights give every row the sign of its label; their check has passed.
  case separable(SeparatingWeights)

  /// The sum of the rows with these convex weights is the origin; the check of its residual has
  /// passed.
  case notSeparable(Refutation)

  /// Double precision cannot tell: the convex hull of the signed rows comes too near to the origin.
  case undecided

  /// Decides for features of shape (d, N), one column a row of the data, and N labels 0 or 1.
  public static func decide(_ features: Matrix, labels: [UInt8]) -> Separability {
    var nested = NestedSeparability(features, labels: labels)
    return nested.decide(features.height)
  }
}

/// The question of separability for the first features of a list, asked for several counts.
///
/// What is known about fewer features is used for more: the basis grows, the products of rows are
/// added to, and the convex weights that refuted fewer features are where the search for more
/// starts.
struct NestedSeparability {
  private let features: Matrix
  private let labels: [UInt8]
  private let signs: [Double]
  private var orthonormal: OrthonormalFeatures

  /// What is known of the most features refuted so far: their rank, the products of rows in their
  /// basis (N × N), and the rows and weights that refute them.
  private var refuted: (rank: Int, projection: [Double], rows: [Int], weights: [Double])
  /// The numbers of features refuted, in order.
  private var counts: [Int] = []

  /// The number of times a row joined a support, over all questions.
  private(set) var steps = 0

  init(_ features: Matrix, labels: [UInt8]) {
    precondition(
      features.width == labels.count, "\(features.width) rows, \(labels.count) labels")
    precondition(labels.allSatisfy { $0 <= 1 }, "a label is 0 or 1")
    precondition(features.elements.allSatisfy { $0.isFinite }, "a feature is not finite")
    self.features = features
    self.labels = labels
    signs = labels.map { $0 == 1 ? 1 : -1 }
    orthonormal = OrthonormalFeatures(features)
    refuted = (0, Array(repeating: 0, count: labels.count * labels.count), [], [])
  }

  /// What a checkpoint holds.
  var known: FrozenCheckpoint.Refuted {
    FrozenCheckpoint.Refuted(counts: counts, rows: refuted.rows, weights: refuted.weights)
  }

  /// Puts questions that were not asked yet into the state of ``known``: the products of rows are
  /// summed in the same parts.
  mutating func restore(_ known: FrozenCheckpoint.Refuted, steps: Int) {
    var (rank, projection) = (0, refuted.projection)
    for count in known.counts {
      let next = orthonormal.rank(ofFirst: count)
      orthonormal.add(rank..<next, to: &projection)
      rank = next
    }
    counts = known.counts
    refuted = (rank, projection, known.rows, known.weights)
    self.steps = steps
  }

  /// Decides for the first `count` features, which must not be fewer than any refuted before.
  mutating func decide(_ count: Int) -> Separability {
    let rank = orthonormal.rank(ofFirst: count)
    precondition(rank >= refuted.rank, "rank \(rank) after \(refuted.rank)")
    var projection = refuted.projection
    orthonormal.add(refuted.rank..<rank, to: &projection)
    var point = MinimumNormPoint(
      signs: signs, projection: projection, rank: rank, start: (refuted.rows, refuted.weights))
    let outcome = point.search()
    steps += point.steps
    switch outcome {
    case .separates:
      return separation(by: point, rank: rank, features: first(count))
    case .reachesOrigin:
      let found = refined(point, rank: rank, features: first(count))
      guard
        found.residual(first(count), labels: labels, tolerance: Refutation.tolerance) != nil
      else {
        // The point may be very near to the origin and still separate. Its weights on the features
        // decide, where rounding errors are smaller.
        return separation(by: point, rank: rank, features: first(count))
      }
      refuted = (rank, projection, point.support, point.weights)
      counts.append(count)
      return .notSeparable(found)
    }
  }

  /// The weights of the point's direction on the features, if they are proven to separate.
  private func separation(
    by point: MinimumNormPoint, rank: Int, features: Matrix
  ) -> Separability {
    let sums = orthonormal.sums(point.signedWeights, rank: rank)
    let found = SeparatingWeights(weights: orthonormal.weights(sums, onFirst: features.height))
    return found.check(features, labels: labels) == nil ? .undecided : .separable(found)
  }

  /// The first features, of shape (count, N).
  func first(_ count: Int) -> Matrix {
    var matrix = Matrix(height: count, width: features.width)
    matrix.elements = Array(features.elements[..<(count * features.width)])
    return matrix
  }

  /// The weights of `point`, summing to 1, after steps of iterative refinement: the residual in the
  /// features as they are, in twice the precision, is brought down by the factor of the support.
  private func refined(
    _ point: MinimumNormPoint, rank: Int, features: Matrix
  ) -> Refutation {
    let n = labels.count
    let sum = point.weights.reduce(0, +)
    var weights = [Double](repeating: 0, count: n)
    for (row, weight) in zip(point.support, point.weights) {
      weights[row] = weight / sum
    }
    for _ in 0..<3 {
      let residual = Refutation(weights: weights).residual(features, labels: labels)
        .map { $0.value }
      var heights = [Double](repeating: 0, count: n)
      orthonormal.addCombination(orthonormal.coordinates(ofSums: residual), to: &heights)
      let change = point.solution(point.support.map { signs[$0] * heights[$0] })
      for (row, change) in zip(point.support, change) {
        weights[row] = max(0, weights[row] - change)
      }
    }
    return Refutation(weights: weights)
  }
}
