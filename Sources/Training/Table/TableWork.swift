import Networks

/// Something to do with a pass, written once for all kinds of passes.
protocol TableWork {
  associatedtype Result

  /// What the gradient of the pass is that of.
  var loss: Loss { get }
  /// Who shares the parts of the table.
  var crew: Crew { get }

  /// Does it with the pass of a network; `trainingRows` is the number of rows that the pass judges.
  func run<Pass: TablePass & ~Copyable>(_ pass: borrowing Pass, trainingRows: Int) -> Result
}

extension TableWork {
  /// Makes the pass for the architecture and does the work with it.
  ///
  /// The activation becomes a type here, so that each pass is compiled for each activation.
  func perform(on table: ParityTable, _ architecture: Architecture) -> Result {
    switch architecture.activation {
    case .sigmoid: perform(on: table, architecture, LaneSigmoid.self)
    case .tanh: perform(on: table, architecture, LaneTanh.self)
    case .relu: perform(on: table, architecture, LaneReLU.self)
    case .leakyRelu: perform(on: table, architecture, LaneLeakyReLU.self)
    case .elu: perform(on: table, architecture, LaneELU.self)
    case .step: preconditionFailure("a step has no slope to learn from")
    }
  }

  private func perform<Activation: LaneActivation>(
    on table: ParityTable, _ architecture: Architecture, _: Activation.Type
  ) -> Result {
    let rows = TableRows(table)
    if architecture.depth == 1, architecture.connections == .sequential {
      let pass = ShallowPass<Activation>(rows, units: architecture.units, loss: loss, crew)
      return run(pass, trainingRows: rows.trainingRows)
    }
    let pass = DeepPass<Activation>(rows, architecture, loss: loss, crew)
    return run(pass, trainingRows: rows.trainingRows)
  }
}

/// The parameters of a network in the order of a pass.
struct PassParameters: ~Copyable {
  let memory: LaneMemory
  let positions: [Int]

  init<Pass: TablePass & ~Copyable>(_ network: Network, _ pass: borrowing Pass) {
    memory = LaneMemory(pass.parameterCount / 8)
    var positions: [Int] = []
    for index in network.parameters.indices { positions.append(pass.position(of: index)) }
    self.positions = positions
    write(network.parameters, to: memory)
  }

  /// Puts numbers in the network's order to the positions of the parameters in `memory`, rounded to
  /// single precision.
  func write(_ numbers: [Double], to memory: borrowing LaneMemory) {
    for (position, number) in zip(positions, numbers) {
      memory.floats[position] = Float(number)
    }
  }

  /// Whether the number at each position is a weight; biases and gaps are none.
  func weights(of architecture: Architecture) -> [Bool] {
    var isWeight = Array(repeating: false, count: 8 * memory.count)
    for layer in architecture.layers {
      for index in layer.weights { isWeight[positions[index]] = true }
    }
    return isWeight
  }

  /// The numbers in `memory` at the positions of the parameters, in the network's order.
  func numbers(_ memory: borrowing LaneMemory) -> [Double] {
    positions.map { Double(memory.floats[$0]) }
  }
}
