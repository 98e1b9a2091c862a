import Experiments
import Findings
import Runs
import Tables
import TestSupport
import Testing

struct SummaryTests {
  private func row(_ records: [Record]) throws -> SummaryRow {
    let rows = Summary(records, choosingDepth: []).rows
    #expect(rows.count == 1)
    return try #require(rows.first)
  }

  /// The fields of a row by column.
  private func fields(_ records: [Record]) throws -> [String: String] {
    let lines = CSV.parse(Summary.format.csv(Summary(records, choosingDepth: []).rows).utf8).rows
      .map(\.fields)
    #expect(lines.count == 2)
    #expect(lines[0] == Summary.format.names)
    return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
  }

  @Test func `the promised columns come first, in their order`() {
    let promised =
      "arm, family, n, depth, trials, minimum_units_any, minimum_units_half, successes, seeds, "
      + "success_low, success_high, best_accuracy, two_level_units"
    #expect(Summary.format.names.prefix(13).joined(separator: ", ") == promised)
    #expect(Summary.format.names.contains("widest_tried"))
  }

  @Test func `the minimum of any seed and of half of them are two numbers`() throws {
    let records =
      try handMade(widths: [1], solvedBySeed: [3, 3, 2, 3])
      + handMade(widths: [2], solvedBySeed: [3, 4, 3, 3])
      + handMade(widths: [3], solvedBySeed: [4, 3, 4, 2])
      + handMade(widths: [5], solvedBySeed: [4, 4, 4, 4])
    let row = try row(records.reversed())
    #expect((row.any?.units, row.any?.rate) == (2, SuccessRate(successes: 1, seeds: 4)))
    #expect((row.half?.units, row.half?.rate) == (3, SuccessRate(successes: 2, seeds: 4)))
    #expect(row.reported == row.half)
    // 13 of 16 rows.
    #expect(row.reported.meanAccuracy == 0.8125)
    #expect((row.trials, row.bestAccuracy) == (16, 1))
    #expect((row.widestTried, row.mostUnitsTried, row.twoLevelUnits) == (5, 5, 2))
    #expect(row.reported.parameters == 13)
    #expect(row.choice == nil && !row.isCandidate)
  }

  @Test func `the minimum is the smallest number of units solved, though more units fail`() throws {
    let records =
      try handMade(widths: [2], solvedBySeed: [4, 4])
      + handMade(widths: [3], solvedBySeed: [3, 3])
    #expect(try row(records).half?.units == 2)
  }

  @Test func `a minimum that was not reached is empty`() throws {
    let records =
      try handMade(n: 3, widths: [2], solvedBySeed: [5, 6])
      + handMade(n: 3, widths: [7], solvedBySeed: [4, 7])
    let fields = try fields(records)
    #expect((fields["minimum_units_any"], fields["minimum_units_half"]) == ("", ""))
    #expect((fields["successes"], fields["seeds"], fields["success_units"]) == ("0", "2", "2"))
    #expect((fields["successes_any"], fields["success_any_low"]) == ("", ""))
    #expect((fields["widest_tried"], fields["most_units_tried"]) == ("7", "7"))
    #expect((fields["best_accuracy"], fields["mean_accuracy"]) == ("0.875", "0.6875"))
    #expect((fields["two_level_units"], fields["chosen"], fields["reason"]) == ("4", "", ""))
    #expect(fields["mean_held_out_accuracy"] == "")
  }

  @Test func `the terms of a two-level circuit are missing where they do not fit 128 bits`() throws
  {
    let fold = #"{ name: "fold", kind: "constructed", family: "fold" }"#
    let records = try smallPlan(bits: "[128, 129, 1024]", arms: fold).trials.map { $0.run() }
    let rows = Summary(records, choosingDepth: []).rows
    #expect(rows.map(\.twoLevelUnits) == [UInt128(1) << 127, nil, nil])
    #expect(rows.map { $0.half?.units } == [14, 16, 20])
    let place = try #require(Summary.format.names.firstIndex(of: "two_level_units"))
    let fields = rows.map { Summary.format.fields($0)[place] }
    #expect(fields == ["170141183460469231731687303715884105728", "", ""])
  }

  @Test func `where no width solves half of the seeds the one with the most successes is reported`()
    throws
  {
    let records =
      try handMade(widths: [1], solvedBySeed: [3, 3, 3])
      + handMade(widths: [2], solvedBySeed: [3, 4, 3])
      + handMade(widths: [3], solvedBySeed: [4, 3, 3])
    let row = try row(records)
    #expect((row.any?.units, row.half, row.reported.units) == (2, nil, 2))
    let fields = try fields(records)
    #expect((fields["minimum_units_any"], fields["minimum_units_half"]) == ("2", ""))
    #expect((fields["successes"], fields["success_units"]) == ("1", "2"))
  }

  @Test func `accuracies on held-out rows and on training rows are two numbers`() throws {
    let records = [
      try handMade(n: 3, seed: 1, solved: 7, heldOut: (rows: 2, solved: 1)),
      try handMade(n: 3, seed: 2, solved: 5, heldOut: (rows: 2, solved: 0)),
      try handMade(n: 3, seed: 3, solved: 4, heldOut: (rows: 2, solved: 2)),
    ]
    let row = try row(records)
    #expect(row.bestHeldOutAccuracy == 1)
    #expect(row.reported.meanHeldOutAccuracy == 0.5)
    // 6 + 5 + 2 of 18 rows.
    #expect(row.reported.meanTrainAccuracy == 13.0 / 18)
    #expect(row.reported.meanAccuracy == 16.0 / 24)
  }

  @Test func `each arm, n and depth has a row, in the order of their first trials`() throws {
    let records = [
      try handMade(arm: "b", n: 3, widths: [2], solved: 5),
      try handMade(arm: "a", n: 2, widths: [], solved: 3),
      try handMade(arm: "b", n: 2, widths: [2], solved: 4),
      try handMade(arm: "b", n: 3, widths: [1, 1], solved: 5),
      try handMade(arm: "b", n: 3, widths: [3], solved: 5),
    ]
    let rows = Summary(records, choosingDepth: []).rows
    #expect(
      rows.map { "\($0.arm) \($0.bits) \($0.depth)" } == ["b 3 1", "a 2 0", "b 2 1", "b 3 2"])
    #expect(rows.map(\.trials) == [2, 1, 1, 1])
    #expect(rows.map(\.widestTried) == [3, 0, 2, 1])
    #expect(rows.map(\.mostUnitsTried) == [3, 0, 2, 2])
  }

  @Test func `every field of a row of summary.csv is as calculated by hand`() throws {
    let records = try handMade(widths: [2], solvedBySeed: [4, 3])
    let csv = Summary.format.csv(Summary(records, choosingDepth: []).rows)
    let line = csv.split(separator: "\n").last
    let low = SuccessRate(successes: 1, seeds: 2).low
    let high = SuccessRate(successes: 1, seeds: 2).high
    let rate = "\(low),\(high)"
    #expect(
      line
        == "arm,trained,2,1,2,2,2,1,2,\(rate),1.0,2,2,9,1,\(rate),0.875,0.875,,,2,2,,,trained,2,2,")
  }

  @Test func `a summary of no records has no rows`() {
    #expect(Summary([], choosingDepth: []).rows.isEmpty)
  }
}
