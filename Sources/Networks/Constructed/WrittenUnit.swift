/// One unit of a constructed network.
struct WrittenUnit {
  /// A weight for each value its layer sees, in the order of the stack.
  let weights: [Double]

  /// The bias.
  let bias: Double
}

extension Network {
  /// A network of the given hidden units, layer after layer, and the given output unit.
  init(_ architecture: Architecture, hidden: [[WrittenUnit]], output: WrittenUnit) {
    let parameters = (hidden + [[output]]).flatMap { units in
      units.flatMap { $0.weights } + units.map { $0.bias }
    }
    self.init(architecture, parameters: parameters)
  }
}
