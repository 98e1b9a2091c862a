import Networks

/// Something to do with a pass over batches, written once for all activations.
protocol DenseWork {
  associatedtype Result

  func run<Activation: LaneActivation>(_ activation: Activation.Type) -> Result
}

extension DenseWork {
  /// Does the work with the activation as a type, so that the pass is compiled for each.
  func perform(_ activation: Activation) -> Result {
    switch activation {
    case .sigmoid: run(LaneSigmoid.self)
    case .tanh: run(LaneTanh.self)
    case .relu: run(LaneReLU.self)
    case .leakyRelu: run(LaneLeakyReLU.self)
    case .elu: run(LaneELU.self)
    case .step: preconditionFailure("a step has no slope to learn from")
    }
  }
}
