import Networks
import Parity
import Testing
import Training

/// Training in mini-batches, in single precision, against the specification's loop.
struct BatchTrainingTests {
  private static let rules: [GradientRule] = [
    .gradientDescent(learningRate: 0.1), .momentum(learningRate: 0.05, momentum: 0.9),
    // A parity's gradients are rounding errors here and there, which a small epsilon would magnify.
    .adam(learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 0.01),
  ]

  private func settings(
    _ rule: GradientRule, _ size: Int, epochs: Int, stops: Bool = false
  ) -> TrainingSettings {
    TrainingSettings(
      optimizer: .gradient(rule, batch: .rows(size)),
      budget: Budget(epochs: epochs, stopsWhenSolved: stops))
  }

  @Test(arguments: rules, [1, 3, 5, 32, 100])
  func `a table in batches takes the steps of the specification`(rule: GradientRule, size: Int) {
    let shape = Architecture(inputs: 5, hidden: [6, 3], activation: .tanh)
    let start = Problems.network(shape, seed: 4)
    let heldOut = (0..<32).map { $0 % 5 == 2 }
    for heldOut in [[], heldOut] {
      let table = ParityTable(ParityTask(bits: 5), coding: .plusMinusOne, heldOut: heldOut)
      var order = SeededGenerator(seed: 1, stream: "order")
      let found = train(start, on: table, settings(rule, size, epochs: 3), order: &order)
      let expected = train(
        start, on: table.examples, by: rule, batch: .rows(size),
        within: Budget(epochs: 3, stopsWhenSolved: false))
      #expect(found.epochs == 3 && found.reason == expected.reason)
      for (a, b) in zip(found.network.parameters, expected.network.parameters) {
        #expect(abs(a - b) < 2e-5, "\(size) rows a batch")
      }
    }
  }

  @Test func `loss, decay and schedule are those of the specification`() {
    var options = GradientOptions()
    options.loss = .hinge
    options.weightDecay = WeightDecay(0.1)
    options.schedule = Schedule(warmup: 1, .cosine(final: 0.1, end: nil))
    for isDecoupled in [false, true] {
      options.weightDecay = WeightDecay(0.1, isDecoupled: isDecoupled)
      let start = Problems.network(Architecture(inputs: 5, hidden: [7, 3]), seed: 4)
      let budget = Budget(epochs: 4, stopsWhenSolved: false)
      let rule = GradientRule.momentum(learningRate: 0.05, momentum: 0.9)
      var order = SeededGenerator(seed: 1, stream: "order")
      let found = train(
        start, on: Problems.table(5),
        TrainingSettings(
          optimizer: .gradient(rule, batch: .rows(7)), budget: budget, options: options),
        order: &order)
      order = SeededGenerator(seed: 1, stream: "order")
      let expected = train(
        start, on: Problems.table(5).examples, by: rule, batch: .rows(7), with: options,
        within: budget, order: &order)
      for (a, b) in zip(found.network.parameters, expected.network.parameters) {
        #expect(abs(a - b) < 2e-5)
      }
    }
  }

  @Test func `flipped labels are trained on, and rows are judged by those of the task`() {
    let flipped = (0..<32).map { $0 % 7 == 3 }
    let table = ParityTable(ParityTask(bits: 5), coding: .plusMinusOne, flipped: flipped)
    let start = Problems.network(Architecture(inputs: 5, hidden: [6]), seed: 4)
    var order = SeededGenerator(seed: 1, stream: "order")
    let rule = GradientRule.gradientDescent(learningRate: 0.1)
    let found = train(start, on: table, settings(rule, 6, epochs: 3), order: &order)
    let expected = train(
      start, on: table.examples, by: rule, batch: .rows(6),
      within: Budget(epochs: 3, stopsWhenSolved: false))
    for (a, b) in zip(found.network.parameters, expected.network.parameters) {
      #expect(abs(a - b) < 2e-5)
    }
    let right = found.network.score(on: Problems.parity(5)).solvedRows
    #expect(found.score.solvedRows == right)
  }

  @Test func `batches solve a parity, to the epoch in which every row is right`() {
    let start = Problems.network(Architecture(inputs: 3, hidden: [8]), seed: 1)
    var order = SeededGenerator(seed: 1, stream: "order")
    let found = train(
      start, on: Problems.table(3), settings(Problems.adam, 4, epochs: 500, stops: true),
      order: &order)
    #expect(found.reason == .solved && found.epochs > 0 && found.epochs < 500)
    #expect(found.score.solvedRows == 8)
    #expect((found.margin ?? 0) > 0)
    order = SeededGenerator(seed: 1, stream: "order")
    let before = train(
      start, on: Problems.table(3),
      settings(Problems.adam, 4, epochs: found.epochs - 1, stops: true), order: &order)
    #expect(before.reason == .budget)
  }

