package import Networks

/// Trains `network` by damped Gauss–Newton steps on all rows at once.
func trainBySquaredError(
  _ network: Network, on examples: Examples, _ settings: TrainingSettings,
  _ rule: LevenbergMarquardt, _ curve: inout CurveRecorder
) -> TrainingResult {
  precondition(settings.batch == .full, "Levenberg–Marquardt takes all rows in one step")
  if var table = TableSquaredError(network.architecture, examples) {
    return minimize(&table, from: network, on: examples, settings, rule, &curve)
  }
  var dense = DenseSquaredError(network.architecture, examples)
  return minimize(&dense, from: network, on: examples, settings, rule, &curve)
}

/// The iterations of ``LevenbergMarquardt`` on a squared error of `examples`.
package func minimize(
  _ error: inout some SquaredError, from network: Network, on examples: Examples,
  _ settings: TrainingSettings, _ rule: LevenbergMarquardt, _ curve: inout CurveRecorder
) -> TrainingResult {
  var network = network
  var equations = NormalEquations(network.architecture)
  var value = error.evaluate(network.parameters)
  var candidate = network.parameters
  var damping = rule.damping
  var (epoch, stalled) = (0, 0)
  var hasMoved = true

  /// Why the run ends here, if it does; the network's own forward pass has the last word.
  func reason(_ score: () -> Score) -> StopReason? {
    guard value.sum.isFinite else { return .diverged }
    let isOver = epoch == settings.epochs || stalled == rule.stalls
    if value.solvedRows == examples.count && (settings.stopsWhenSolved || isOver),
      score().solvedRows == examples.count
    {
      return .solved
    }
    return isOver ? .budget : nil
  }

  while true {
    let end = reason({ network.score(on: examples) })
    if end != nil || epoch == curve.nextEpoch { curve.add(epoch, network.score(on: examples)) }
    if let end {
      return TrainingResult(
        reason: end, epochs: epoch, score: network.score(on: examples), network: network)
    }
    if hasMoved { error.linearize(network.parameters, into: &equations) }
    hasMoved = false
    for _ in 0..<rule.attempts {
      if equations.solve(damping: damping) {
        for index in candidate.indices {
          candidate[index] = network.parameters[index] + equations.step[index]
        }
        let next = error.evaluate(candidate)
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
      if hasMoved { break }
    }
    stalled = hasMoved ? 0 : stalled + 1
    epoch += 1
  }
}
