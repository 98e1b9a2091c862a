package import Networks

/// Trains `network` by damped Gauss–Newton steps on the squared error of all rows of `table` that are
/// not held out.
func trainBySquaredError(
  _ network: Network, on table: ParityTable, by rule: LevenbergMarquardt, within budget: Budget,
  observer: CurveObserver?, watcher: Watcher? = nil
) -> TrainingResult {
  if var error = TableSquaredError(network.architecture, table) {
    return minimize(
      &error, from: network, on: table, by: rule, within: budget, observer: observer,
      watcher: watcher)
  }
  var error = DenseSquaredError(network.architecture, table.examples)
  return minimize(
    &error, from: network, on: table, by: rule, within: budget, observer: observer,
    watcher: watcher)
}

/// The iterations of ``LevenbergMarquardt`` on a squared error of the rows of `table`.
///
/// The error proposes that every row is right; the network's own forward pass decides.
package func minimize(
  _ error: inout some SquaredError, from network: Network, on table: ParityTable,
  by rule: LevenbergMarquardt, within budget: Budget, observer: CurveObserver? = nil,
  watcher: Watcher? = nil
) -> TrainingResult {
  let start = watcher?.start
  var curve = CurveRecorder(observer, after: start?.lastPoint ?? -1)
  var network = network
  var damping = rule.damping
  var (epoch, stalled) = (start?.epoch ?? 0, 0)
  if let start {
    guard case .damped(let lastDamping, let stalls) = start.rest else {
      preconditionFailure("a checkpoint of another optimizer")
    }
    network.parameters = start.parameters
    (damping, stalled) = (lastDamping, stalls)
  }
  var equations = NormalEquations(network.architecture)
  var value = error.value(at: network.parameters)
  var candidate = network.parameters
  // The equations are not part of a checkpoint: they follow from the parameters.
  var hasMoved = true
  while true {
    let isOver = epoch == budget.epochs || stalled == rule.stalls
    let isProposed = value.solvedRows == table.trainingCount && (budget.stopsWhenSolved || isOver)
    if isOver || isProposed || !value.sum.isFinite || epoch == curve.nextEpoch {
      let check = table.check(network)
      let reason: StopReason? =
        if !value.sum.isFinite {
          .diverged
        } else if isProposed, check.solvedRows == table.trainingCount {
          .solved
        } else {
          isOver ? .budget : nil
        }
      if reason != nil || epoch == curve.nextEpoch { curve.add(epoch, check.score, network) }
      if let reason {
        return TrainingResult(
          reason: reason, epochs: epoch, score: check.score, network: network,
          margin: check.margin)
      }
    }
    if let watcher, epoch & watcher.mask == 0,
      watcher.grants(
        watcher.ask(epoch, value.solvedRows),
        loss: { table.lossOfSample(network) },
        checkpoint: {
          Checkpoint(
            epoch: epoch, solvedRows: value.solvedRows, lastPoint: curve.lastEpoch,
            parameters: network.parameters, rest: .damped(damping, stalls: stalled))
        })
    {
      let score = Score(loss: .nan, solvedRows: value.solvedRows)
      return TrainingResult(reason: .stopped, epochs: epoch, score: score, network: network)
    }
    if hasMoved { error.linearize(network.parameters, into: &equations) }
    hasMoved = false
    for _ in 0..<rule.attempts where !hasMoved {
      if equations.solve(damping: damping) {
        for index in candidate.indices {
          candidate[index] = network.parameters[index] + equations.step[index]
        }
        let next = error.value(at: candidate)
        if next.sum < value.sum {
          swap(&network.parameters, &candidate)
          value = next
          hasMoved = true
        }
      }
      damping *= hasMoved ? 1 / rule.factor : rule.factor
      damping = min(
        max(damping, LevenbergMarquardt.dampingRange.lowerBound),
        LevenbergMarquardt.dampingRange.upperBound)
    }
    stalled = hasMoved ? 0 : stalled + 1
    epoch += 1
  }
}
