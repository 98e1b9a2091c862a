import Networks
import Parity
import Training

extension TrainingTrial {
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

  /// The smallest |logit| over the whole truth table, from a forward pass of its own.
  ///
  /// An optimizer may have judged rows by other arithmetic, and some solutions are right by very
  /// little: this is the second opinion, in double precision, and it must agree.
  private func verifiedMargin(of network: Network) -> Double {
    let found = network.check(task, coding: coding, rows: 0..<task.rowCount)
    precondition(
      found.solvedRows == rows, "\(key): solved in training, row \(found.firstWrongRow ?? 0) wrong")
    return found.margin
  }

  private func record(of result: TrainingResult, heldOutSolved: Int) -> Record {
    let solved = result.score.solvedRows + heldOutSolved
    let outcome: Record.Outcome =
      switch result.reason {
      case .diverged: .diverged
      case .solved, .budget: solved == rows ? .solved : .budget
      }
    return record(
      outcome, loss: result.score.loss, epochs: result.epochs,
      trainSolved: result.score.solvedRows, heldOutSolved: heldOutSolved,
      margin: outcome == .solved ? verifiedMargin(of: result.network) : nil)
  }

  /// What the record of this trial must be, given what the training left in `record`.
  func record(like record: Record) -> Record {
    self.record(
      record.outcome, loss: record.loss ?? .nan, epochs: record.epochs ?? 0,
      trainSolved: record.trainSolvedRows ?? 0, heldOutSolved: record.heldOutSolvedRows ?? 0,
      // A solved trial has a margin: a row without one is from before margins were recorded.
      margin: record.outcome == .solved ? record.margin ?? 0 : nil)
  }

  private func record(
    _ outcome: Record.Outcome, loss: Double, epochs: Int, trainSolved: Int, heldOutSolved: Int,
    margin: Double?
  ) -> Record {
    Record(
      key: key, arm: arm, family: .trained, bits: task.bits, relevant: task.relevantCount,
      depth: architecture.depth, widths: widths, connections: architecture.connections.rawValue,
      units: UInt128(architecture.units), parameters: architecture.parameters,
      activation: architecture.activation.rawValue,
      optimizer: self.training.optimizer.name.rawValue, seed: seed, outcome: outcome, rows: rows,
      solvedRows: trainSolved + heldOutSolved, loss: loss.isFinite ? loss : nil, epochs: epochs,
      initialization: initialization.rawValue,
      learningRate: self.training.optimizer.learningRate, batch: self.training.batch.word,
      coding: coding.rawValue, trainRows: rows - heldOutRows, trainSolvedRows: trainSolved,
      heldOutRows: heldOutRows, heldOutSolvedRows: heldOutSolved,
      margin: margin)
  }
}
