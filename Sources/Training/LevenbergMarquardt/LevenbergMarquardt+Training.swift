package import Networks

/// Trains `network` by damped Gauss–Newton steps on the squared error of all rows of `table` that are
/// not held out.
func trainBySquaredError(
  _ network: Network, on table: ParityTable, by rule: LevenbergMarquardt, within budget: Budget,
  observer: CurveObserver?
) -> TrainingResult {
  if var error = TableSquaredError(network.architecture, table) {
    return minimize(&error, from: network, on: table, by: rule, within: budget, observer: observer)
  }
  var error = DenseSquaredError(network.architecture, table.examples)
  return minimize(&error, from: network, on: table, by: rule, within: budget, observer: observer)
}

/// The iterations of ``LevenbergMarquardt`` on a squared error of the rows of `table`.
///
/// The error proposes that every row is right; the network's own forward pass decides.
package func minimize(
  _ error: inout some SquaredError, from network: Network, on table: ParityTable,
  by rule: LevenbergMarquardt, within budget: Budget, observer: CurveObserver? = nil
) -> TrainingResult {
  var curve = CurveRecorder(observer)
  var network = network
  var equations = NormalEquations(network.architecture)
  var value = error.value(at: network.parameters)
  var candidate = network.parameters
  var damping = rule.damping
  var (epoch, stalled) = (0, 0)
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
