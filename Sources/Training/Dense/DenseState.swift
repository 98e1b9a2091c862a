import Networks
import Parity

/// All that a training in batches carries from epoch to epoch.
struct DenseState: ~Copyable {
  /// The parameters in the order of a ``DenseShape``.
  let parameters: LaneMemory
  /// The state of the optimizer, in the same order.
  var optimizer: LaneOptimizer
  /// The epochs done.
  var epoch = 0
  /// The examples of the present epoch that have had their step; 0 between two epochs.
  var done = 0
  /// The numbers of the examples, in the order of the last epoch.
  private(set) var order: [UInt32]
  /// What the order of the next epoch is drawn from.
  private(set) var generator: SeededGenerator
  /// What the order of the present epoch was drawn from.
  private var epochGenerator: SeededGenerator

  /// The state before the first epoch.
  init(
    _ network: Network, _ shape: DenseShape, _ rule: GradientRule,
    with options: GradientOptions = GradientOptions(), stepsPerEpoch: Int = 1, epochs: Int,
    examples: Int, _ generator: SeededGenerator
  ) {
    parameters = LaneMemory(shape.parameterVectors)
    for (position, parameter) in zip(shape.positions(network.architecture), network.parameters) {
      parameters.floats[position] = Float(parameter)
    }
    optimizer = LaneOptimizer(
      rule, count: shape.parameterVectors, options, stepsPerEpoch: stepsPerEpoch, epochs: epochs,
      weights: shape.weights(of: network.architecture))
    order = Array(0..<UInt32(examples))
    self.generator = generator
    epochGenerator = generator
  }

  /// Draws the order of the examples for an epoch, from that of their numbers.
  mutating func beginEpoch() {
    epochGenerator = generator
    for index in order.indices { order[index] = UInt32(index) }
    generator.shuffle(&order)
  }

  /// All of it but what is set.
  func checkpoint(
    _ architecture: Architecture, _ shape: DenseShape, lastPoint: Int, solvedRows: Int
  ) -> Checkpoint {
    Checkpoint(
      epoch: epoch, solvedRows: solvedRows, lastPoint: lastPoint,
      parameters: shape.numbers(in: parameters, architecture),
      rest: .batches(
        optimizer.checkpoint(at: shape.positions(architecture)),
        Checkpoint.BatchOrder(done > 0 ? epochGenerator : generator, done: done)))
  }

  /// Goes on from a checkpoint.
  mutating func restore(
    _ checkpoint: Checkpoint, _ architecture: Architecture, _ shape: DenseShape
  ) {
    guard case .batches(let state, let batches) = checkpoint.rest else {
      preconditionFailure("a checkpoint of another optimizer")
    }
    let positions = shape.positions(architecture)
    for (position, number) in zip(positions, checkpoint.parameters) {
      parameters.floats[position] = Float(number)
    }
    optimizer.restore(state, at: positions)
    epoch = checkpoint.epoch
    generator = batches.order
    done = batches.done
    if done > 0 { beginEpoch() }
  }

  /// The network with the present parameters.
  func network(_ architecture: Architecture, _ shape: DenseShape) -> Network {
    Network(architecture, parameters: shape.numbers(in: parameters, architecture))
  }
}

extension DenseShape {
  /// Whether the number at each position is a weight; biases and filling are none.
  func weights(of architecture: Architecture) -> [Bool] {
    var isWeight = Array(repeating: false, count: 8 * parameterVectors)
    let positions = positions(architecture)
    for layer in architecture.layers {
      for index in layer.weights { isWeight[positions[index]] = true }
    }
    return isWeight
  }

  /// The numbers at the positions of the network's parameters, in its order.
  func numbers(in memory: borrowing LaneMemory, _ architecture: Architecture) -> [Double] {
    var numbers: [Double] = []
    for position in positions(architecture) { numbers.append(Double(memory.floats[position])) }
    return numbers
  }
}
