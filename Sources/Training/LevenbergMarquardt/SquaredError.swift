package import Networks

/// The squared error of a network on its rows, ½ Σ (t − y)² with t = tanh(z/2) and y = ±1.
///
/// Two conform: the specification ``DenseSquaredError``, for every network, and its fast twin
/// ``TableSquaredError``.
package protocol SquaredError {
  /// Computes the network at `parameters` on all rows.
  mutating func value(at parameters: [Double]) -> SquaredErrorValue

  /// Writes JᵀJ and Jᵀe at `parameters`, which must be those of the last value.
  mutating func linearize(_ parameters: [Double], into equations: inout NormalEquations)
}

/// What a squared error is at one point.
package struct SquaredErrorValue: Equatable, Sendable {
  /// Σ (t − y)² over the rows.
  package var sum: Double
  /// The rows whose logit has the label's sign.
  package var solvedRows: Int
}

extension NormalEquations {
  /// Equations for the parameters of a network, damped in the recipe's coordinates.
  ///
  /// D is 1, but 1/4 for the weights and the bias of the output unit: ``LevenbergMarquardt`` says why.
  package init(_ architecture: Architecture) {
    var scale = [Double](repeating: 1, count: architecture.parameters)
    if let output = architecture.layers.last {
      for index in output.weights.lowerBound..<output.biases.upperBound {
        scale[index] = 0.25
      }
    }
    self.init(scale: scale)
  }
}
