import Foundation
import Networks
import Parity
import Testing
import Training

/// Where training ends up when nothing stops it: at the optimum, or beyond all bounds.
struct LossLimitTests {
  /// The loss is convex and parity is uncorrelated with every input and with the bias, so the
  /// gradient at weights of zero is zero: no other weights are better.
  @Test(arguments: [UInt64(1), 2, 3])
  func `the optimum of logistic regression on parity is all zero`(seed: UInt64) {
    let start = Problems.network(Architecture(inputs: 3, hidden: []), seed: seed)
    let result = train(
      start, on: Problems.parity(3), by: .gradientDescent(learningRate: 1),
      within: Budget(epochs: 200, stopsWhenSolved: false))
    #expect(start.parameters.contains { abs($0) > 0.1 })
    #expect(result.network.parameters.allSatisfy { abs($0) < 1e-9 }, "seed \(seed)")
    #expect(abs(result.score.loss - log(2)) < 1e-12)
    #expect(result.reason == .budget)
  }

  @Test func `at weights of zero the gradient on parity is zero`() {
    for bits in 2...8 {
      let examples = Problems.parity(bits)
      let zero = Network(
        Architecture(inputs: bits, hidden: []),
        parameters: Array(repeating: 0, count: bits + 1))
      let gradient = zero.backward(zero.forward(examples.inputs), labels: examples.labels)
      #expect(gradient.allSatisfy { $0 == 0 }, "\(bits) bits")
      #expect(zero.score(on: examples).solvedRows == 0, "a logit of 0 is right for neither")
    }
  }

  /// Steps a billion times too long multiply the weights of one layer by those of the other until
  /// they overflow, unless all units die first: hence three layers of them and a search for a seed.
  @Test func `a learning rate of a billion diverges`() throws {
    let architecture = Architecture(inputs: 2, hidden: [8, 8, 8], activation: .relu)
    let rule = GradientRule.gradientDescent(learningRate: 1e9)
    let budget = Budget(epochs: 100, stopsWhenSolved: false)
    let (seed, result) = try #require(
      (UInt64(1)...20).lazy.map { seed in
        (
          seed,
          train(
            Problems.network(architecture, seed: seed, .he), on: Problems.parity(2), by: rule,
            within: budget)
        )
      }.first { $0.1.reason == .diverged })
    let isFinite =
      result.score.loss.isFinite && result.network.parameters.allSatisfy { $0.isFinite }
    #expect(!isFinite, "seed \(seed)")
    #expect(result.epochs < 100, "it ends at once, not at the end of its budget")
    // One epoch less and everything was still finite.
    var shorter = budget
    shorter.epochs = result.epochs - 1
    let before = train(
      Problems.network(architecture, seed: seed, .he), on: Problems.parity(2), by: rule,
      within: shorter)
    #expect(before.reason != .diverged)
    #expect(before.score.loss.isFinite)
    #expect(before.network.parameters.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [Double.nan, .infinity])
  func `a network with a number that is not finite has diverged before its first epoch`(w: Double) {
    let start = Network(Architecture(inputs: 2, hidden: []), parameters: [w, 1, 1])
    let result = train(
      start, on: Problems.and, by: Problems.adam, within: Budget(epochs: 10))
    #expect(result.reason == .diverged)
    #expect(result.epochs == 0)
  }
}