  @Test func `a training that diverges says so`() {
    let start = Problems.network(Architecture(inputs: 3, hidden: [4], activation: .relu), seed: 1)
    var order = SeededGenerator(seed: 1, stream: "order")
    let found = train(
      start, on: Problems.table(3),
      settings(.gradientDescent(learningRate: 1e30), 2, epochs: 9), order: &order)
    #expect(found.reason == .diverged)
  }

  @Test func `a curve has its points in batches too`() {
    let start = Problems.network(Architecture(inputs: 3, hidden: [2]), seed: 1)
    var order = SeededGenerator(seed: 1, stream: "order")
    var epochs: [Int] = []
    let found = train(
      start, on: Problems.table(3), settings(Problems.adam, 3, epochs: 11), order: &order,
      observer: { epoch, _, _ in epochs.append(epoch) })
    #expect(found.epochs == 11)
    #expect(epochs == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11])
  }

  @Test func `a sample of rows is trained on as a table's rows are`() {
    let task = WideParity(bits: 5, firstRelevant: 5)
    var stream = ParityStream(task, seed: 9)
    let sample = stream.sample(23)
    let start = Problems.network(Architecture(inputs: 5, hidden: [6]), seed: 2)
    var order = SeededGenerator(seed: 1, stream: "order")
    let budget = Budget(epochs: 3, stopsWhenSolved: false)
    let found = train(
      start, on: sample, coding: .zeroOne, by: Problems.adam, size: 4, within: budget,
      order: &order)
    let examples = Examples(sample, coding: .zeroOne)
    let expected = train(start, on: examples, by: Problems.adam, batch: .rows(4), within: budget)
    for (a, b) in zip(found.network.parameters, expected.network.parameters) {
      #expect(abs(a - b) < 2e-5)
    }
    let score = found.network.score(on: examples)
    #expect(found.score.solvedRows == score.solvedRows)
    #expect(abs(found.score.loss - score.loss) < 1e-12)
  }
}

/// Training on examples that are drawn afresh.
struct StreamTrainingTests {
  private let shape = Architecture(inputs: 20, hidden: [5], activation: .tanh)

  @Test func `a stream takes a step of the specification on each fresh batch`() {
    let task = WideParity(bits: 20, firstRelevant: 2)
    var network = Problems.network(shape, seed: 3)
    var stream = ParityStream(task, seed: 5)
    let found = train(
      network, on: &stream, coding: .plusMinusOne, by: Problems.adam, size: 19, steps: 4)
    #expect(found.steps == 4 && found.isFinite)

    var state = GradientRule.State(Problems.adam, parameters: network.parameters.count)
    var again = ParityStream(task, seed: 5)
    for _ in 0..<4 {
      let batch = Examples(again.sample(19), coding: .plusMinusOne)
      let cache = network.forward(batch.inputs)
      state.step(&network.parameters, network.backward(cache, labels: batch.labels))
    }
    for (a, b) in zip(found.network.parameters, network.parameters) {
      #expect(abs(a - b) < 2e-5)
    }
    #expect(stream.sample(1) == again.sample(1), "the stream is left behind the last example")
  }

  @Test func `a network is shown on the way at the steps asked for`() {
    var stream = ParityStream(WideParity(bits: 20, firstRelevant: 2), seed: 5)
    var seen: [Int] = []
    let found = train(
      Problems.network(shape, seed: 3), on: &stream, coding: .zeroOne, by: Problems.adam, size: 4,
      steps: 9,
      point: { steps, _ in
        seen.append(steps)
        return steps + 4
      })
    #expect(found.steps == 9)
    #expect(seen == [0, 4, 8])
  }

  @Test func `the parity of two of twenty bits is learned from a stream`() {
    let task = WideParity(bits: 20, relevant: [4, 17])
    var stream = ParityStream(task, seed: 1)
    let start = Problems.network(
      Architecture(inputs: 20, hidden: [16], activation: .relu), seed: 1)
    let found = train(
      start, on: &stream, coding: .plusMinusOne,
      by: .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), size: 16, steps: 800)
    let fresh = found.network.check(stream.sample(500), coding: .plusMinusOne)
    #expect(fresh.solvedRows >= 495, "\(fresh.solvedRows) of 500 fresh rows")
  }
}
