/// The point of the convex hull of the rows a_i = y_i q_i that is nearest to the origin, by active
/// sets, where q_i is row i in an orthonormal basis of the features.
///
/// If it is not the origin it is the normal of a hyperplane that separates the labels; if it is,
/// its convex weights λ refute every hyperplane. Found as the non-negative least squares problem
///
///     minimize ‖Σ_i λ_i a_i‖² + (Σ_i λ_i − 1)²,  λ ≥ 0,
///
/// whose solution divided by Σλ is that of the hull. With G_ij = a_i·a_j + 1 the *support* S (the
/// rows that carry weight) solves G_SS λ_S = 1; row i should join while (Gλ)_i < 1. Each change of
/// the support shortens the point, so no support comes twice and the search ends.
///
/// Only the products of rows are used: N × N numbers once per number of features, s of them per
/// new row instead of s·d.
///
/// Source: Wolfe, *Finding the nearest point in a polytope*, Mathematical Programming 1976; Lawson
/// and Hanson, *Solving Least Squares Problems*, 1974, chapter 23.
struct MinimumNormPoint {
  /// How a search ended.
  enum Outcome {
    /// Every row is on the positive side of the point.
    case separates
    /// The point is the origin up to rounding, or too near to it to be told apart.
    case reachesOrigin
  }

  /// (Gλ)_i must fall short of 1 by more than this for row i to join: a few roundings of sums of
  /// numbers that add up to 1.
  private static let tolerance = 1e-14

  /// A height above this is not an exact 0 and some roundings.
  private static let clear = 1e-13

  /// A weight below this is an exact 0 and some roundings.
  private static let least = 1e-13

  private let signs: [Double]
  private let projection: [Double]
  private let rank: Int
  private var factor: ActiveFactor

  /// The rows that carry weight, in the order they joined.
  private(set) var support: [Int] = []

  /// λ of the rows in ``support``; their sum is at most 1.
  private(set) var weights: [Double] = []

  /// The number of times a row joined.
  private(set) var steps = 0

  private var isRefused: [Bool]
  private var isActive: [Bool]

  /// A search over N rows with the given signs y and the N × N products of their basis vectors,
  /// starting from convex weights that are known to be good for fewer features, or from none.
  init(signs: [Double], projection: [Double], rank: Int, start: (rows: [Int], weights: [Double])) {
    self.signs = signs
    self.projection = projection
    self.rank = rank
    factor = ActiveFactor(capacity: min(rank + 1, signs.count))
    isRefused = Array(repeating: false, count: signs.count)
    isActive = isRefused
    for (row, weight) in zip(start.rows, start.weights) where join(row) {
      weights[weights.count - 1] = weight
    }
    moveToSolution()
  }

  /// Searches to the end.
  mutating func search() -> Outcome {
    while true {
      // A support of d + 1 rows spans everything: its point can only be the origin.
      if support.count > rank { return .reachesOrigin }
      let heights = heights()
      if heights.allSatisfy({ $0 > Self.clear }) { return .separates }
      let needed = 1 - weights.reduce(0, +)
      let candidates = signs.indices
        .filter { !isActive[$0] && !isRefused[$0] && heights[$0] - needed < -Self.tolerance }
        .sorted { heights[$0] == heights[$1] ? $0 < $1 : heights[$0] < heights[$1] }
      // The limit is far beyond all searches seen. It ends one that rounding would keep going.
      guard let worst = candidates.first, steps < 100 * signs.count else { return .reachesOrigin }
      add(worst)
      // The next worst rows are looked at again one by one, which is cheaper than all heights.
      for row in candidates.dropFirst().prefix(support.count / 8)
      where support.count <= rank && shortfall(of: row) < -Self.tolerance {
        add(row)
      }
    }
  }

  /// u with u_i = y_i λ_i: the point is Σ_i u_i q_i.
  var signedWeights: [Double] {
    var u = [Double](repeating: 0, count: signs.count)
    for (row, weight) in zip(support, weights) {
      u[row] = signs[row] * weight
    }
    return u
  }

  /// t with G_SS t = c over the rows of `support`.
  func solution(_ c: [Double]) -> [Double] { factor.solution(c) }

  // MARK: Steps

  /// a_i · Σ_j λ_j a_j for every row i.
  private func heights() -> [Double] {
    let n = signs.count
    var heights = [Double](repeating: 0, count: n)
    FrozenKernels.addCombination(
      zip(support, weights).map { signs[$0] * $1 }, support.map { $0 * n }, of: projection,
      to: &heights, at: 0, count: n)
    for row in 0..<n {
      heights[row] *= signs[row]
    }
    return heights
  }

  /// (Gλ)_i − 1.
  private func shortfall(of row: Int) -> Double {
    var (height, sum) = (0.0, 0.0)
    for (other, weight) in zip(support, weights) {
      height += weight * signs[other] * projection[row * signs.count + other]
      sum += weight
    }
    return signs[row] * height + sum - 1
  }

  private mutating func add(_ row: Int) {
    steps += 1
    guard join(row) else {
      isRefused[row] = true
      return
    }
    if moveToSolution() {
      for index in isRefused.indices { isRefused[index] = false }
    } else {
      isRefused[row] = true
    }
  }

  /// Puts a row into the support with the weight 0, unless it depends on those there.
  private mutating func join(_ row: Int) -> Bool {
    let start = row * signs.count
    let column = support.map { signs[row] * signs[$0] * projection[start + $0] + 1 }
    guard factor.append(column, square: projection[start + row] + 1) else { return false }
    support.append(row)
    weights.append(0)
    isActive[row] = true
    return true
  }

  /// Moves the weights towards the solution of G_SS t = 1, dropping rows that reach 0 on the way.
  ///
  /// Returns false when the row that came last was the first to go: rounding alone let it in.
  @discardableResult
  private mutating func moveToSolution() -> Bool {
    let newest = support.last
    var isFirst = true
    while true {
      let target = factor.solutionForOnes()
      var (share, blocking) = (1.0, -1)
      for index in target.indices where target[index] <= Self.least {
        let fall = weights[index] - target[index]
        let reach = weights[index] > Self.least ? min(1, weights[index] / fall) : 0
        if blocking < 0 || reach < share {
          (share, blocking) = (reach, index)
        }
      }
      if blocking < 0 {
        weights = target
        return true
      }
      if isFirst && support[blocking] == newest && weights[blocking] <= Self.least {
        leave(blocking)
        return false
      }
      isFirst = false
      for index in weights.indices {
        weights[index] = max(0, weights[index] + share * (target[index] - weights[index]))
      }
      leave(blocking)
    }
  }

  private mutating func leave(_ index: Int) {
    factor.remove(at: index)
    isActive[support[index]] = false
    support.remove(at: index)
    weights.remove(at: index)
  }
}
