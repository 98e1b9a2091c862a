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
  switch network.architecture.activation {
  case .sigmoid: return train(network, on: table, settings, LaneSigmoid.self)
  case .tanh: return train(network, on: table, settings, LaneTanh.self)
  case .relu: return train(network, on: table, settings, LaneReLU.self)
  case .leakyRelu: return train(network, on: table, settings, LaneLeakyReLU.self)
  case .elu: return train(network, on: table, settings, LaneELU.self)
  case .step: preconditionFailure("a step has no slope to learn from")
  }
}

private func train<Activation: LaneActivation>(
  _ network: Network, on table: TruthTable, _ settings: TrainingSettings, _: Activation.Type
) -> TrainingResult {
  let architecture = network.architecture
  let rows = TableRows(table)
  if architecture.depth == 1, architecture.connections == .sequential {
    var pass = ShallowPass<Activation>(rows, units: architecture.units)
    return descend(network, on: table, settings, &pass)
  }
  var generator = SeededGenerator(seed: 0, stream: "unused")
  return train(
    network,
    on: Examples(
      DataSet(table.task, rows: (0..<table.task.rowCount).filter { table.isTraining(Int($0)) }),
      coding: table.coding), settings, order: &generator)
}

/// The steps of a training run.
private func descend<Pass: TablePass & ~Copyable>(
  _ network: Network, on table: TruthTable, _ settings: TrainingSettings, _ pass: inout Pass
) -> TrainingResult {
  let count = network.parameters.count
  let vectors = (count + 7) / 8
  let parameters = LaneMemory(vectors)
  let gradient = LaneMemory(vectors)
  for index in 0..<count { parameters.floats[index] = Float(network.parameters[index]) }
  var optimizer = LaneOptimizer(settings.optimizer, count: vectors)
  let trainingCount = table.trainingCount

  func result(_ reason: StopReason?, _ epoch: Int) -> TrainingResult {
    let numbers = (0..<count).map { Double(parameters.floats[$0]) }
    let network = Network(network.architecture, parameters: numbers)
    let check = table.check(network)
    let isSolved = check.solvedRows == trainingCount
    return TrainingResult(
      reason: reason ?? (isSolved ? .solved : .budget), epochs: epoch,
      score: Score(loss: check.loss, solvedRows: check.solvedRows), network: network)
  }

  var epoch = 0
  while true {
    let judgement = pass.evaluate(parameters.floats, into: gradient.floats)
    guard judgement.isFinite else { return result(.diverged, epoch) }
    if epoch == settings.epochs { return result(nil, epoch) }
    if settings.stopsWhenSolved, judgement.solvedRows == trainingCount {
      let proposal = result(nil, epoch)
      if proposal.reason == .solved { return proposal }
    }
    guard optimizer.step(parameters.base, gradient.base) else {
      return result(.diverged, epoch + 1)
    }
    epoch += 1
  }
}
