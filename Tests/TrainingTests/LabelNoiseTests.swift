import Networks
import Parity
import Testing
import Training

struct LabelNoiseTests {
  private static let task = ParityTask(bits: 3)
  private static let flipped = (0..<8).map { $0 == 1 || $0 == 6 }
  private static let budget = Budget(epochs: 25, stopsWhenSolved: false)
  private static let start = Problems.network(Architecture(inputs: 3, hidden: [6]), seed: 4)

  /// All rows with the flipped labels as if they were right.
  private static var examples: Examples {
    let data = DataSet.truthTable(task)
    return Examples(
      inputs: Matrix(data, coding: .plusMinusOne),
      labels: zip(data.labels, flipped).map { $1 ? 1 - $0 : $0 })
  }

  private func trained(_ optimizer: Optimizer) -> TrainingResult {
    var order = SeededGenerator(seed: 1, stream: "order")
    let table = ParityTable(Self.task, coding: .plusMinusOne, flipped: Self.flipped)
    return train(
      Self.start, on: table, TrainingSettings(optimizer: optimizer, budget: Self.budget),
      order: &order)
  }

  @Test(arguments: [Batch.full, .rows(3)])
  func `training gets the flipped labels, the judge those of the task`(batch: Batch) {
    let descent = GradientRule.gradientDescent(learningRate: 0.3)
    var order = SeededGenerator(seed: 1, stream: "order")
    let expected = train(
      Self.start, on: Self.examples, by: descent, batch: batch, within: Self.budget, order: &order)
    let found = trained(.gradient(descent, batch: batch))
    for (a, b) in zip(found.network.parameters, expected.network.parameters) {
      #expect(abs(a - b) < 1e-5)
    }
    let truth = found.network.score(on: Problems.parity(3))
    #expect(found.score.solvedRows == truth.solvedRows)
    #expect(abs(found.score.loss - truth.loss) < 1e-12)
  }

  @Test func `Levenberg-Marquardt gets the flipped labels too`() {
    let found = trained(.levenbergMarquardt(.init()))
    let fits = found.network.score(on: Self.examples).solvedRows
    #expect(fits == 8)
    #expect(found.score.solvedRows == 6)
    #expect(found.reason == .budget)
  }

  @Test func `to stop at rows that are right by other labels is refused`() async {
    await #expect(processExitsWith: .failure) {
      let task = ParityTask(bits: 1)
      let table = ParityTable(task, coding: .plusMinusOne, flipped: [true, false])
      let network = Network(Architecture(inputs: 1, hidden: []), parameters: [1, 1])
      var order = SeededGenerator(seed: 1, stream: "order")
      let rule = Optimizer.gradient(.gradientDescent(learningRate: 1), batch: .full)
      _ = train(
        network, on: table, TrainingSettings(optimizer: rule, budget: Budget(epochs: 1)),
        order: &order)
    }
  }
}
