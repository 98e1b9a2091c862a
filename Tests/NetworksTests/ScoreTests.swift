import Foundation
import Networks
import Parity
import Testing

struct ScoreTests {
  /// −y log a − (1 − y) log(1 − a), as it is written.
  private func direct(_ z: Double, _ y: UInt8) -> Double {
    let a = 1 / (1 + exp(-z))
    return -Double(y) * log(a) - (1 - Double(y)) * log(1 - a)
  }

  @Test(arguments: [-15, -3.5, -1, -0.2, -1e-9, 1e-9, 0.7, 1, 4, 15], [UInt8(0), 1])
  func `the loss of a row is the direct formula's`(z: Double, y: UInt8) {
    let score = Score(logits: [z], labels: [y])
    // The direct formula loses the digits of a that 1 − a cancels: e^15 ulps at worst.
    #expect(abs(score.loss - direct(z, y)) <= 1e-9 * max(1, direct(z, y)))
    #expect(score.solvedRows == ((z > 0) == (y == 1) ? 1 : 0))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `the loss is the mean over the rows and solved rows are counted`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    let logits = (0..<37).map { _ in generator.symmetric(5) }
    let labels = (0..<37).map { _ in UInt8(generator.below(2)) }
    let score = Score(logits: logits[...], labels: labels)
    let mean = zip(logits, labels).map(direct).reduce(0, +) / 37
    #expect(abs(score.loss - mean) <= 1e-13)
    #expect(score.solvedRows == zip(logits, labels).count { ($0 > 0) == ($1 == 1) })
  }

  @Test(arguments: [0.0, -0.0, .nan, -.nan], [UInt8(0), 1])
  func `a logit of 0 or NaN is right for neither label`(z: Double, y: UInt8) {
    #expect(Score(logits: [z], labels: [y]).solvedRows == 0)
  }

  @Test func `a logit of 0 costs log 2 and a NaN spoils the loss`() {
    #expect(abs(Score(logits: [0, 0], labels: [0, 1]).loss - 0.6931471805599453) <= 1e-15)
    #expect(Score(logits: [1, .nan], labels: [1, 1]).loss.isNaN)
  }

  @Test(arguments: [1000, 1e100, 1e308])
  func `huge logits cost 0 on the right side and themselves on the wrong one`(z: Double) {
    #expect(Score(logits: [z, -z], labels: [1, 0]) == Score(logits: [z, z], labels: [1, 1]))
    #expect(Score(logits: [z, -z], labels: [1, 0]).loss == 0)
    #expect(Score(logits: [z], labels: [0]).loss == z)
    #expect(Score(logits: [-z], labels: [1]).loss == z)
  }

  @Test func `infinite logits are right or infinitely wrong`() {
    let right = Score(logits: [.infinity, -.infinity], labels: [1, 0])
    #expect((right.loss, right.solvedRows) == (0, 2))
    let wrong = Score(logits: [.infinity, -.infinity], labels: [0, 1])
    #expect((wrong.loss, wrong.solvedRows) == (.infinity, 0))
  }

  @Test(arguments: [30.0, 50, 300, 700])
  func `a small loss keeps its digits`(z: Double) {
    // log(1 + e^−z) = e^−z to within e^−2z; 1 − a would be 0 from z = 37 on.
    let expected = exp(-z)
    #expect(abs(Score(logits: [z], labels: [1]).loss - expected) <= 1e-12 * expected)
  }

  @Test func `a network's score is that of its logits`() {
    let network = Network.random(Architecture(inputs: 3, hidden: [4]), seed: 1)
    let examples = Examples(.truthTable(ParityTask(bits: 3)), coding: .plusMinusOne)
    let naive = NaiveNetwork(network)
    let logits = (0..<8).compactMap { naive.forward(examples.row($0)).z[1].first }
    let score = network.score(on: examples)
    #expect(logits.count == 8)
    #expect(abs(score.loss - zip(logits, examples.labels).map(direct).reduce(0, +) / 8) <= 1e-13)
    #expect(score.solvedRows == zip(logits, examples.labels).count { ($0 > 0) == ($1 == 1) })
  }

  @Test func `logits without a label are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Score(logits: [1, 2], labels: [1]) }
  }
}
