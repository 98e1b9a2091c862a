public import Networks
public import Parity

/// Trains `network` on fresh examples of `stream`, `size` in each of `steps` steps, in single
/// precision.
///
/// No example is stored: memory is that of a batch and of the parameters. `stream` is left behind
/// the last example drawn. A schedule counts each step as an epoch. A step after which a parameter is
/// not finite is the last. `point` gets the network after 0 steps and returns the number of steps
/// after which it wants the next.
///
/// Preconditions: the network has an input for each bit of the stream and a trainable activation.
public func train(
  _ network: Network, on stream: inout ParityStream, coding: InputCoding, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int, steps: Int,
  point: ((_ steps: Int, Network) -> Int)? = nil
) -> StreamResult {
  precondition(
    network.architecture.inputs == stream.task.bits,
    "\(network.architecture.inputs) inputs for \(stream.task.bits) bits")
  precondition(size >= 1 && steps >= 0, "\(steps) steps of \(size) examples")
  let work = StreamSteps(
    network: network, stream: stream, coding: coding, rule: rule, options: options, size: size,
    steps: steps,
    point: point)
  let (result, end) = work.perform(network.architecture.activation)
  stream = end
  return result
}

/// Trains `network` on the rows of a sample, in batches of `size` drawn without replacement, in
/// single precision.
///
/// Rows are judged before each epoch and after the last, and a solution is confirmed in double
/// precision, which also gives the score and the points of the learning curve.
///
/// Preconditions: the network has an input for each bit of a row and a trainable activation.
public func train(
  _ network: Network, on sample: BitRows, coding: InputCoding, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), size: Int,
  within budget: Budget, order generator: inout SeededGenerator, observer: CurveObserver? = nil
) -> TrainingResult {
  precondition(
    network.architecture.inputs == sample.bits,
    "\(network.architecture.inputs) inputs for \(sample.bits) bits")
  return confirmed(
    count: sample.count, observer, check: { $0.check(sample, coding: coding) }
  ) { point, accepts in
    descend(
      network, on: SampleSource(rows: sample, coding: coding), by: rule, with: options, size: size,
      within: budget, order: &generator, point: point, accepts: accepts)
  }
}

/// The end of a training on a stream.
public struct StreamResult: Sendable {
  /// The network at the end.
  public let network: Network
  /// The steps taken.
  public let steps: Int
  /// Whether all parameters are finite.
  public let isFinite: Bool
}

/// Steps on batches that are drawn afresh.
private struct StreamSteps: DenseWork {
  let network: Network
  let stream: ParityStream
  let coding: InputCoding
  let rule: GradientRule
  let options: GradientOptions
  let size: Int
  let steps: Int
  let point: ((Int, Network) -> Int)?

  func run<Activation: LaneActivation>(_: Activation.Type) -> (StreamResult, ParityStream) {
    let architecture = network.architecture
    let pass = DensePass<Activation>(
      architecture, coding.dense, loss: options.loss, batch: size, capacity: size)
    let gradient = LaneMemory(pass.shape.parameterVectors)
    var rows = BitRows(stream.task, count: size)
    var stream = stream
    // Its epochs are the steps, and there is no order.
    var state = DenseState(
      network, pass.shape, rule, with: options, epochs: steps, examples: 0,
      SeededGenerator(seed: 0, stream: "order"))
    let batch = pass.batch
    let parameters = state.parameters.base
    var nextPoint = point == nil ? Int.max : 0
    var isFinite = true
    while isFinite, state.epoch < steps {
      if state.epoch == nextPoint, let point {
        nextPoint = point(state.epoch, state.network(architecture, pass.shape))
      }
      stream.draw(into: &rows)
      batch.load(rows)
      _ = pass.evaluate(parameters, into: gradient.base, count: size)
      isFinite = state.optimizer.step(parameters, gradient.base)
      state.epoch += 1
    }
    let result = StreamResult(
      network: state.network(architecture, pass.shape), steps: state.epoch,
      isFinite: isFinite)
    return (result, stream)
  }
}
