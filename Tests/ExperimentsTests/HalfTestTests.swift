import Testing

@testable import Experiments

@Suite struct HalfTestTests {
  /// Σ_{i ≤ s} C(t+1, i) / ((t+1)·C(t, s)) with whole numbers, for t up to 60.
  @Test func oddsAreThoseOfTheFormula() {
    for trainings in [1, 2, 3, 12, 15, 18, 22, 27, 40, 60] {
      for successes in 0...trainings {
        let sum = (0...successes).reduce(UInt128(0)) { $0 + binomial(trainings + 1, $1) }
        let exact =
          Double(sum) / (Double(trainings + 1) * Double(binomial(trainings, successes)))
        let found = HalfTest.odds(successes, trainings)
        #expect(abs(found - exact) <= 1e-13 * exact, "\(successes) of \(trainings)")
      }
    }
  }

  /// What a few counts come to, worked out apart from this code.
  @Test func verdictsOfKnownCounts() {
    let test = HalfTest(bits: 7, widths: 16)
    #expect(test.confirming == 4480)
    #expect(test.refuting == 280)
    // M(12, 12) = (2^13 - 1) / 13 = 630.
    #expect(test.verdict(successes: 0, trainings: 12) == .refuted)
    #expect(test.verdict(successes: 12, trainings: 12) == .undecided)
    // M(16, 16) = (2^17 - 1) / 17 = 7710.
    #expect(test.verdict(successes: 16, trainings: 16) == .confirmed)
    #expect(test.verdict(successes: 125, trainings: 240) == .undecided)
    #expect(test.verdict(successes: 500, trainings: 1000) == .undecided)
    #expect(test.verdict(successes: 900, trainings: 1000) == .confirmed)
    #expect(HalfTest.odds(2000, 2000) == .infinity)
  }

  private func binomial(_ n: Int, _ k: Int) -> UInt128 {
    guard k >= 0, k <= n else { return 0 }
    return (0..<k).reduce(UInt128(1)) { $0 * UInt128(n - $1) / UInt128($1 + 1) }
  }
}
