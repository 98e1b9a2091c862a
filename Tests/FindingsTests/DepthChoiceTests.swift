import Experiments
import Findings
import Tables
import TestSupport
import Testing

struct DepthChoiceTests {
  /// The rows of a search over depths 0, 1, 2 … with the rows each seed solved.
  private func choose(_ solvedByDepth: [[Int]], n: Int = 2) throws -> [SummaryRow] {
    let records = try solvedByDepth.enumerated().flatMap { depth, solved in
      try handMade(
        n: n, widths: Array(repeating: 1, count: depth), solvedBySeed: solved)
    }
    return Summary(records, choosingDepth: ["arm"]).rows
  }

  private func chosen(_ rows: [SummaryRow]) -> [Int] {
    rows.filter { $0.choice != nil }.map(\.depth)
  }

  @Test func `the depth that most seeds solved is chosen`() throws {
    let rows = try choose([[3, 3, 3], [4, 0, 0], [4, 4, 0]])
    #expect(chosen(rows) == [2])
    #expect(
      rows[2].choice
        == "2/3 solved, accuracy 0.6667; depth 1: 1/3, 0.3333")
    #expect(rows.allSatisfy { $0.isCandidate })
  }

  @Test func `among depths with equally many solved seeds the best mean accuracy decides`() throws {
    let rows = try choose([[3, 2], [2, 2], [3, 3]])
    #expect(chosen(rows) == [2])
    #expect(
      rows[2].choice == "0/2 solved, accuracy 0.75; depth 0: 0/2, 0.625")
  }

  @Test func `among equal depths the one with the fewest layers is chosen`() throws {
    let rows = try choose([[2, 2], [3, 4], [4, 3]])
    #expect(chosen(rows) == [1])
    #expect(
      rows[1].choice == "1/2 solved, accuracy 0.875; depth 2: equal, but deeper")
  }

  @Test func `a single depth is chosen as the only one tried`() throws {
    #expect(try choose([[3]]).map(\.choice) == ["the only depth tried"])
  }

  @Test func `where rows are held out the accuracy on them decides alone`() throws {
    let records = [
      // Better on all rows, worse on those held out.
      try handMade(n: 3, widths: [], solved: 7, heldOut: (rows: 2, solved: 1)),
      try handMade(n: 3, widths: [1], solved: 4, heldOut: (rows: 2, solved: 2)),
      try handMade(n: 3, widths: [1, 1], solved: 8, heldOut: (rows: 2, solved: 2)),
    ]
    let rows = Summary(records, choosingDepth: ["arm"]).rows
    #expect(chosen(rows) == [1])
    #expect(
      rows[1].choice == "held-out accuracy 1.0; depth 2: equal, but deeper")
  }

  @Test func `a depth search chooses a depth for each n, other arms choose none`() throws {
    let records =
      try handMade(n: 2, widths: [], solvedBySeed: [3])
      + handMade(n: 2, widths: [1], solvedBySeed: [4])
      + handMade(n: 3, widths: [], solvedBySeed: [8])
      + handMade(n: 3, widths: [1], solvedBySeed: [7])
      + handMade(arm: "other", n: 2, widths: [], solvedBySeed: [4])
    let summary = Summary(records, choosingDepth: ["arm"])
    let columns = CSV.parse(Summary.format.csv(summary.rows).utf8).rows.dropFirst().map(\.fields)
    let place = try #require(Summary.format.names.firstIndex(of: "chosen"))
    #expect(columns.map { $0[place] } == ["no", "yes", "yes", "no", ""])
  }

  @Test func `a search in an experiment chooses one depth for each n`() throws {
    let plan = try smallPlan(
      bits: "[2, 3]", seeds: "3", epochs: 40,
      arms: """
        { name: "s", kind: "depthSearch", depths: "0...2", units: "2n", optimizer: "rprop" },
        { name: "line", kind: "logistic" },
        """)
    let results = try Results(plan: plan, records: plan.trials.map { $0.run() })
    let marked = results.summary.rows.filter { $0.choice != nil }
    #expect(marked.map { "\($0.arm) \($0.bits)" } == ["s 2", "s 3"])
    #expect(results.summary.rows.filter(\.isCandidate).count == 6)
    // A line solves neither n, so no search that solved one may choose it.
    #expect(marked.allSatisfy { $0.depth > 0 || $0.any == nil })
  }
}
