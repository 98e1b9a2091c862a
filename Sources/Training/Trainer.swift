public import Networks
public import Parity

/// How a training run ended.
public enum StopReason: String, Sendable {
  /// Every row has a logit of the right sign.
  case solved
  /// The epoch budget was used up, or ``LevenbergMarquardt`` no longer finds a step that helps.
  case budget
  /// The loss or a parameter stopped being finite.
  case diverged
}

/// The rows that one step looks at.
public enum Batch: Hashable, Sendable {
  /// All rows, in one step an epoch.
  case full
  /// That many rows a step, in a new random order each epoch; the last step takes what is left.
  case rows(Int)
}

/// What a training run has to know besides the network and the rows.
public struct TrainingSettings: Hashable, Sendable {
  /// The rule of a step.
  public var optimizer: Optimizer
  /// The rows of a step.
  public var batch: Batch
  /// The most epochs (passes over all rows) that may be spent.
  public var epochs: Int
  /// Whether the run ends as soon as every row is right; otherwise it uses its whole budget and is
  /// solved when every row is right at its end.
  public var stopsWhenSolved: Bool

  /// Settings for at most `epochs` passes over the rows.
  public init(optimizer: Optimizer, batch: Batch = .full, epochs: Int, stopsWhenSolved: Bool = true)
  {
    precondition(epochs >= 0, "a budget of \(epochs) epochs")
    self.optimizer = optimizer
    self.batch = batch
    self.epochs = epochs
    self.stopsWhenSolved = stopsWhenSolved
  }
}

/// The end of a training run.
public struct TrainingResult: Sendable {
  /// Why it ended.
  public let reason: StopReason
  /// The epochs spent before the end, 0 when the initial network already solved all rows.
  public let epochs: Int
  /// The score on the training rows at the end.
  public let score: Score
  /// The network at the end.
  public let network: Network
  /// The smallest |logit| on the training rows, where a pass of its own in double precision has judged
  /// the network that steps in other arithmetic found; nil otherwise.
  public var margin: Double?
}

/// Trains `network` on `examples` by the logistic loss; ``Optimizer/levenbergMarquardt(_:)`` by the
/// squared error, though the score of the result is the logistic loss as for all others.
///
/// Rows are judged before each epoch and after the last: a run that is solved after e epochs has
/// spent exactly e. `generator` gives the order of mini-batches and is not drawn from on full batches.
/// An observer sees the learning curve.
public func train(
  _ network: Network, on examples: Examples, _ settings: TrainingSettings,
  order generator: inout SeededGenerator, observer: CurveObserver? = nil
) -> TrainingResult {
  var curve = CurveRecorder(observer)
  if case .levenbergMarquardt(let rule) = settings.optimizer {
    return trainBySquaredError(network, on: examples, settings, rule, &curve)
  }
  var network = network
  var cache = ForwardCache(network.architecture, inputs: examples.inputs)
  var gradient = Gradient(network.architecture, examples: examples.count)
  var state = Optimizer.State(settings.optimizer, parameters: network.parameters.count)
  var batches = MiniBatches(examples, settings.batch, network.architecture)

  var epoch = 0
  while true {
    network.forward(into: &cache)
    let score = Score(logits: cache.logits, labels: examples.labels)
    let reason = stopReason(network, score, epoch, examples.count, settings)
    if reason != nil || epoch == curve.nextEpoch { curve.add(epoch, score) }
    if let reason {
      return TrainingResult(reason: reason, epochs: epoch, score: score, network: network)
    }
    if settings.batch == .full {
      network.backward(cache, labels: examples.labels, into: &gradient)
      state.step(&network.parameters, gradient.parameters)
    } else {
      batches.epoch(of: &network, &state, order: &generator)
    }
    epoch += 1
  }
}

private func stopReason(
  _ network: Network, _ score: Score, _ epoch: Int, _ rows: Int, _ settings: TrainingSettings
) -> StopReason? {
  if !score.loss.isFinite || !network.parameters.allSatisfy({ $0.isFinite }) { return .diverged }
  if score.solvedRows == rows && (settings.stopsWhenSolved || epoch == settings.epochs) {
    return .solved
  }
  return epoch == settings.epochs ? .budget : nil
}
