import Experiments
import Findings
import Runs
import TestSupport
import Testing

/// The check of claims, judged by the experiment as it is now.
struct CheckClaimTests {
  private static let sentence = "A line has its limit."

  @Test func `a changed threshold names the claim and what is found and published`() throws {
    try PublishedExample.with(PublishedExample.plan()) { example in
      let changed = try PublishedExample.plan(claims: PublishedExample.lineClaim(below: 0.25))
      let report = try example.report(changed)
      let difference = try #require(report.differences.first)
      #expect(report.differences.count == 1)
      #expect((difference.file, difference.key) == (.claims, Self.sentence))
      #expect(difference.line == 2)
      guard case .cells(let cells) = difference.kind else { throw WrongShape() }
      #expect(cells.map(\.column).prefix(2) == ["verdict", "expected"])
      #expect(cells.map(\.found).prefix(2) == ["fails", "best_accuracy < 0.25"])
      #expect(cells.map(\.published).prefix(2) == ["holds", "best_accuracy < 1"])
      #expect(
        report.text.hasPrefix(
          "regression: \(example.folder)/claims.csv: \"\(Self.sentence)\": verdict is fails, "
            + "published is holds; expected is best_accuracy < 0.25, "))
      #expect(report.summary == "1 claim differs from \(example.folder)")
    }
  }

  @Test func `a claim that fails as published is no regression`() throws {
    let plan = try PublishedExample.plan(claims: PublishedExample.lineClaim(below: 0.25))
    try PublishedExample.with(plan) { example in
      let report = try example.report()
      #expect(report.isEqual)
      #expect(report.text.hasPrefix("fails, as published: \"\(Self.sentence)\"\nsmall: 12 of 12"))
      // Where the published verdict is another one, the same failure is a regression.
      try example.change(.claims, line: 2, "verdict", to: "undecided")
      let other = try example.report()
      #expect(!other.isEqual && !other.text.contains("as published"))
      #expect(other.text.contains("verdict is fails, published is undecided"))
    }
  }

  @Test func `claims that only one side has are named`() throws {
    try PublishedExample.with(PublishedExample.plan()) { example in
      let other = try PublishedExample.plan(
        claims: PublishedExample.lineClaim(below: 1).replacing("its limit", with: "a limit"))
      let report = try example.report(other)
      #expect(report.differences.map(\.kind) == [.unpublished, .unplanned])
      #expect(report.differences.map(\.key) == ["A line has a limit.", Self.sentence])
    }
  }

  @Test func `two claims with the same sentence are told apart`() throws {
    let twice = PublishedExample.lineClaim(below: 1) + PublishedExample.lineClaim(below: 0.9)
    try PublishedExample.with(PublishedExample.plan(claims: twice)) { example in
      #expect(try example.report().isEqual)
      try example.change(.claims, line: 3, "n_to", to: "4")
      let report = try example.report()
      #expect(report.differences.map(\.key) == ["\(Self.sentence) (2)"])
      #expect(report.differences.map(\.line) == [3])
    }
  }
}
