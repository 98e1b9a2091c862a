import Networks
import Parity
import Training

/// Small problems that several tests train on.
enum Problems {
  static func parity(_ bits: Int) -> Examples {
    Examples(.truthTable(ParityTask(bits: bits)), coding: .plusMinusOne)
  }

  static func table(_ bits: Int) -> ParityTable {
    ParityTable(ParityTask(bits: bits), coding: .plusMinusOne)
  }

  /// The AND of two inputs, which a single logistic unit can learn.
  static let and = Examples(inputs: parity(2).inputs, labels: [0, 0, 0, 1])

  static func network(
    _ architecture: Architecture, seed: UInt64, _ start: Initialization = .glorot
  ) -> Network {
    var generator = SeededGenerator(seed: seed, stream: "initialization")
    return start(architecture, using: &generator)
  }

  static let adam = GradientRule.adam(
    learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
}

/// Trains with the order drawn from a stream of `seed`.
func train(
  _ network: Network, on examples: Examples, by rule: GradientRule, batch: Batch = .full,
  within budget: Budget, seed: UInt64 = 1
) -> TrainingResult {
  var generator = SeededGenerator(seed: seed, stream: "order")
  return train(network, on: examples, by: rule, batch: batch, within: budget, order: &generator)
}

/// Trains by the squared error.
func train(
  _ network: Network, on table: ParityTable, by rule: LevenbergMarquardt, within budget: Budget,
  observer: CurveObserver? = nil
) -> TrainingResult {
  var generator = SeededGenerator(seed: 1, stream: "order")
  let settings = TrainingSettings(optimizer: .levenbergMarquardt(rule), budget: budget)
  return train(network, on: table, settings, order: &generator, observer: observer)
}
