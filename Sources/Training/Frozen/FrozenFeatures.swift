public import Networks
import Parity

/// One hidden layer of units whose weights and biases are drawn from N(0, 1) and never change.
///
/// Unit h computes φ_h(x) = g(b_h + Σ_i w_hi x_i) on inputs of ±1; only the output layer on top of
/// the units is free. The units are drawn one after another (n weights, then the bias), so unit h
/// is the same however many units are asked for, and the same weights serve every activation. With
/// the constant among the features, `step` units (0 or 1) separate exactly
/// what sign units (−1 or 1) do.
///
/// Source: the random layer of Rosenblatt's perceptron (1958); as features of a linear classifier,
/// Rahimi and Recht, NIPS 2008.
public struct FrozenFeatures: Hashable, Sendable {
  /// The function g of every unit.
  public let activation: Activation

  /// The number of inputs, n.
  public let bits: Int

  /// The seed of the weights.
  public let seed: UInt64

  /// The most inputs that can be asked for: 2^n rows are written out and compared pair by pair.
  public static let maximumBits = 12

  /// The features of a seed; `bits` is at most ``maximumBits``.
  public init(activation: Activation, bits: Int, seed: UInt64) {
    precondition(
      (1...Self.maximumBits).contains(bits), "bits must be 1...\(Self.maximumBits), got \(bits)")
    self.activation = activation
    self.bits = bits
    self.seed = seed
  }

  /// The number of rows of the truth table, 2^n.
  public var rowCount: Int { 1 << bits }

  /// The features of all rows, of shape (units + 1, 2^n): first the constant 1, then unit by unit.
  ///
  /// Fewer units give the first rows of the same matrix.
  public func matrix(units: Int) -> Matrix {
    var features = Matrix(height: units + 1, width: rowCount)
    for row in 0..<rowCount {
      features[0, row] = 1
    }
    let parameters = parameters(units: units)
    for unit in 0..<units {
      let start = unit * (bits + 1)
      for row in 0..<rowCount {
        var z = parameters[start + bits]
        for input in 0..<bits {
          let w = parameters[start + input]
          z += row >> input & 1 == 1 ? w : -w
        }
        features[unit + 1, row] = activation(z)
      }
    }
    return features
  }

  /// The whole network with the given output weights: first the bias, then one weight a unit.
  ///
  /// It sums its pre-activations in another order than ``matrix(units:)``, so that its logits may
  /// differ in their last bits.
  public func network(outputWeights: [Double]) -> Network {
    precondition(!outputWeights.isEmpty, "the output unit has a bias at least")
    let units = outputWeights.count - 1
    let drawn = parameters(units: units)
    let architecture = Architecture(inputs: bits, hidden: [units], activation: activation)
    var parameters: [Double] = []
    for unit in 0..<units {
      parameters += drawn[(unit * (bits + 1))..<(unit * (bits + 1) + bits)]
    }
    for unit in 0..<units {
      parameters.append(drawn[unit * (bits + 1) + bits])
    }
    parameters += outputWeights.dropFirst() + outputWeights.prefix(1)
    return Network(architecture, parameters: parameters)
  }

  /// Unit after unit: n weights, then the bias.
  private func parameters(units: Int) -> [Double] {
    precondition(units >= 0, "\(units) units")
    var normal = NormalNumbers(seed: seed, stream: "frozen features")
    return (0..<(units * (bits + 1))).map { _ in normal.next() }
  }

  /// As many labels 1 as 0 for the 2^n rows, every choice equally likely: Cover's comparison.
  public static func balancedLabels(bits: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed, stream: "balanced labels")
    var labels = (0..<(1 << bits)).map { UInt8($0 & 1) }
    generator.shuffle(&labels)
    return labels
  }
}
