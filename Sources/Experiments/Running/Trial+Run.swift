import Networks
import Parity
import Training

extension Trial {
  /// Trains the network and judges it on every row of the truth table.
  ///
  /// A pure function of the trial: no clock, no other trial and no machine reaches the record.
  public func run() -> Record {
    let table = DataSet.truthTable(task)
    var dataGenerator = generator(.data)
    let (training, heldOut) = table.split(heldOut: heldOutRows, using: &dataGenerator)

    var initializationGenerator = generator(.initialization)
    let start = initialization(architecture, using: &initializationGenerator)
    var orderGenerator = generator(.order)
    let result = train(
      start, on: Examples(training, coding: coding), self.training, order: &orderGenerator)

    let heldOutSolved =
      heldOutRows == 0
      ? 0 : result.network.score(on: Examples(heldOut, coding: coding)).solvedRows
    return record(of: result, heldOutSolved: heldOutSolved)
  }

  private func record(of result: TrainingResult, heldOutSolved: Int) -> Record {
    let solved = result.score.solvedRows + heldOutSolved
    let outcome: Record.Outcome =
      switch result.reason {
      case .diverged: .diverged
      case .solved, .budget: solved == rows ? .solved : .budget
      }
    let batch =
      switch self.training.batch {
      case .full: "full"
      case .rows(let rows): "\(rows)"
      }
    return Record(
      key: key, arm: arm, family: "trained", bits: task.bits, relevant: task.relevantCount,
      depth: architecture.depth, widths: widths, connections: architecture.connections.rawValue,
      units: architecture.units, parameters: architecture.parameters,
      activation: architecture.activation.rawValue,
      optimizer: self.training.optimizer.name.rawValue, seed: seed, outcome: outcome, rows: rows,
      solvedRows: solved, loss: result.score.loss.isFinite ? result.score.loss : nil,
      epochs: result.epochs, initialization: initialization.rawValue,
      learningRate: self.training.optimizer.learningRate, batch: batch, coding: coding.rawValue,
      trainRows: rows - heldOutRows, trainSolvedRows: result.score.solvedRows,
      heldOutRows: heldOutRows, heldOutSolvedRows: heldOutSolved)
  }
}
