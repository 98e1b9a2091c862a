public import Networks
public import Parity

/// Trains `network` on `examples` in double precision: the specification.
///
/// Rows are judged before each epoch and after the last, by `labels` where the examples have others
/// than the right ones. `generator` gives the order of mini-batches
/// and is not drawn from on full batches. An observer sees the learning curve.
public func train(
  _ network: Network, on examples: Examples, judgedBy labels: [UInt8]? = nil,
  by rule: GradientRule, batch: Batch = .full, with options: GradientOptions = GradientOptions(),
  within budget: Budget, order generator: inout SeededGenerator, observer: CurveObserver? = nil
) -> TrainingResult {
  var curve = CurveRecorder(observer)
  var network = network
  var cache = ForwardCache(network.architecture, inputs: examples.inputs)
  var gradient = Gradient(network.architecture, examples: examples.count)
  var batches = MiniBatches(examples, batch, network.architecture, loss: options.loss)
  var state = GradientRule.State(
    rule, network.architecture, options, stepsPerEpoch: batches.count, epochs: budget.epochs)

  var epoch = 0
  while true {
    network.forward(into: &cache)
    let score = Score(logits: cache.logits, labels: labels ?? examples.labels)
    let reason = stopReason(network, score, epoch, examples.count, budget)
    if reason != nil || epoch == curve.nextEpoch { curve.add(epoch, score, network) }
    if let reason {
      return TrainingResult(reason: reason, epochs: epoch, score: score, network: network)
    }
    if batch == .full {
      network.backward(cache, labels: examples.labels, loss: options.loss, into: &gradient)
      state.step(&network.parameters, gradient.parameters)
    } else {
      batches.epoch(of: &network, &state, order: &generator)
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
