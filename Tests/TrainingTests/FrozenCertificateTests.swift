import Networks
import Parity
import Testing
import Training

/// A certificate is worth something only if a false one is refused.
struct FrozenCertificateTests {
  private let labels = DataSet.truthTable(ParityTask(bits: 4)).labels
  private let features = FrozenFeatures(activation: .tanh, bits: 4, seed: 2)

  private func minimum() throws -> FrozenMinimum {
    guard case .found(let minimum) = features.minimumCount(labels: labels) else {
      throw Missing()
    }
    return minimum
  }

  private struct Missing: Error {}

  @Test func `weights are refused for one wrong row, one wrong weight or a tie`() throws {
    let minimum = try minimum()
    let matrix = features.matrix(units: minimum.units)
    let weights = minimum.separating.weights
    #expect(minimum.separating.check(matrix, labels: labels) == minimum.margin)
    for row in labels.indices {
      var flipped = labels
      flipped[row] = 1 - flipped[row]
      #expect(minimum.separating.check(matrix, labels: flipped) == nil, "row \(row)")
    }
    #expect(SeparatingWeights(weights: weights.map { -$0 }).check(matrix, labels: labels) == nil)
    #expect(SeparatingWeights(weights: weights.map { $0 * 0 }).check(matrix, labels: labels) == nil)
    #expect(SeparatingWeights(weights: weights.dropLast()).check(matrix, labels: labels) == nil)
    var broken = weights
    broken[1] = .nan
    #expect(SeparatingWeights(weights: broken).check(matrix, labels: labels) == nil)
    // Without its last unit the rest cannot separate, whatever the weights are.
    let fewer = features.matrix(units: minimum.units - 1)
    #expect(SeparatingWeights(weights: weights.dropLast()).check(fewer, labels: labels) == nil)
  }

  @Test func `a margin that rounding may have made is refused`() {
    var matrix = Matrix(height: 3, width: 1)
    matrix.elements = [1, 1, 1]
    // The sum is 2^−52, one rounding of its terms.
    let weights = SeparatingWeights(weights: [1, 0x1p-52, -1])
    #expect(weights.check(matrix, labels: [1]) == nil)
    #expect(SeparatingWeights(weights: [1, 0x1p-40, -1]).check(matrix, labels: [1]) != nil)
  }

  @Test func `convex weights are refused when moved, negative or of another sum`() throws {
    let minimum = try minimum()
    let refutation = try #require(minimum.refutation)
    let matrix = features.matrix(units: minimum.units - 1)
    #expect(refutation.check(matrix, labels: labels) == minimum.proof)
    for row in labels.indices where refutation.weights[row] > 0 {
      var moved = refutation.weights
      moved[row] += 1e-9
      moved[(row + 1) % moved.count] -= 1e-9
      #expect(Refutation(weights: moved).check(matrix, labels: labels) == nil, "row \(row)")
      var flipped = labels
      flipped[row] = 1 - flipped[row]
      #expect(refutation.check(matrix, labels: flipped) == nil, "row \(row)")
    }
    let doubled = Refutation(weights: refutation.weights.map { 2 * $0 })
    #expect(doubled.check(matrix, labels: labels) == nil)
    let negative = Refutation(weights: refutation.weights.map { -$0 })
    #expect(negative.check(matrix, labels: labels) == nil)
    let none = Refutation(weights: refutation.weights.map { $0 * 0 })
    #expect(none.check(matrix, labels: labels) == nil)
    // One unit more separates, so the same weights cannot refute it.
    let more = features.matrix(units: minimum.units)
    #expect(refutation.check(more, labels: labels) == nil)
  }

  /// The rows (1, 1) and (1, 1 + 2^−50) with different labels are separable, though barely: weights
  /// of a half leave a residual of 2^−51, which a loose tolerance lets pass as numerical only.
  @Test func `a residual that no exact weights near by can cancel proves a radius and no more`() {
    var matrix = Matrix(height: 2, width: 2)
    matrix.elements = [1, 1, 1, 1 + 0x1p-50]
    let half = Refutation(weights: [0.5, 0.5])
    guard case .within(let radius) = half.check(matrix, labels: [1, 0]) else {
      Issue.record("\(String(describing: half.check(matrix, labels: [1, 0])))")
      return
    }
    #expect(abs(radius * 0x1p-51 - 1) <= 1e-10)
    #expect(half.check(matrix, labels: [1, 0], tolerance: 1e-17) == nil)
    // Beyond the radius there are weights that do separate: length 2^51.5 against 2^51.
    let long = SeparatingWeights(weights: [1 + 0x1p51, -0x1p51])
    #expect(long.weights[0] + long.weights[1] == 1, "the first row has the margin 1")
    #expect(long.weights[0] + long.weights[1] * (1 + 0x1p-50) == -1, "and so has the second")
    matrix.elements = [1, 1, 1, 1]
    #expect(half.check(matrix, labels: [1, 0]) == .exact(deviation: 0))
  }
}
