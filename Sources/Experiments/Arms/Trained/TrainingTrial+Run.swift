package import Networks
import Parity
import Tables
import Training

extension TrainingTrial {
  /// The network before the first epoch of its first start.
  package var initialNetwork: Network {
    var generator = generator(.initialization)
    return initialization(architecture, using: &generator)
  }

  /// Trains the network and judges it on every row of the truth table.
  package func finish(_ watcher: TrialWatcher?) -> Finished? {
    let isHeldOut = draw.isHeldOut(among: rows)
    let table = ParityTable(
      task, coding: coding, heldOut: isHeldOut,
      flipped: draw.isFlipped(among: rows, isHeldOut: isHeldOut))
    let heldOut = isHeldOut.indices.filter { isHeldOut[$0] }.map { UInt64($0) }
    var state = TrainingTrialState(initialization: generator(.initialization))
    if let start = watcher?.start({ TrainingTrialState($0, of: self, on: table) }) { state = start }
    var orderGenerator = generator(.order)
    while true {
      // The network of a checkpoint takes the place of a new one.
      let network =
        state.training.map { Network(architecture, parameters: $0.parameters) }
        ?? initialization(architecture, using: &state.initialization)
      let spent = state.epochs
      let isFirstStart = state.starts == 0
      let result = train(
        network, on: table, training, order: &orderGenerator,
        observer: !recordsCurve
          ? nil
          : { epoch, score, network in
            // A further start begins where the one before ended.
            guard epoch > 0 || isFirstStart else { return }
            let unseen =
              heldOut.isEmpty ? nil : network.check(task, coding: coding, rows: heldOut).score
            state.curve.append(
              CurvePoint(
                key, epoch: spent + epoch, score, rows: rows - heldOutRows, heldOut: unseen,
                heldOutRows: heldOutRows))
          },
        watcher: watcher.map { watcher in
          let ask = watcher.ask
          return Watcher(
            from: state.training, sparseness: sparseness(grain: watcher.grain),
            crew: watcher.crew,
            // Training counts flipped labels as right.
            ask: { ask(spent + $0, noisyRows == 0 ? $1 : 0) }, loss: watcher.loss,
            keep: {
              state.training = $0
              watcher.keep(state.bytes)
              state.training = nil
            })
        })
      if result.reason == .stopped { return nil }
      state.training = nil
      state.epochs += result.epochs
      state.starts += 1
      let (epochs, starts, curve) = (state.epochs, state.starts, state.curve)
      if result.reason == .solved || starts > restarts {
        let check = result.network.check(task, coding: coding, rows: heldOut)
        let record = record(
          of: result, epochs: epochs, restarts: starts - 1, heldOutSolved: check.solvedRows)
        return Finished(
          record,
          companions: curve.isEmpty
            ? [:] : [Companion.curves.name: curve.map(\.fields)],
          network: result.network)
      }
    }
  }

  /// The smallest |logit| over the whole truth table, from a forward pass of its own.
  ///
  /// An optimizer may have judged rows by other arithmetic, and some solutions are right by very
  /// little: this is the second opinion, in double precision, and it must agree.
  private func verifiedMargin(of result: TrainingResult) -> Double {
    // Training on the whole table has asked for that opinion already.
    if heldOutRows == 0, let margin = result.margin { return margin }
    let network = result.network
    let found = network.check(task, coding: coding, rows: 0..<task.rowCount)
    precondition(
      found.solvedRows == rows, "\(key): solved in training, row \(found.firstWrongRow ?? 0) wrong")
    return found.margin
  }

  private func record(
    of result: TrainingResult, epochs: Int, restarts: Int, heldOutSolved: Int
  ) -> Record {
    let solved = result.score.solvedRows + heldOutSolved
    let outcome: Record.Outcome =
      switch result.reason {
      case .diverged: .diverged
      case .solved, .budget: solved == rows ? .solved : .budget
      case .stopped: preconditionFailure("a stopped training has no record")
      }
    return record(
      outcome, loss: result.score.loss, epochs: epochs, restarts: restarts,
      trainSolved: result.score.solvedRows, heldOutSolved: heldOutSolved,
      margin: outcome == .solved ? verifiedMargin(of: result) : nil)
  }

  package func record(like record: Record) -> Record {
    self.record(
      record.outcome, loss: record.loss ?? .nan, epochs: record.epochs ?? 0,
      restarts: record.restarts ?? 0,
      trainSolved: record.trainSolvedRows ?? 0, heldOutSolved: record.heldOutSolvedRows ?? 0,
      // A solved trial has a margin.
      margin: record.outcome == .solved ? record.margin ?? 0 : nil)
  }

  private func record(
    _ outcome: Record.Outcome, loss: Double, epochs: Int, restarts: Int, trainSolved: Int,
    heldOutSolved: Int, margin: Double?
  ) -> Record {
    var record = outline
    record.outcome = outcome
    record.solvedRows = trainSolved + heldOutSolved
    record.loss = loss.isFinite && outcome != .diverged ? loss : nil
    record.epochs = epochs
    record.trainSolvedRows = trainSolved
    record.heldOutSolvedRows = heldOutSolved
    record.margin = margin
    record.restarts = restarts
    return record
  }

  package var outline: Record {
    Record(
      key: key, arm: arm, family: .trained, bits: task.bits, relevant: task.relevantCount,
      depth: architecture.depth, hidden: architecture.hidden,
      connections: architecture.connections.rawValue, units: UInt128(architecture.units),
      parameters: architecture.parameters, activation: architecture.activation.rawValue,
      optimizer: training.optimizer.name.rawValue, seed: seed, rows: rows,
      epochs: training.budget.epochs, initialization: initialization.rawValue,
      learningRate: training.optimizer.learningRate, batch: training.optimizer.batch.word,
      coding: coding.rawValue, trainRows: rows - heldOutRows, heldOutRows: heldOutRows,
      settings: settingsHash)
  }
}
