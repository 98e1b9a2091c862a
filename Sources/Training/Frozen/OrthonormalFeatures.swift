import Networks

/// An orthonormal basis of the space that the first features span, grown feature by feature.
///
/// Separability does not change when the features are replaced by others of the same span, and the
/// orthonormal ones make the problem as well conditioned as it can be: tanh units on many inputs
/// differ from each other only in the last of their digits. Since features are nested the basis of
/// fewer features is the beginning of the basis of more.
///
/// Method: Gram–Schmidt, projecting twice ("twice is enough", Giraud, Langou and Rozložník 2005). A
/// feature whose part outside the span is below ``dependence`` of its length is taken to lie in it.
struct OrthonormalFeatures {
  /// The share of a feature's length below which the feature counts as a combination of earlier ones.
  static let dependence = 1e-11

  /// The features, of shape (d, N).
  let features: Matrix

  /// q_0, q_1, …: the basis vectors of length N, one after the other.
  private(set) var basis: [Double] = []

  /// For each feature so far, the basis vector it added, if it added one, and its coordinates.
  private var columns: [(vector: Int?, coordinates: [Double])] = []

  /// The number of basis vectors so far.
  private var vectors = 0

  /// The features of which none is orthonormalized yet.
  init(_ features: Matrix) {
    self.features = features
  }

  /// The dimension of the span of the first `count` features, which are added when they are new.
  mutating func rank(ofFirst count: Int) -> Int {
    precondition(count <= features.height, "\(count) of \(features.height) features")
    while columns.count < count {
      addNext()
    }
    return columns[..<count].count { $0.vector != nil }
  }

  private mutating func addNext() {
    let n = features.width
    let start = columns.count * n
    var rest = Array(features.elements[start..<(start + n)])
    let starts = (0..<vectors).map { $0 * n }
    let length = FrozenKernels.dot(rest, at: 0, rest, at: 0, count: n).squareRoot()
    var coordinates = [Double](repeating: 0, count: vectors)
    for _ in 0..<2 {
      let parts = starts.map { FrozenKernels.dot(basis, at: $0, rest, at: 0, count: n) }
      FrozenKernels.addCombination(
        parts.map { -$0 }, starts, of: basis, to: &rest, at: 0, count: n)
      for index in parts.indices {
        coordinates[index] += parts[index]
      }
    }
    let left = FrozenKernels.dot(rest, at: 0, rest, at: 0, count: n).squareRoot()
    guard left > Self.dependence * length else {
      columns.append((nil, coordinates))
      return
    }
    basis += rest.map { $0 / left }
    columns.append((vectors, coordinates + [left]))
    vectors += 1
  }

  // MARK: Between the features and their basis

  /// The weights on the first `count` features that give the combination x of their basis.
  ///
  /// Features that added no basis vector get the weight 0.
  func weights(_ x: [Double], onFirst count: Int) -> [Double] {
    var (rest, weights) = (x, [Double](repeating: 0, count: count))
    for index in (0..<count).reversed() {
      guard let vector = columns[index].vector else { continue }
      let coordinates = columns[index].coordinates
      let weight = rest[vector] / coordinates[vector]
      weights[index] = weight
      FrozenKernels.addScaled(-weight, coordinates, at: 0, to: &rest, at: 0, count: vector)
    }
    return weights
  }

  /// Σ_i u_i q_i over the rows i, given Σ_i u_i φ_i for the first features: a triangular system.
  func coordinates(ofSums sums: [Double]) -> [Double] {
    var found: [Double] = []
    for index in sums.indices {
      guard let vector = columns[index].vector else { continue }
      let coordinates = columns[index].coordinates
      let known = FrozenKernels.dot(coordinates, at: 0, found, at: 0, count: vector)
      found.append((sums[index] - known) / coordinates[vector])
    }
    return found
  }

  /// Σ_i u_i q_i for the first `rank` basis vectors.
  func sums(_ u: [Double], rank: Int) -> [Double] {
    let n = features.width
    return (0..<rank).map { FrozenKernels.dot(basis, at: $0 * n, u, at: 0, count: n) }
  }

  /// y ← y + Σ_k x_k q_k over the first basis vectors.
  func addCombination(_ x: [Double], to y: inout [Double]) {
    let n = features.width
    FrozenKernels.addCombination(
      x, x.indices.map { $0 * n }, of: basis, to: &y, at: 0, count: n)
  }

  /// Adds Σ_k q_k q_kᵀ over basis vectors k to `projection`, an N × N matrix.
  func add(_ vectors: Range<Int>, to projection: inout [Double]) {
    let n = features.width
    let starts = vectors.map { $0 * n }
    for row in 0..<n {
      let coefficients = starts.map { basis[$0 + row] }
      FrozenKernels.addCombination(
        coefficients, starts, of: basis, to: &projection, at: row * n, count: row + 1)
    }
    for row in 0..<n {
      for column in 0..<row {
        projection[column * n + row] = projection[row * n + column]
      }
    }
  }
}
