public import Networks
public import Parity

/// Trains `network` on the rows of `table` that are not held out.
///
/// Rows are judged before each epoch and after the last: a run that is solved after e epochs has
/// spent exactly e. `generator` gives the order of mini-batches, and is not drawn from without them.
/// An observer sees the learning curve. A watcher is told how far the training is; it may have a
/// checkpoint to go on from, for which `network` and `generator` only need to be of the right kind.
///
/// The score of the result is the logistic loss against the labels of the task, whatever is minimized
/// and whichever labels are flipped in training.
public func train(
  _ network: Network, on table: ParityTable, _ settings: TrainingSettings,
  order generator: inout SeededGenerator, observer: CurveObserver? = nil,
  watcher: Watcher? = nil
) -> TrainingResult {
  precondition(
    !table.hasNoise || !settings.budget.stopsWhenSolved,
    "a training on flipped labels cannot stop where the right ones are met")
  return switch settings.optimizer {
  case .gradient(let rule, batch: .full):
    train(
      network, on: table, by: rule, with: settings.options, within: settings.budget,
      observer: observer, watcher: watcher)
  case .gradient(let rule, batch: .rows(let size)):
    trainInBatches(
      network, on: table, by: rule, with: settings.options, size: size, within: settings.budget,
      order: &generator, observer: observer, watcher: watcher)
  case .levenbergMarquardt(let rule):
    trainBySquaredError(
      network, on: table, by: rule, within: settings.budget, observer: observer,
      watcher: watcher)
  }
}
