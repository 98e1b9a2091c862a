public import Parity

/// How the weights are drawn before training; all biases start at 0.
public enum Initialization: String, CaseIterable, Sendable {
  /// U(−l, l) with l = √(6 / (fan-in + fan-out)): Glorot and Bengio 2010.
  case glorot
  /// U(−l, l) with l = √(6 / fan-in): He, Zhang, Ren and Sun 2015.
  case he
  /// The first layer ±1, each equally likely, the others as ``glorot``: the start from which gradient
  /// descent learns full parity (Abbe et al. 2024, arXiv 2412.04910).
  case rademacher

  /// A network of the given shape, its weights drawn layer by layer, unit by unit.
  public func callAsFunction(
    _ architecture: Architecture, using generator: inout SeededGenerator
  ) -> Network {
    var parameters = [Double](repeating: 0, count: architecture.parameters)
    for (index, layer) in architecture.layers.enumerated() {
      let limit = limit(of: layer)
      for weight in layer.weights {
        let isSign = self == .rademacher && index == 0
        parameters[weight] = isSign ? generator.sign() : generator.symmetric(limit)
      }
    }
    return Network(architecture, parameters: parameters)
  }

  private func limit(of layer: Layer) -> Double {
    switch self {
    case .glorot, .rademacher:
      (6 / Double(layer.inputs.count + layer.outputs.count)).squareRoot()
    case .he:
      (6 / Double(layer.inputs.count)).squareRoot()
    }
  }
}
