import Experiments
import Testing

struct SuccessRateTests {
  /// Computed from Wilson's formula with 40 digits (Python's decimal).
  @Test(arguments: [
    (0, 1, 0.0, 0.7934506856227627), (1, 1, 0.2065493143772374, 1.0),
    (0, 10, 0.0, 0.27753279986288926), (1, 10, 0.017876213095072903, 0.4041500267952385),
    (5, 10, 0.23659309051256397, 0.7634069094874361),
    (9, 10, 0.5958499732047615, 0.9821237869049271), (10, 10, 0.7224672001371107, 1.0),
    (7, 20, 0.18119182410108206, 0.5671457233147638), (0, 3, 0.0, 0.5614970317550455),
    (999, 1000, 0.9943574414020421, 0.999823453629374),
  ])
  func `the interval agrees with Wilson's formula`(
    successes: Int, seeds: Int, low: Double, high: Double
  ) {
    let rate = SuccessRate(successes: successes, seeds: seeds)
    #expect(abs(rate.low - low) <= 4e-16)
    #expect(abs(rate.high - high) <= 4e-16)
  }

  @Test(arguments: 1...40)
  func `each end of the interval lies 1.96 of its standard errors from the share`(seeds: Int) {
    // The definition, which the closed form solves: |share − p| = z √(p(1 − p)/seeds).
    for successes in 0...seeds {
      let rate = SuccessRate(successes: successes, seeds: seeds)
      let share = Double(successes) / Double(seeds)
      #expect(0 <= rate.low && rate.low <= share && share <= rate.high && rate.high <= 1)
      for end in [rate.low, rate.high] where end > 0 && end < 1 {
        let error = (end * (1 - end) / Double(seeds)).squareRoot()
        #expect(abs(abs(share - end) / error - 1.959963984540054) < 1e-9)
      }
      let opposite = SuccessRate(successes: seeds - successes, seeds: seeds)
      #expect(abs(opposite.low - (1 - rate.high)) < 1e-15)
    }
  }

  @Test(arguments: [(0, 1, false), (1, 2, true), (1, 3, false), (2, 3, true), (5, 10, true)])
  func `exactly half of the seeds counts as at least half`(
    successes: Int, seeds: Int, expected: Bool
  ) {
    #expect(SuccessRate(successes: successes, seeds: seeds).isAtLeastHalf == expected)
  }
}
