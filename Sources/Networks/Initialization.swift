public import Parity

/// How the parameters are drawn before training; biases start at 0 unless a case says otherwise.
public enum Initialization: String, CaseIterable, Sendable {
  /// U(−l, l) with l = √(6 / (fan-in + fan-out)): Glorot and Bengio 2010.
  case glorot
  /// U(−l, l) with l = √(6 / fan-in): He, Zhang, Ren and Sun 2015.
  case he
  /// The first layer ±1, each equally likely, the others as ``glorot``: the start from which gradient
  /// descent learns full parity (Abbe et al. 2024, arXiv 2412.04910).
  case rademacher
  /// U(−l, l) with l = 1/√fan-in for weights and biases: LeCun, Bottou, Orr and Müller 1998 up to a
  /// factor, and the start PyTorch gives a linear layer.
  case fanIn
  /// Hidden units that count the ones, an *informed* start: it builds in that parity depends on the
  /// count of ones alone, which a learner is not told. Report it beside an uninformed start.
  ///
  /// Every weight into a hidden unit is g·(1 + 0.1·N(0, 1)) with g = 0.3, so that the unit sees about
  /// g times the sum of its ±1 inputs; its bias is U(−r, r), r = Σ|w|, so that its step lies anywhere
  /// in the range of that sum. The weights into the output unit are U(−2g, 2g), its bias is 0: for an
  /// output tanh(z/2), which the logistic unit is up to coding, the weights of z/2 are U(−g, g).
  case counting

  /// g of ``counting``.
  static let countingGain = 0.3

  /// A network of the given shape, its parameters drawn layer by layer, unit by unit: the weights of
  /// a unit in the order of its inputs, then its bias where that is drawn.
  public func callAsFunction(
    _ architecture: Architecture, using generator: inout SeededGenerator
  ) -> Network {
    var parameters = [Double](repeating: 0, count: architecture.parameters)
    for (index, layer) in architecture.layers.enumerated() {
      let isOutput = index == architecture.depth
      for unit in 0..<layer.outputs.count {
        let weights = layer.weights(intoUnit: unit)
        for weight in weights {
          parameters[weight] = self.weight(layer, isFirst: index == 0, isOutput, &generator)
        }
        switch self {
        case .glorot, .he, .rademacher: break
        case .fanIn:
          parameters[layer.biases.lowerBound + unit] = generator.symmetric(limit(of: layer))
        case .counting where !isOutput:
          let range = weights.reduce(0) { $0 + parameters[$1].magnitude }
          parameters[layer.biases.lowerBound + unit] = generator.symmetric(range)
        case .counting: break
        }
      }
    }
    return Network(architecture, parameters: parameters)
  }

  private func weight(
    _ layer: Layer, isFirst: Bool, _ isOutput: Bool, _ generator: inout SeededGenerator
  ) -> Double {
    switch self {
    case .rademacher where isFirst: generator.sign()
    case .counting where !isOutput: Self.countingGain * (1 + 0.1 * generator.nearlyNormal())
    case .glorot, .he, .rademacher, .fanIn, .counting: generator.symmetric(limit(of: layer))
    }
  }

  private func limit(of layer: Layer) -> Double {
    switch self {
    case .glorot, .rademacher:
      (6 / Double(layer.inputs.count + layer.outputs.count)).squareRoot()
    case .he: (6 / Double(layer.inputs.count)).squareRoot()
    case .fanIn: 1 / Double(layer.inputs.count).squareRoot()
    case .counting: 2 * Self.countingGain
    }
  }
}
