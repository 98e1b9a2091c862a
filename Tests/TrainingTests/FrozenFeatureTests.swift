import Networks
import Parity
import Testing
import Training

struct FrozenFeatureTests {
  private static let activations: [Activation] = [.step, .relu, .tanh]

  @Test(arguments: activations)
  func `fewer units are the first of more`(activation: Activation) {
    let features = FrozenFeatures(activation: activation, bits: 4, seed: 3)
    let many = features.matrix(units: 9)
    for units in 0..<9 {
      let few = features.matrix(units: units)
      #expect(few.height == units + 1)
      #expect(few.elements == Array(many.elements[..<few.elements.count]))
    }
    #expect(many.elements[..<16].allSatisfy { $0 == 1 }, "the constant comes first")
  }

  @Test func `other seeds give other units and the same seed the same`() {
    let one = FrozenFeatures(activation: .tanh, bits: 3, seed: 1)
    let two = FrozenFeatures(activation: .tanh, bits: 3, seed: 2)
    #expect(one.matrix(units: 5) == one.matrix(units: 5))
    #expect(one.matrix(units: 5) != two.matrix(units: 5))
  }

  @Test(arguments: activations)
  func `a network of the frozen units computes the same features`(activation: Activation) {
    let features = FrozenFeatures(activation: activation, bits: 5, seed: 8)
    let matrix = features.matrix(units: 7)
    let weights = [0.5, 1, -2, 0.25, 3, -1, 0.125, 2]
    let network = features.network(outputWeights: weights)
    let task = ParityTask(bits: 5)
    let logits = network.forward(
      Matrix(DataSet.truthTable(task), coding: .plusMinusOne)
    ).logits
    for (row, logit) in logits.enumerated() {
      let expected = weights.indices.reduce(0) { $0 + weights[$1] * matrix[$1, row] }
      #expect(abs(logit - expected) <= 1e-13, "row \(row)")
    }
  }

  /// ReLU units show the pre-activation where it is positive.
  ///
  /// With one input on it is the sum of a weight and a bias: N(0, 2), 40 000 times.
  @Test func `weights and biases are standard normal`() {
    let features = FrozenFeatures(activation: .relu, bits: 1, seed: 5)
    let units = 40_000
    let matrix = features.matrix(units: units)
    var (positive, square, fourth) = (0, 0.0, 0.0)
    for unit in 1...units {
      let z = matrix[unit, 1]
      positive += z > 0 ? 1 : 0
      square += z * z / 2
      fourth += z * z * z * z / 4
    }
    // Half of N(0, 1): P = 1/2, E z² = 1/2, E z⁴ = 3/2; five standard deviations of each mean.
    let count = Double(units)
    #expect(abs(Double(positive) / count - 0.5) <= 5 * 0.5 / count.squareRoot())
    #expect(abs(square / count - 0.5) <= 5 * 1.12 / count.squareRoot())
    #expect(abs(fourth / count - 1.5) <= 5 * 7.1 / count.squareRoot())
  }

  @Test func `balanced labels are half ones and differ by seed`() {
    let labels = (1...20).map { FrozenFeatures.balancedLabels(bits: 5, seed: $0) }
    for drawn in labels {
      #expect(drawn.count { $0 == 1 } == 16)
      #expect(drawn.count { $0 == 0 } == 16)
    }
    #expect(Set(labels).count == 20)
    #expect(labels[0] == FrozenFeatures.balancedLabels(bits: 5, seed: 1))
  }
}
