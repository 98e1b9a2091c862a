package import Networks
package import Parity

/// Trains `network` on the rows of a table in batches of `size`: the fast twin of
/// ``train(_:on:judgedBy:by:batch:with:within:order:observer:watcher:)``, in single precision.
///
/// Rows are judged before each epoch and after the last. A run ends when all training rows are right
/// in single precision and then in double precision too, which also gives the score and the points
/// of the learning curve. Memory is that of a batch, of the parameters, and of four bytes a row, eight
/// where some are held out.
func trainInBatches(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator, observer: CurveObserver?,
  watcher: Watcher? = nil
) -> TrainingResult {
  precondition(
    network.architecture.inputs == table.task.bits,
    "\(network.architecture.inputs) inputs for \(table.task.bits) bits")
  return confirmed(
    count: table.trainingCount, observer, after: watcher?.start, check: { table.check($0) }
  ) { point, accepts in
    descend(
      network, on: TableSource(table), by: rule, with: options, size: size, within: budget,
      order: &generator, point: point, watcher: watcher, loss: { table.lossOfSample($0) },
      accepts: accepts)
  }
}

/// The steps alone, without the judgement at the end: how the benchmark measures them.
///
/// When the budget does not stop at a solution, no row is judged.
package func descendInBatches(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator
) -> Descent {
  descend(
    network, on: TableSource(table), by: rule, with: options, size: size, within: budget,
    order: &generator,
    point: nil
  ) { _ in true }
}

/// The steps on a sample of rows alone.
package func descendInBatches(
  _ network: Network, on sample: BitRows, coding: InputCoding, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator
) -> Descent {
  descend(
    network, on: SampleSource(rows: sample, coding: coding), by: rule, with: options, size: size,
    within: budget,
    order: &generator, point: nil
  ) { _ in true }
}

/// The epochs of a training in batches.
func descend(
  _ network: Network, on source: some DenseSource, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator,
  point: ((_ epoch: Int, Network) -> Int)?, watcher: Watcher? = nil,
  loss: @escaping (Network) -> Double = { _ in .nan }, accepts: @escaping (Network) -> Bool
) -> Descent {
  let work = DenseEpochs(
    network: network, source: source, rule: rule, options: options, size: size, budget: budget,
    generator: generator, point: point, watcher: watcher, loss: loss, accepts: accepts)
  let (descent, end) = work.perform(network.architecture.activation)
  generator = end
  return descent
}

/// Epochs of steps, each on a batch of examples drawn without replacement.
private struct DenseEpochs<Source: DenseSource>: DenseWork {
  let network: Network
  let source: Source
  let rule: GradientRule
  let options: GradientOptions
  let size: Int
  let budget: Budget
  let generator: SeededGenerator
  let point: ((Int, Network) -> Int)?
  let watcher: Watcher?
  /// The loss that a watcher asks for.
  let loss: (Network) -> Double
  let accepts: (Network) -> Bool

  /// The examples that are judged at a time, at least.
  private var judged: Int { 128 }

