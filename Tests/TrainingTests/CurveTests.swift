import Networks
import Parity
import Testing
import Training

/// A learning curve shows what shorter runs end with.
struct CurveTests {
  private typealias Point = (epoch: Int, score: Score)

  @Test func `points are every epoch up to 8, then four for each doubling`() {
    var epochs = [0]
    while let last = epochs.last, last < 100 { epochs.append(CurveEpochs.next(after: last)) }
    #expect(
      epochs == [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112,
      ])
    // Whatever epoch one starts from, steps grow and stay below a third.
    for epoch in 9...5000 {
      let step = CurveEpochs.next(after: epoch) - epoch
      #expect(step * 8 > epoch && step * 4 <= epoch)
    }
  }

  @Test func `each point on a table is the end of a shorter run`() {
    let table = ParityTable(
      ParityTask(bits: 3), coding: .plusMinusOne,
      heldOut: (0..<8).map { $0 == 5 })
    for hidden in [[6], [], [4, 3]] {
      let start = Problems.network(Architecture(inputs: 3, hidden: hidden), seed: 4)
      var budget = Budget(epochs: 43, stopsWhenSolved: false)
      var points: [Point] = []
      let end = train(start, on: table, by: Problems.adam, within: budget) {
        epoch, score, network in
        points.append((epoch, score))
        #expect(network.score(on: table.examples).solvedRows == score.solvedRows)
      }
      #expect(
        points.map(\.epoch) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 43])
      #expect(points.last?.score == end.score)
      let unwatched = train(start, on: table, by: Problems.adam, within: budget)
      #expect(unwatched.network == end.network, "watching changes nothing")
      for point in points {
        budget.epochs = point.epoch
        let shorter = train(start, on: table, by: Problems.adam, within: budget)
        #expect(shorter.score == point.score)
      }
    }
  }

  @Test func `a run that is solved ends its curve there`() {
    let table = ParityTable(ParityTask(bits: 2), coding: .plusMinusOne)
    let start = Problems.network(Architecture(inputs: 2, hidden: [6]), seed: 2)
    var points: [Point] = []
    let end = train(
      start, on: table, by: Problems.adam, within: Budget(epochs: 5000)
    ) { epoch, score, _ in points.append((epoch, score)) }
    #expect(end.reason == .solved)
    #expect(points.last?.epoch == end.epochs)
    #expect(points.last?.score.solvedRows == 4)
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.epoch < $1.epoch })
  }

  @Test(arguments: [
    Optimizer.gradient(Problems.adam, batch: .full), .gradient(Problems.adam, batch: .rows(3)),
    .levenbergMarquardt(LevenbergMarquardt()),
  ])
  func `every optimizer shows the same curve as its shorter runs`(optimizer: Optimizer) {
    let start = Problems.network(Architecture(inputs: 3, hidden: [3]), seed: 1)
    var settings = TrainingSettings(
      optimizer: optimizer, budget: Budget(epochs: 21, stopsWhenSolved: false))
    var points: [Point] = []
    var order = SeededGenerator(seed: 7, stream: "order")
    var last = start
    let end = train(start, on: Problems.table(3), settings, order: &order) {
      epoch, score, network in
      points.append((epoch, score))
      last = network
    }
    #expect(last == end.network)
    #expect(points.last?.epoch == end.epochs && points.first?.epoch == 0)
    for point in points {
      settings.budget.epochs = point.epoch
      var order = SeededGenerator(seed: 7, stream: "order")
      let shorter = train(start, on: Problems.table(3), settings, order: &order)
      #expect(shorter.score == point.score)
    }
  }

  @Test(arguments: [Batch.full, .rows(3)])
  func `the specification shows the same curve as its shorter runs`(batch: Batch) {
    let examples = Problems.parity(3)
    let start = Problems.network(Architecture(inputs: 3, hidden: [3]), seed: 1)
    var budget = Budget(epochs: 21, stopsWhenSolved: false)
    var points: [Point] = []
    var order = SeededGenerator(seed: 7, stream: "order")
    let end = train(
      start, on: examples, by: Problems.adam, batch: batch, within: budget, order: &order
    ) { epoch, score, _ in points.append((epoch, score)) }
    #expect(points.last?.epoch == end.epochs && points.first?.epoch == 0)
    for point in points {
      budget.epochs = point.epoch
      let shorter = train(
        start, on: examples, by: Problems.adam, batch: batch, within: budget, seed: 7)
      #expect(shorter.score == point.score)
    }
  }
}
