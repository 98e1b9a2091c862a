package import Networks
package import Parity

/// Trains `network` on the rows of a table in batches of `size`: the fast twin of
/// ``train(_:on:judgedBy:by:batch:with:within:order:observer:)``, in single precision.
///
/// Rows are judged before each epoch and after the last. A run ends when all training rows are right
/// in single precision and then in double precision too, which also gives the score and the points
/// of the learning curve. Memory is that of a batch, of the parameters, and of four bytes a row.
func trainInBatches(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator, observer: CurveObserver?
) -> TrainingResult {
  precondition(
    network.architecture.inputs == table.task.bits,
    "\(network.architecture.inputs) inputs for \(table.task.bits) bits")
  return confirmed(
    count: table.trainingCount, observer, check: { table.check($0) }
  ) { point, accepts in
    descend(
      network, on: TableSource(table), by: rule, with: options, size: size, within: budget,
      order: &generator,
      point: point, accepts: accepts)
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

/// What ``StopReason`` a descent ends with: single precision proposes, double precision decides.
func confirmed(
  count: Int, _ observer: CurveObserver?, check: @escaping (Network) -> RowCheck,
  _ descend: (_ point: ((Int, Network) -> Int)?, _ accepts: @escaping (Network) -> Bool) -> Descent
) -> TrainingResult {
  var accepted: RowCheck?
  var curve = CurveRecorder(observer)
  let point: (Int, Network) -> Int = { epoch, network in
    curve.add(epoch, check(network).score)
    return curve.nextEpoch
  }
  let end = descend(observer == nil ? nil : point) {
    let found = check($0)
    if found.solvedRows == count { accepted = found }
    return found.solvedRows == count
  }
  let found = accepted ?? check(end.network)
  let isSolved = found.solvedRows == count
  let reason: StopReason =
    end.isFinite && found.loss.isFinite ? (isSolved ? .solved : .budget) : .diverged
  curve.add(end.epochs, found.score)
  return TrainingResult(
    reason: reason, epochs: end.epochs, score: found.score, network: end.network,
    margin: found.margin)
}

/// The epochs of a training in batches.
func descend(
  _ network: Network, on source: some DenseSource, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator,
  point: ((_ epoch: Int, Network) -> Int)?, accepts: @escaping (Network) -> Bool
) -> Descent {
  let work = DenseEpochs(
    network: network, source: source, rule: rule, options: options, size: size, budget: budget,
    generator: generator,
    point: point, accepts: accepts)
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
      epochs: budget.epochs, order: source.numbers, generator)
    var nextPoint = point == nil ? Int.max : 0
    var isFinite = true
    while state.epoch < budget.epochs {
      if state.epoch == nextPoint, let point {
        nextPoint = point(state.epoch, state.network(architecture, pass.shape))
      }
      if budget.stopsWhenSolved {
        let judgement = judge(state, pass)
        isFinite = judgement.isFinite
        if !isFinite { break }
        if judgement.solvedRows == count,
          accepts(state.network(architecture, pass.shape))
        {
          break
        }
      }
      isFinite = epoch(&state, pass, gradient, size)
      state.epoch += 1
      if !isFinite { break }
    }
    let descent = Descent(
      network: state.network(architecture, pass.shape), epochs: state.epoch, isFinite: isFinite)
    return (descent, state.generator)
  }

  /// Shuffles the examples and takes a step on each batch of them; says whether all stayed finite.
  private func epoch<Activation>(
    _ state: inout DenseState, _ pass: borrowing DensePass<Activation>,
    _ gradient: borrowing LaneMemory, _ size: Int
  ) -> Bool {
    if state.done == 0 { state.generator.shuffle(&state.order) }
    let batch = pass.batch
    let parameters = state.parameters.base
    while state.done < state.order.count {
      let rows = min(size, state.order.count &- state.done)
      load(state, from: state.done, count: rows, into: batch)
      _ = pass.evaluate(parameters, into: gradient.base, count: rows)
      guard state.optimizer.step(parameters, gradient.base) else { return false }
      state.done += rows
    }
    state.done = 0
    return true
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
