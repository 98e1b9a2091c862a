public import Networks
public import Parity

/// Trains `network` on `examples` in double precision: the specification.
///
/// Rows are judged before each epoch and after the last, by `labels` where the examples have others
/// than the right ones. `generator` gives the order of mini-batches
/// and is not drawn from on full batches. An observer sees the learning curve. A watcher is told how
/// far the training is before each step.
public func train(
  _ network: Network, on examples: Examples, judgedBy labels: [UInt8]? = nil,
  by rule: GradientRule, batch: Batch = .full, with options: GradientOptions = GradientOptions(),
  within budget: Budget, order generator: inout SeededGenerator, observer: CurveObserver? = nil,
  watcher: Watcher? = nil
) -> TrainingResult {
  let start = watcher?.start
  var curve = CurveRecorder(observer, after: start?.lastPoint ?? -1)
  var network = network
  var cache = ForwardCache(network.architecture, inputs: examples.inputs)
  var gradient = Gradient(network.architecture, examples: examples.count)
  var batches = MiniBatches(examples, batch, network.architecture, loss: options.loss)
  var state = GradientRule.State(
    rule, network.architecture, options, stepsPerEpoch: batches.count, epochs: budget.epochs)
  var epoch = start?.epoch ?? 0
  var score = Score(loss: .nan, solvedRows: start?.solvedRows ?? 0)
  if let start { start.restore(&network, &state, &batches, &generator) }

  /// Whether the watcher ends the training here.
  func isEnded() -> Bool {
    guard let watcher else { return false }
    return watcher.grants(watcher.ask(epoch, score.solvedRows), loss: { score.loss }) {
      Checkpoint(
        epoch: epoch, solvedRows: score.solvedRows, lastPoint: curve.lastEpoch,
        parameters: network.parameters,
        rest: batch == .full
          ? .steps(state.checkpoint)
          : .batches(state.checkpoint, batches.checkpoint(of: generator)))
    }
  }
  func end(_ reason: StopReason) -> TrainingResult {
    TrainingResult(reason: reason, epochs: epoch, score: score, network: network)
  }

  while true {
    // A checkpoint may lie between two batches, where rows are not judged.
    if !batches.isUnderWay {
      network.forward(into: &cache)
      score = Score(logits: cache.logits, labels: labels ?? examples.labels)
      let reason = stopReason(network, score, epoch, examples.count, budget)
      if reason != nil || epoch == curve.nextEpoch { curve.add(epoch, score, network) }
      if let reason { return end(reason) }
      if isEnded() { return end(.stopped) }
      if batch != .full { batches.begin(order: &generator) }
    }
    if batch == .full {
      network.backward(cache, labels: examples.labels, loss: options.loss, into: &gradient)
      state.step(&network.parameters, gradient.parameters)
    }
    while batches.isUnderWay {
      batches.step(&network, &state)
      if batches.isUnderWay, isEnded() { return end(.stopped) }
    }
    epoch += 1
  }
}

private func stopReason(
  _ network: Network, _ score: Score, _ epoch: Int, _ rows: Int, _ budget: Budget
) -> StopReason? {
  if !score.loss.isFinite || !network.parameters.allSatisfy({ $0.isFinite }) { return .diverged }
  if score.solvedRows == rows && (budget.stopsWhenSolved || epoch == budget.epochs) {
    return .solved
  }
  return epoch == budget.epochs ? .budget : nil
}

extension Checkpoint {
  /// Puts a training into the state that was taken.
  fileprivate func restore(
    _ network: inout Network, _ state: inout GradientRule.State, _ batches: inout MiniBatches,
    _ generator: inout SeededGenerator
  ) {
    network = Network(network.architecture, parameters: parameters)
    switch rest {
    case .steps(let optimizer): state.restore(optimizer)
    case .batches(let optimizer, let order):
      state.restore(optimizer)
      batches.restore(order, order: &generator)
    case .damped: preconditionFailure("a checkpoint of Levenberg–Marquardt")
    }
  }
}
