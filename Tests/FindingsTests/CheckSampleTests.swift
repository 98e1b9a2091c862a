import Experiments
import Findings
import Runs
import Tables
import TestSupport
import Testing

struct CheckSampleTests {
  private static func keys(_ text: String, seed: UInt64 = 1, of plan: Plan) throws -> [String] {
    try #require(CheckSample(text, seed: seed)).trials(of: plan).map(\.key)
  }

  private static func plan(seeds: Int, bits: String = "[2, 3]") throws -> Plan {
    try smallPlan(
      bits: bits, seeds: "\(seeds)",
      arms: """
        { name: "line", kind: "logistic" },
        { name: "wide", kind: "shallow", widths: "1...4" },
        """)
  }

  @Test func `whether a key is chosen does not depend on the length of the plan`() throws {
    let (long, short) = (try Self.plan(seeds: 200, bits: "[2, 3, 4]"), try Self.plan(seeds: 50))
    let known = Set(short.trials.map(\.key))
    let chosen = try Self.keys("20%", of: short)
    #expect(try Self.keys("20%", of: long).filter(known.contains) == chosen)
    #expect(chosen == short.trials.map(\.key).filter(Set(chosen).contains))
  }

  @Test func `the same seed chooses the same keys, another one others`() throws {
    let plan = try Self.plan(seeds: 100)
    #expect(try Self.keys("10%", seed: 4, of: plan) == Self.keys("10%", seed: 4, of: plan))
    #expect(try Self.keys("10%", seed: 4, of: plan) != Self.keys("10%", seed: 5, of: plan))
  }

  @Test func `a larger share has all of a smaller one`() throws {
    let plan = try Self.plan(seeds: 100)
    let few = try Self.keys("5%", of: plan)
    #expect(Set(few).isSubset(of: try Self.keys("12.5%", of: plan)))
    #expect(try Self.keys("100%", of: plan) == plan.trials.map(\.key))
  }

  @Test func `the sample has about the share that was asked for`() throws {
    let plan = try Self.plan(seeds: 500)
    #expect(plan.trials.count == 5000)
    // Six standard deviations of a binomial count: 6 √(5000 · 0.1 · 0.9) = 127.
    #expect((373...627).contains(try Self.keys("10%", of: plan).count))
  }

  @Test func `no arm is left out at any n`() throws {
    let plan = try Self.plan(seeds: 30)
    let chosen = try Self.keys("0.001%", seed: 3, of: plan)
    #expect(chosen.count == 4)
    for place in ["line/n=2/", "line/n=3/", "wide/n=2/", "wide/n=3/"] {
      #expect(chosen.count { $0.hasPrefix(place) } == 1)
    }
  }

  @Test(arguments: ["10", "0%", "-1%", "101%", "%", "ten%", "nan%", "", "10 %"])
  func `a text that is not a percentage above 0 and up to 100 is refused`(text: String) {
    #expect(CheckSample(text, seed: 1) == nil)
  }

  @Test func `rows outside the sample are taken as published`() throws {
    try PublishedExample.with(PublishedExample.plan()) { example in
      let sample = try #require(CheckSample("1%", seed: 1))
      let again = sample.trials(of: example.plan).map(\.key)
      #expect(again.count == 4)
      let report = try example.report(sample: sample)
      #expect(report.isEqual)
      #expect(report.text.hasPrefix("small: 4 of 12 rows, the summary and 1 claim equal "))

      let keys = try example.rows(of: .trials).map { $0[0] }
      let kept = try #require(keys.lastIndex { !again.contains($0) })
      try example.change(.trials, line: kept + 1, "loss", to: "9.0")
      #expect(try example.report(sample: sample).isEqual)
      #expect(try !example.report().isEqual)
    }
  }

  @Test func `a row outside the sample that was changed by hand is refused with its line`() throws {
    try PublishedExample.with(PublishedExample.plan()) { example in
      let sample = try #require(CheckSample("1%", seed: 1))
      let again = sample.trials(of: example.plan).map(\.key)
      var rows = try example.rows(of: .trials)
      let kept = try #require(rows.lastIndex { !again.contains($0[0]) })
      let place = try #require(rows[0].firstIndex(of: "loss"))
      rows[kept][place] = "9.0"
      try example.put(rows, in: .trials)
      let error = try #require(throws: InputError.self) { try example.report(sample: sample) }
      let path = example.path(of: .trials)
      #expect(error.description.hasPrefix("\(path): line \(kept + 1), settings: found "))
      #expect(error.description.contains(": a field of the row was changed; "))
    }
  }

  @Test func `rows outside the sample are compared with the settings of their trials`() throws {
    try PublishedExample.with(PublishedExample.plan()) { example in
      let sample = try #require(CheckSample("1%", seed: 1))
      let again = sample.trials(of: example.plan).map(\.key)
      let keys = try example.rows(of: .trials).map { $0[0] }
      let kept = try #require(keys.lastIndex { !again.contains($0) })
      try example.change(.trials, line: kept + 1, "activation", to: "relu")
      let settings = try example.report(sample: sample)
      let cell = RowDifference.Cell(column: "activation", found: "tanh", published: "relu")
      #expect(settings.differences.map(\.kind) == [.cells([cell])])
      #expect(settings.summary == "1 of 5 rows differs from \(example.folder)")

      try example.change(.trials, line: kept + 1, "family", to: "circuit")
      #expect(throws: InputError.self) { try example.report(sample: sample) }
      try example.put(
        example.rows(of: .trials).enumerated().filter { $0.offset != kept }.map(\.element),
        in: .trials)
      let missing = try example.report(sample: sample)
      #expect(missing.differences.first?.key == keys[kept])
      #expect(missing.differences.first?.kind == .unpublished)
      // The summary and the settings of its arm lack a trial then.
      let others = missing.differences.dropFirst().map(\.file.rawValue)
      #expect(others == ["summary.csv", "settings.csv"])
    }
  }
}
