public import Networks
import Parity

/// Trains `network` on a truth table by the logistic loss, all rows in every step: the fast twin of
/// ``train(_:on:_:order:)``, in single precision.
///
/// Rows are judged before each step and after the last. Single precision proposes that all rows are
/// right, double precision decides: a result is ``StopReason/solved`` only if the network solves
/// every training row by the specification's own forward pass, which also gives the score.
///
/// Preconditions: the network has an input for each bit and a trainable activation, and the
/// settings have the full batch and an optimizer that steps from the gradient.
public func train(
  _ network: Network, on table: TruthTable, _ settings: TrainingSettings
) -> TrainingResult {
  precondition(settings.batch == .full, "a table is trained on as a whole")
  precondition(
    network.architecture.inputs == table.task.bits,
    "\(network.architecture.inputs) inputs for \(table.task.bits) bits")
  let end = descend(network, on: table, settings) {
    table.check($0).solvedRows == table.trainingCount
  }
  let check = table.check(end.network)
  let isSolved = check.solvedRows == table.trainingCount
  let reason: StopReason =
    end.isFinite && check.loss.isFinite ? (isSolved ? .solved : .budget) : .diverged
  return TrainingResult(
    reason: reason, epochs: end.epochs,
    score: Score(loss: check.loss, solvedRows: check.solvedRows), network: end.network)
}

/// Where the steps of a training run ended.
package struct Descent: Sendable {
  /// The network, its parameters those of single precision.
  package let network: Network
  /// The steps taken.
  package let epochs: Int
  /// Whether everything was a number to the end.
  package let isFinite: Bool
}

/// The steps of ``train(_:on:_:)`` alone, without the judgement at the end.
///
/// `accepts` is asked whether a network that single precision finds right is right, and ends the run
/// if so; never when the settings do not stop at a solution.
package func descend(
  _ network: Network, on table: TruthTable, _ settings: TrainingSettings,
  accepts: (Network) -> Bool
) -> Descent {
  switch network.architecture.activation {
  case .sigmoid: descend(network, on: table, settings, LaneSigmoid.self, accepts)
  case .tanh: descend(network, on: table, settings, LaneTanh.self, accepts)
  case .relu: descend(network, on: table, settings, LaneReLU.self, accepts)
  case .leakyRelu: descend(network, on: table, settings, LaneLeakyReLU.self, accepts)
  case .elu: descend(network, on: table, settings, LaneELU.self, accepts)
  case .step: preconditionFailure("a step has no slope to learn from")
  }
}

private func descend<Activation: LaneActivation>(
  _ network: Network, on table: TruthTable, _ settings: TrainingSettings, _: Activation.Type,
  _ accepts: (Network) -> Bool
) -> Descent {
  let architecture = network.architecture
  let rows = TableRows(table)
  if architecture.depth == 1, architecture.connections == .sequential {
    var pass = ShallowPass<Activation>(rows, units: architecture.units)
    return descend(network, rows, settings, &pass, accepts)
  }
  var generator = SeededGenerator(seed: 0, stream: "unused")
  let result = train(
    network,
    on: Examples(
      DataSet(table.task, rows: (0..<table.task.rowCount).filter { table.isTraining(Int($0)) }),
      coding: table.coding), settings, order: &generator)
  return Descent(
    network: result.network, epochs: result.epochs, isFinite: result.reason != .diverged)
}

private func descend<Pass: TablePass & ~Copyable>(
  _ network: Network, _ rows: TableRows, _ settings: TrainingSettings, _ pass: inout Pass,
  _ accepts: (Network) -> Bool
) -> Descent {
  let vectors = pass.parameterCount / 8
  let parameters = LaneMemory(vectors)
  let gradient = LaneMemory(vectors)
  let positions = network.parameters.indices.map { pass.position(of: $0) }
  for (index, position) in positions.enumerated() {
    parameters.floats[position] = Float(network.parameters[index])
  }
  var optimizer = LaneOptimizer(settings.optimizer, count: vectors)

  func end(_ epochs: Int, isFinite: Bool = true) -> Descent {
    let numbers = positions.map { Double(parameters.floats[$0]) }
    return Descent(
      network: Network(network.architecture, parameters: numbers), epochs: epochs,
      isFinite: isFinite)
  }

  for epoch in 0..<settings.epochs {
    let judgement = pass.evaluate(parameters.floats, into: gradient.floats)
    guard judgement.isFinite else { return end(epoch, isFinite: false) }
    if settings.stopsWhenSolved, judgement.solvedRows == rows.trainingRows {
      let proposal = end(epoch)
      if accepts(proposal.network) { return proposal }
    }
    guard optimizer.step(parameters.base, gradient.base) else {
      return end(epoch + 1, isFinite: false)
    }
  }
  return end(settings.epochs)
}
