public import Networks
import Parity

/// The whole state of a training on its way: from it the training goes on with the same bytes.
///
/// It is taken before the step of an epoch. Its bytes are written and read exactly, bit pattern by bit
/// pattern; ``fits(_:on:_:)`` says whether it can be the state of a training, whatever its bytes are.
public struct Checkpoint: Equatable, Sendable {
  /// The epochs spent.
  public let epoch: Int
  /// The training rows that are right at ``parameters``.
  public let solvedRows: Int
  /// The epoch of the last point of the learning curve, −1 before the first.
  let lastPoint: Int
  /// All weights and biases, in the order of the network.
  package let parameters: [Double]
  /// What else the optimizer carries.
  let rest: Rest

  /// What an optimizer carries beside the parameters.
  enum Rest: Equatable, Sendable {
    /// Steps on all rows.
    case steps(OptimizerState)
    /// Steps on batches of rows.
    case batches(OptimizerState, BatchOrder)
    /// Levenberg–Marquardt: μ, and the iterations in a row that stalled.
    case damped(Double, stalls: Int)
  }

  init(epoch: Int, solvedRows: Int, lastPoint: Int, parameters: [Double], rest: Rest) {
    self.epoch = epoch
    self.solvedRows = solvedRows
    self.lastPoint = lastPoint
    self.parameters = parameters
    self.rest = rest
  }

  /// What ``GradientRule/State`` and ``LaneOptimizer`` carry from step to step, in the order of the
  /// parameters.
  struct OptimizerState: Equatable, Sendable {
    /// The velocity, first moment, or the gradient of the step before, by rule.
    var first: [Double]
    /// The second moment or the step size, by rule.
    var second: [Double]
    /// β1^t and β2^t.
    var decay1: Double
    var decay2: Double
    /// The steps taken.
    var steps: Int
  }

  /// The order of the rows and how far an epoch is in it.
  struct BatchOrder: Equatable, Sendable {
    /// The state of the generator from which the order of this epoch is drawn: the order itself would
    /// be most of a checkpoint.
    var generator: [UInt64]
    /// The rows of this epoch that have had their step.
    var done: Int

    init(_ generator: SeededGenerator, done: Int) {
      let state = generator.state
      self.init([state.0, state.1, state.2, state.3], done)
    }

    init(_ generator: [UInt64], _ done: Int) {
      (self.generator, self.done) = (generator, done)
    }

    /// The generator in the state it had.
    var order: SeededGenerator {
      SeededGenerator(state: (generator[0], generator[1], generator[2], generator[3]))
    }

    /// Whether it is an order of so many rows.
    func isPossible(of rows: Int) -> Bool {
      (0..<rows).contains(done) && generator.contains { $0 != 0 }
    }
  }
}

extension Checkpoint {
  /// Whether a training of a network of this shape on the rows of `table` can be in this state.
  ///
  /// A training that is handed another one ends the program, since it cannot go on.
  public func fits(
    _ architecture: Architecture, on table: ParityTable, _ settings: TrainingSettings
  ) -> Bool {
    let (count, rows) = (architecture.parameters, table.trainingCount)
    func isWhole(_ state: OptimizerState) -> Bool {
      state.first.count == count && state.second.count == count && state.steps >= 0
    }
    let epochs = settings.budget.epochs
    guard parameters.count == count, (0...epochs).contains(epoch), (0...rows).contains(solvedRows),
      (-1...epoch).contains(lastPoint)
    else { return false }
    switch (rest, settings.optimizer) {
    case (.steps(let state), .gradient(_, batch: .full)): return isWhole(state)
    case (.batches(let state, let order), .gradient(_, batch: .rows)):
      return isWhole(state) && order.isPossible(of: rows)
    case (.damped(let damping, let stalls), .levenbergMarquardt(let rule)):
      return LevenbergMarquardt.dampingRange.contains(damping) && (0...rule.stalls).contains(stalls)
    default: return false
    }
  }
}
