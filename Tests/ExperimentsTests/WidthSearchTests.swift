import Experiments
import Parity
import TestSupport
import Testing

struct WidthSearchTests {
  /// A plan with one search at n = 2, of three widths and so many seeds.
  private func plan(seeds: Int) throws -> Plan {
    try smallPlan(
      bits: "2", seeds: "1", epochs: 1,
      arms: #"{ name: "arm", kind: "shallow", widths: "1...3", search: \#(seeds) }"#)
  }

  /// A record of a trial that solves every row, or three of four.
  private func record(_ trial: any Trial, solved: Bool) throws -> Record {
    try handMade(
      n: 2, widths: trial.outline.hidden, seed: trial.outline.seed ?? 0, solved: solved ? 4 : 3)
  }

  /// Answers everything that a plan asks for; returns how many seeds each width got.
  private func seeds(
    _ plan: Plan, inOrder: ([any Trial]) -> [any Trial] = { $0 },
    solves: (_ width: Int, _ seed: Int) -> Bool
  ) throws -> [Int] {
    var plan = plan
    var open = plan.trials
    while !open.isEmpty {
      var more: [any Trial] = []
      for trial in inOrder(open) {
        let outline = trial.outline
        let solved = solves(outline.hidden[0], outline.seed ?? 0)
        more += plan.take(try record(trial, solved: solved))
      }
      open = more
    }
    let widths = plan.trials.map { $0.outline.hidden[0] }
    #expect(widths == widths.sorted() && plan.count == widths.count)
    return (1...3).map { width in widths.count { $0 == width } }
  }

  @Test func `widths are tried upward until one is confirmed`() throws {
    // 0 of 12 refutes; 12 of 12 does not confirm one of three widths at one n, 15 of 15 does.
    #expect(try seeds(plan(seeds: 100)) { width, _ in width > 1 } == [12, 12, 0])
    #expect(try seeds(plan(seeds: 100)) { width, _ in width > 2 } == [12, 12, 12])
    #expect(try seeds(plan(seeds: 100)) { _, _ in false } == [12, 12, 12])
  }

  @Test func `a width that the seeds do not decide gets all of them`() throws {
    #expect(
      try seeds(plan(seeds: 50)) { width, seed in width > 1 && seed.isMultiple(of: 2) }
        == [12, 50, 50])
  }

  @Test func `fewer seeds than a wave are all of them`() throws {
    #expect(try seeds(plan(seeds: 5)) { width, _ in width == 3 } == [5, 5, 5])
  }

  @Test func `the order in which a wave ends changes nothing`() throws {
    func solves(_ width: Int, _ seed: Int) -> Bool { (7 * seed + 3 * width) % 5 < width }
    let expected = try seeds(plan(seeds: 200), solves: solves)
    #expect(try seeds(plan(seeds: 200), inOrder: { $0.reversed() }, solves: solves) == expected)
    #expect(
      try seeds(plan(seeds: 200), inOrder: { $0.sorted { $0.key < $1.key } }, solves: solves)
        == expected)
  }

  @Test func `a plan that reads its records is where it was`() throws {
    var plan = try plan(seeds: 60)
    let empty = plan
    var records: [Record] = []
    var open = plan.trials[...]
    while let trial = open.popFirst() {
      var record = trial.run()
      if !records.count.isMultiple(of: 3) { record = trial.record(like: record) }
      records.append(record)
      open += plan.take(record)
      var read = empty
      read.grow(by: records.reversed())
      #expect(read.trials.map(\.key) == plan.trials.map(\.key))
    }
    #expect(plan.fingerprint == empty.fingerprint)
    #expect(plan.count == records.count)
  }

  @Test func `the seeds of the command line take the place of the search's`() throws {
    let text = experimentText(
      bits: "2", arms: #"{ name: "arm", kind: "shallow", widths: "1...3", search: 1000 }"#)
    var overrides = Overrides()
    overrides.seeds = [4, 6]
    let plan = try Plan(readExperiment(text).overridden(by: overrides))
    #expect(plan.trials.map { $0.outline.seed } == [4, 6])
  }

  @Test func `a search keeps to one shard`() throws {
    let plan = try smallPlan(
      bits: "\"2...8\"", seeds: "1", epochs: 1,
      arms: #"{ name: "arm", kind: "shallow", widths: "1...3", search: 100 }"#)
    for part in (1...3).map({ plan.part(Shard($0, of: 3)) }) {
      for (_, trials) in Dictionary(grouping: part.trials, by: \.bits) {
        #expect(trials.count == 12)
      }
    }
    #expect((1...3).reduce(0) { $0 + plan.part(Shard($1, of: 3)).count } == plan.count)
  }

  #if !DEBUG
    /// Of 10 000 arms at two n with eight widths each, at most one in twenty has an interval that
    /// leaves out the smallest width with a probability of one half.
    @Test(arguments: [
      ("steep", [0, 0, 0.02, 0.3, 0.9, 1, 1, 1]),
      ("flat", [0.42, 0.44, 0.46, 0.48, 0.5, 0.52, 0.54, 0.56]),
      ("dipping", [0.1, 0.4, 0.6, 0.45, 0.3, 0.55, 0.8, 0.9]),
      ("at one half", [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
      ("just below", [0.499, 0.499, 0.499, 0.499, 0.499, 0.499, 0.499, 0.499]),
    ])
    func `intervals hold as often as they say`(name: String, rates: [Double]) {
      let (arms, bits, most) = (10_000, 2, 1000)
      let test = HalfTest(bits: bits, widths: rates.count)
      let truth = rates.firstIndex { $0 >= 0.5 } ?? rates.count
      var generator = SeededGenerator(seed: 1, stream: "coverage \(name)")
      var missed = 0
      for _ in 0..<arms {
        let isMissed = (0..<bits).map { _ in
          Self.interval(rates, test, most, &generator)
        }.contains { $0.low > truth || $0.high < truth }
        missed += isMissed ? 1 : 0
      }
      #expect(Double(missed) <= HalfTest.error * Double(arms), "\(name): \(missed) of \(arms)")
      print("coverage, \(name): \(missed) of \(arms) arms missed")
    }

    /// The places of the ends; behind the last where there is none.
    private static func interval(
      _ rates: [Double], _ test: HalfTest, _ most: Int, _ generator: inout SeededGenerator
    ) -> (low: Int, high: Int) {
      var low = rates.count
      for (place, rate) in rates.enumerated() {
        var (trainings, successes) = (0, 0)
        var verdict = HalfTest.Verdict.undecided
        while verdict == .undecided, trainings < most {
          let next = WidthSearch.trainings(after: trainings, of: most)
          for _ in trainings..<next { successes += generator.unit() < rate ? 1 : 0 }
          trainings = next
          verdict = test.verdict(successes: successes, trainings: trainings)
        }
        if verdict != .refuted { low = min(low, place) }
        if verdict == .confirmed { return (low, place) }
      }
      return (low, rates.count)
    }
  #endif
}
