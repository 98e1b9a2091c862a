import Networks
import Parity
import Testing
import Training

/// A training that was stopped and goes on ends with the bytes of one that was not.
struct CheckpointTests {
  private struct Outcome: Equatable {
    var network: Network
    var score: Score
    var epochs: Int
    var reason: StopReason
    var points: [Int: Score]
  }

  private struct Case: CustomTestStringConvertible, Sendable {
    let optimizer: Optimizer
    var hidden = [4]
    var heldOut: [Bool] = []
    var stopsWhenSolved = false
    var epochs = 23
    var options = GradientOptions()

    var testDescription: String { "\(hidden) \(optimizer)" }
    var settings: TrainingSettings {
      var settings = TrainingSettings(
        optimizer: optimizer, budget: Budget(epochs: epochs, stopsWhenSolved: stopsWhenSolved))
      settings.options = options
      return settings
    }
    var table: ParityTable {
      ParityTable(ParityTask(bits: 3), coding: .plusMinusOne, heldOut: heldOut)
    }
    var network: Network {
      Problems.network(Architecture(inputs: 3, hidden: hidden), seed: 4)
    }
  }

  private static let cases: [Case] = {
    let rules: [GradientRule] = [
      .gradientDescent(learningRate: 0.3), .momentum(learningRate: 0.1, momentum: 0.9),
      Problems.adam, .rprop(GradientRule.Rprop()),
    ]
    let steps = rules.flatMap { rule in
      [[4], [], [4, 3]].map { Case(optimizer: .gradient(rule, batch: .full), hidden: $0) }
    }
    var options = GradientOptions()
    options.weightDecay = WeightDecay(0.01, isDecoupled: true)
    options.schedule = Schedule(warmup: 3, .cosine(final: 0.1, end: nil))
    let scheduled = [Batch.full, .rows(3)].map {
      Case(optimizer: .gradient(Problems.adam, batch: $0), options: options)
    }
    let squares = Optimizer.levenbergMarquardt(LevenbergMarquardt())
    let batches = rules.map { Case(optimizer: .gradient($0, batch: .rows(3)), hidden: [4, 3]) }
    return steps + batches + scheduled + [
      Case(
        optimizer: .gradient(Problems.adam, batch: .full),
        heldOut: (0..<8).map { $0 == 5 }),
      Case(
        optimizer: .gradient(Problems.adam, batch: .rows(3)), heldOut: (0..<8).map { $0 == 5 },
        stopsWhenSolved: true, epochs: 60),
      Case(
        optimizer: .gradient(Problems.adam, batch: .full), hidden: [8], stopsWhenSolved: true,
        epochs: 400),
      Case(optimizer: squares, hidden: [3]), Case(optimizer: squares, hidden: [3, 2]),
      // Too small to be solved: it stalls.
      Case(optimizer: squares, hidden: [1], stopsWhenSolved: true, epochs: 200),
    ]
  }()

  /// Trains in as many calls as it takes; each is ended when it is asked for the `length`th time, and
  /// goes on from what the last one handed over as bytes.
  private static func outcome(_ trial: Case, callsOf length: Int) throws -> (Outcome, calls: Int) {
    var points: [Int: Score] = [:]
    var start: Checkpoint?
    for call in 1...10_000 {
      // A checkpoint brings its generator and its network along.
      var order = SeededGenerator(seed: start == nil ? 7 : 8, stream: "order")
      var network = trial.network
      if start != nil { network.parameters = network.parameters.map { _ in .nan } }
      var asked = 0
      var kept: Checkpoint?
      let watcher = Watcher(
        from: start,
        ask: { _, _ in
          asked += 1
          return asked == length ? .end : asked % 3 == 0 ? .loss : .nothing
        },
        loss: { #expect($0.isFinite) },
        keep: { kept = $0 })
      let result = train(
        network, on: trial.table, trial.settings, order: &order,
        observer: { epoch, score, _ in
          #expect(points.updateValue(score, forKey: epoch) == nil, "every point once")
        }, watcher: watcher)
      guard result.reason == .stopped else {
        #expect(kept == nil)
        let end = Outcome(
          network: result.network, score: result.score, epochs: result.epochs,
          reason: result.reason, points: points)
        return (end, call)
      }
      let checkpoint = try #require(kept)
      let read = try #require(Checkpoint(checkpoint.bytes))
      #expect(read == checkpoint && checkpoint.epoch == result.epochs)
      #expect(
        read.fits(network.architecture, on: trial.table, trial.settings))
      start = read
    }
    throw Endless()
  }

  private struct Endless: Error {}

  @Test(arguments: cases)
  private func `a training in pieces has the bytes of a whole one`(trial: Case) throws {
    let (whole, calls) = try Self.outcome(trial, callsOf: .max)
    #expect(calls == 1)
    for length in [2, 5] {
      let (pieces, calls) = try Self.outcome(trial, callsOf: length)
      #expect(pieces == whole)
      #expect(calls > 1)
    }
  }

  @Test(arguments: [Batch.full, .rows(3)])
  func `the specification goes on with the same bytes`(batch: Batch) throws {
    let start = Problems.network(Architecture(inputs: 3, hidden: [3]), seed: 1)
    func end(_ watcher: Watcher?) -> TrainingResult {
      var order = SeededGenerator(seed: 7, stream: "order")
      return train(
        start, on: Problems.parity(3), by: Problems.adam, batch: batch,
        within: Budget(epochs: 21, stopsWhenSolved: false), order: &order, watcher: watcher)
    }
    var kept: [Checkpoint] = []
    let whole = end(Watcher(ask: { _, _ in .checkpoint }, keep: { kept.append($0) }))
    #expect(kept.count == (batch == .full ? 21 : 63))
    for checkpoint in kept {
      let rest = end(Watcher(from: checkpoint, ask: { _, _ in .nothing }, keep: { _ in }))
      #expect(rest.network == whole.network && rest.score == whole.score)
    }
  }

  @Test func `a watcher is told every epoch and the rows that are right`() {
    var told: [(Int, Int)] = []
    let watcher = Watcher(
      ask: {
        told.append(($0, $1))
        return .nothing
      }, keep: { _ in Issue.record("nothing was asked for") })
    var order = SeededGenerator(seed: 7, stream: "order")
    let trial = Self.cases[0]
    let result = train(
      trial.network, on: trial.table, trial.settings, order: &order, watcher: watcher)
    #expect(told.map(\.0) == Array(0..<result.epochs))
    #expect(told.allSatisfy { (0...8).contains($0.1) })
  }

  @Test func `the loss of a sample is near that of all rows`() throws {
    var losses: [Double] = []
    let start = Problems.network(Architecture(inputs: 11, hidden: [3]), seed: 1)
    let watcher = Watcher(
      ask: { _, _ in losses.isEmpty ? .loss : .end }, loss: { losses.append($0) }, keep: { _ in })
    let table = Problems.table(11)
    _ = train(
      start, on: table, by: Problems.adam, within: Budget(epochs: 3), watcher: watcher)
    let exact = start.score(on: table.examples).loss
    #expect(abs(try #require(losses.first) - exact) < 0.1 * exact)
  }
}
