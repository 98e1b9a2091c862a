import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// An experiment that changes after a run: rows that still belong are kept, others are set aside, the
/// rest is run.
struct GrowthTests {
  /// A change of an experiment, and what it does to the rows that are there.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var before = GrowingRun.Settings()
    var after = GrowingRun.Settings()
    /// The keys whose rows leave.
    let leaves: @Sendable (String) -> Bool

    init(
      _ name: String,
      _ change: (_ before: inout GrowingRun.Settings, _: inout GrowingRun.Settings)
        -> Void,
      leaves: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
      (testDescription, self.leaves) = (name, leaves)
      change(&before, &after)
    }
  }

  private static let tall = #"{ name: "tall", kind: "deep", depth: 2, widths: 2, curves: true },"#

  static let changes = [
    Change("20 seeds after 10") { ($0.seeds, $1.seeds) = ("10", "20") },
    Change("one more n") { $1.bits = "[2, 3]" },
    Change("one more n, below the others") { ($0.bits, $1.bits) = ("3", "[2, 3]") },
    Change("more widths") { $1.widths = #"["1...5"]"# },
    Change("a further arm with learning curves") { $1.more = tall },
    Change("the first arm with learning curves") { before, after in
      (before.curves, before.widths, after.curves, after.widths) = (false, "7", false, "7")
      after.more = tall
    },
    Change("the first arm with certificates") { before, _ in before.frozen = false },
    Change("fewer epochs for one arm") {
      $1.wideEpochs = 5
    } leaves: {
      $0.hasPrefix("wide/")
    },
    Change("more seeds, and more epochs for one arm") { _, after in
      (after.seeds, after.wideEpochs) = ("5", 9)
    } leaves: {
      $0.hasPrefix("wide/")
    },
    Change("fewer seeds") {
      $1.seeds = "2"
    } leaves: {
      $0.hasSuffix("/seed=3")
    },
    Change("other seeds") {
      $1.seeds = "[3, 4]"
    } leaves: {
      $0.hasSuffix("/seed=1") || $0.hasSuffix("/seed=2")
    },
    Change("one n less") { before, _ in
      before.bits = "[2, 3]"
    } leaves: {
      $0.contains("/n=3")
    },
    Change("without the arm with certificates") {
      $1.frozen = false
    } leaves: {
      $0.hasPrefix("sign/")
    },
    Change("without learning curves") {
      $1.curves = false
    } leaves: {
      $0.hasPrefix("wide/")
    },
  ]

  @Test(arguments: changes)
  func `a changed experiment runs what is missing and ends with the bytes of a fresh run`(
    change: Change
  ) throws {
    let expected = try GrowingRun.fresh(change.after)
    try withTemporaryFolder { path in
      let run = GrowingRun(path: path)
      let done = try run.advance(change.before)
      let rows = run.rows()
      let keys = try change.after.plan().trials.map(\.key)
      let ran = try run.advance(change.after)
      #expect(Set(ran) == Set(keys).subtracting(done.filter { !change.leaves($0) }))
      #expect(run.results() == expected)

      // What left is beside, all of it and nothing else.
      #expect(run.rows(setAside: 1).sorted == rows.rows(where: change.leaves).sorted)
      #expect(run.rows(setAside: 2).isEmpty)
      // The rows that stay keep their timings.
      let kept = run.rows().rows { !ran.contains($0) }
      #expect(kept["timings.csv"] == rows.rows { !change.leaves($0) }["timings.csv"])
    }
  }

  @Test(arguments: changes)
  func `a run that was stopped half-way grows as well`(change: Change) throws {
    let expected = try GrowingRun.fresh(change.after)
    try withTemporaryFolder { path in
      let run = GrowingRun(path: path)
      let done = try run.advance(change.before, 7)
      let rows = run.rows()
      let (start, rest) = (try run.advance(change.after, 4), try run.advance(change.after))
      let keys = try change.after.plan().trials.map(\.key)
      #expect(Set(start + rest) == Set(keys).subtracting(done.filter { !change.leaves($0) }))
      #expect(start.count + rest.count == Set(start + rest).count, "no trial runs twice")
      #expect(run.results() == expected)
      #expect(run.rows(setAside: 1).sorted == rows.rows(where: change.leaves).sorted)
      #expect(run.rows(setAside: 2).isEmpty)
    }
  }
}
