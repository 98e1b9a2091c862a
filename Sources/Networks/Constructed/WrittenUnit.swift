/// One unit as a construction writes it down.
struct WrittenUnit {
  /// A weight for each value its layer sees, in the order of the stack.
  let weights: [Double]

  /// The bias.
  let bias: Double
}

extension Network {
  /// A network with every hidden unit, layer after layer, and its output unit written down.
  init(_ architecture: Architecture, hidden: [[WrittenUnit]], output: WrittenUnit) {
    let parameters = (hidden + [[output]]).flatMap { units in
      units.flatMap { $0.weights } + units.map { $0.bias }
    }
    self.init(architecture, parameters: parameters)
  }
}
