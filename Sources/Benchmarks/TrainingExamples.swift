import Networks
import Parity
import Training

/// What a training of the benchmark sees.
enum TrainingExamples: Sendable {
  /// The whole truth table in every step, Adam with a learning rate of 0.01.
  case table
  /// The truth table in batches of that many rows, Adam with a learning rate of 0.01.
  case batches(of: Int)
  /// Rows drawn once, of the parity of the first bits, in batches: gradient descent with a learning
  /// rate of 0.1 and a weight decay of 0.01.
  case sample(relevant: Int, rows: Int, batch: Int)
  /// Rows drawn afresh for each step, which counts as an epoch: gradient descent, 0.1.
  case stream(relevant: Int, batch: Int)

  /// The rows of an epoch.
  func rows(ofBits bits: Int) -> Int {
    switch self {
    case .table, .batches: 1 << bits
    case .sample(_, let rows, _): rows
    case .stream(_, let batch): batch
    }
  }
}

extension TrainingBenchmark {
  /// Trainings in batches; rows are not judged on the way, as the peers' are not.
  static let batches = [
    Workload(
      name: "M1", bits: 10, hidden: [64, 64, 64], activation: .relu, seeds: 1, epochs: 50,
      examples: .batches(of: 32)),
    Workload(
      name: "M2", bits: 12, hidden: [256, 256], activation: .relu, seeds: 1, epochs: 10,
      examples: .batches(of: 128)),
    Workload(
      name: "M3", bits: 40, hidden: [1000], activation: .relu, seeds: 1, epochs: 20,
      examples: .sample(relevant: 3, rows: 1000, batch: 32)),
    Workload(
      name: "M4", bits: 1000, hidden: [1000], activation: .relu, seeds: 1, epochs: 200,
      examples: .stream(relevant: 3, batch: 128)),
  ]

  /// What is made before a training of a seed is timed.
  struct Start: Sendable {
    let seed: UInt64
    let network: Network
  }
}

extension TrainingBenchmark.Workload {
  /// The network that a seed starts from, Glorot.
  func start(seed: Int) -> TrainingBenchmark.Start {
    var generator = SeededGenerator(seed: UInt64(seed), stream: "benchmark")
    return TrainingBenchmark.Start(
      seed: UInt64(seed), network: Initialization.glorot(architecture, using: &generator))
  }

  /// Trains a network; samples and streams are drawn here.
  ///
  /// The crew shares large tables.
  func train(_ start: TrainingBenchmark.Start, _ crew: Crew) {
    let adam = GradientRule.adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    let descent = GradientRule.gradientDescent(learningRate: 0.1)
    let budget = Budget(epochs: epochs, stopsWhenSolved: false)
    let table = { ParityTable(ParityTask(bits: bits), coding: .plusMinusOne) }
    var order = SeededGenerator(seed: start.seed, stream: "order")
    let end: (isFinite: Bool, epochs: Int)
    switch examples {
    case .table:
      let watcher = Watcher(crew: crew, ask: { _, _ in .nothing }, keep: { _ in })
      let found = descend(
        start.network, on: table(), by: adam, within: budget,
        watcher: crew.size > 1 ? watcher : nil
      ) { _ in true }
      end = (found.isFinite, found.epochs)
    case .batches(let size):
      let found = descendInBatches(
        start.network, on: table(), by: adam, size: size, within: budget, order: &order)
      end = (found.isFinite, found.epochs)
    case .sample(let relevant, let rows, let batch):
      var stream = ParityStream(
        WideParity(bits: bits, firstRelevant: relevant), seed: start.seed)
      var options = GradientOptions()
      options.weightDecay = WeightDecay(0.01)
      let found = descendInBatches(
        start.network, on: stream.sample(rows), coding: .plusMinusOne, by: descent, with: options,
        size: batch, within: budget, order: &order)
      end = (found.isFinite, found.epochs)
    case .stream(let relevant, let batch):
      var stream = ParityStream(
        WideParity(bits: bits, firstRelevant: relevant), seed: start.seed)
      let found = Training.train(
        start.network, on: &stream, coding: .plusMinusOne, by: descent, size: batch, steps: epochs)
      end = (found.isFinite, found.steps)
    }
    // A training that did something else would be worth nothing.
    precondition(end.isFinite && end.epochs == epochs, "\(name) diverged")
  }
}