  func run<Activation: LaneActivation>(_: Activation.Type) -> (Descent, SeededGenerator) {
    let count = source.count
    let size = min(size, count)
    precondition(size >= 1, "a batch of \(size) rows of \(count)")
    let architecture = network.architecture
    let pass = DensePass<Activation>(
      architecture, source.inputs, loss: options.loss, batch: size, capacity: judged)
    let gradient = LaneMemory(pass.shape.parameterVectors)
    var state = DenseState(
      network, pass.shape, rule, with: options, stepsPerEpoch: (count + size - 1) / size,
      epochs: budget.epochs, examples: count, generator)
    var seen = Seen()
    if let start = watcher?.start {
      state.restore(start, architecture, pass.shape)
      seen = Seen(lastPoint: start.lastPoint, solvedRows: start.solvedRows)
    }
    let firstPoint = seen.lastPoint < 0 ? 0 : CurveEpochs.next(after: seen.lastPoint)
    var nextPoint = point == nil ? Int.max : firstPoint
    var end = EpochEnd.whole
    while state.epoch < budget.epochs {
      // A checkpoint may lie between two batches, where rows are not judged.
      if state.done == 0 {
        if state.epoch == nextPoint, let point {
          nextPoint = point(state.epoch, state.network(architecture, pass.shape))
          seen.lastPoint = state.epoch
        }
        if budget.stopsWhenSolved {
          let judgement = judge(state, pass)
          if !judgement.isFinite {
            end = .notFinite
            break
          }
          seen.solvedRows = judgement.solvedRows
          if judgement.solvedRows == count,
            accepts(state.network(architecture, pass.shape))
          {
            break
          }
        }
        if isEnded(state, pass.shape, seen) {
          end = .stopped
          break
        }
      }
      end = epoch(&state, pass, gradient, size, seen)
      if end == .stopped { break }
      state.epoch += 1
      if end == .notFinite { break }
    }
    let descent = Descent(
      network: state.network(architecture, pass.shape), epochs: state.epoch,
      isFinite: end != .notFinite, stoppedAt: end == .stopped ? seen.solvedRows : nil)
    return (descent, state.generator)
  }

  /// What was seen when rows were last judged.
  private struct Seen {
    /// The epoch of the last point of the learning curve, −1 before the first.
    var lastPoint = -1
    /// The rows that were right; 0 where they are not judged before the end.
    var solvedRows = 0
  }

  /// How an epoch ended.
  private enum EpochEnd {
    case whole, notFinite, stopped
  }

  /// Asks the watcher, if there is one; returns whether it ends the training here.
  private func isEnded(_ state: borrowing DenseState, _ shape: DenseShape, _ seen: Seen) -> Bool {
    guard let watcher else { return false }
    let request = watcher.ask(state.epoch, seen.solvedRows)
    guard request != .nothing else { return false }
    let architecture = network.architecture
    guard request != .loss else {
      watcher.loss(loss(state.network(architecture, shape)))
      return false
    }
    let checkpoint = state.checkpoint(
      architecture, shape, lastPoint: seen.lastPoint, solvedRows: seen.solvedRows)
    return watcher.grants(request, loss: { .nan }, checkpoint: { checkpoint })
  }

  /// Shuffles the examples and takes a step on each batch of them, or goes on with those that are
  /// left.
  private func epoch<Activation>(
    _ state: inout DenseState, _ pass: borrowing DensePass<Activation>,
    _ gradient: borrowing LaneMemory, _ size: Int, _ seen: Seen
  ) -> EpochEnd {
    if state.done == 0 { state.beginEpoch() }
    let batch = pass.batch
    let parameters = state.parameters.base
    while state.done < state.order.count {
      let rows = min(size, state.order.count &- state.done)
      load(state, from: state.done, count: rows, into: batch)
      _ = pass.evaluate(parameters, into: gradient.base, count: rows)
      guard state.optimizer.step(parameters, gradient.base) else { return .notFinite }
      state.done += rows
      if state.done < state.order.count, isEnded(state, pass.shape, seen) { return .stopped }
    }
    state.done = 0
    return .whole
  }

  private func load(
    _ state: borrowing DenseState, from start: Int, count: Int, into batch: DenseBatch
  ) {
    state.order.withUnsafeBufferPointer { order in
      if let first = order.baseAddress { source.load(first + start, count: count, into: batch) }
    }
  }

  /// Judges all examples at the present parameters.
  private func judge<Activation>(
    _ state: borrowing DenseState, _ pass: borrowing DensePass<Activation>
  ) -> Judgement {
    var found = Judgement(solvedRows: 0, isFinite: true)
    let batch = pass.batch
    let count = state.order.count
    for start in stride(from: 0, to: count, by: pass.capacity) {
      let rows = min(pass.capacity, count &- start)
      load(state, from: start, count: rows, into: batch)
      let judgement = pass.judge(state.parameters.base, count: rows)
      found.solvedRows += judgement.solvedRows
      found.isFinite = found.isFinite && judgement.isFinite
    }
    return found
  }
}
