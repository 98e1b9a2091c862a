import Experiments
import Foundation
import TestSupport
import Testing

struct TrialTests {
  private func records(
    bits: String = "2", seeds: String = "1", epochs: Int = 5, _ arm: String
  ) throws -> [Record] {
    try smallPlan(bits: bits, seeds: seeds, epochs: epochs, arms: arm).trials.map { $0.run() }
  }

  @Test func `every field of a row is right when the budget is used up`() throws {
    let arm = #"{ name: "line", kind: "logistic", optimizer: "rprop" }"#
    let record = try #require(records(epochs: 7, arm).first)
    // A line is right on at most 3 rows of XOR, so the budget ends it.
    let solved = try #require(record.solvedRows)
    #expect(solved < 4)
    let loss = try #require(record.loss)
    #expect(loss >= 0.6931)
    #expect(
      try fieldsBeforeSettings(of: record) == [
        "line/n=2/depth=0/seed=1", "line", "trained", "2", "2", "0", "", "sequential", "0", "3",
        "tanh", "rprop", "1", "budget", "4", "\(solved)",
        "\(Double(solved) / 4)", "\(loss)", "7", "glorot", "", "full", "plusMinusOne",
        "4", "\(solved)", "0", "0", "", "", "", "", "", "", "0", "",
      ])
  }

  @Test func `every field of a row is right when the training solves every row`() throws {
    let arm = #"""
      {
        name: "wide", kind: "shallow", widths: 6, activation: "sigmoid", coding: "zeroOne",
        initialization: "he", batch: 3, optimizer: { name: "adam", learningRate: 0.25 },
      }
      """#
    let record = try #require(records(epochs: 1000, arm).first)
    let loss = try #require(record.loss)
    #expect(loss > 0 && loss < 0.6932)
    let epochs = try #require(record.epochs)
    #expect((1..<1000).contains(epochs))
    let margin = try #require(record.margin)
    // Right by the margin on the closest row, which then costs log(1 + e^−margin) of four.
    #expect(margin > 0 && 4 * loss <= 4 * log(1 + exp(-margin)) * (1 + 1e-12))
    #expect(
      try fieldsBeforeSettings(of: record) == [
        "wide/n=2/widths=6/seed=1", "wide", "trained", "2", "2", "1", "6", "sequential", "6", "25",
        "sigmoid", "adam", "1", "solved", "4", "4", "1.0", "\(loss)", "\(epochs)", "he",
        "0.25", "3", "zeroOne", "4", "4", "0", "0", "", "", "", "", "\(margin)", "", "0", "",
      ])
  }

  @Test func `every field of a row is right when the training diverges, and there is no loss`()
    throws
  {
    let arm = #"""
      {
        name: "wild", kind: "deep", depth: 3, widths: 8, activation: "relu", connections: "bridged",
        optimizer: { name: "gradientDescent", learningRate: 1e9 },
      }
      """#
    let all = try records(bits: "3", seeds: "20", epochs: 50, arm)
    let diverged = all.filter { $0.outcome == .diverged }
    #expect(!diverged.isEmpty)
    for record in diverged {
      let epochs = try #require(record.epochs)
      let seed = try #require(record.seed)
      let solved = try #require(record.solvedRows)
      #expect((1..<50).contains(epochs))
      // Parameters: 8·(3+1) + 8·(11+1) + 8·(19+1) + (27+1).
      #expect(
        try fieldsBeforeSettings(of: record) == [
          "wild/n=3/widths=8x8x8/seed=\(seed)", "wild", "trained", "3", "3", "3", "8x8x8",
          "bridged", "24", "316", "relu", "gradientDescent",
          "\(seed)", "diverged", "8", "\(solved)", "\(Double(solved) / 8)", "", "\(epochs)",
          "glorot", "1000000000.0", "full", "plusMinusOne", "8", "\(solved)", "0", "0", "", "", "",
          "", "", "", "0", "",
        ])
    }
    #expect(all.allSatisfy { ($0.loss == nil) == ($0.outcome == .diverged) })
  }

  @Test
  func `a trial with held-out rows uses its whole budget and is solved only with all rows right`()
    throws
  {
    let arm = #"{ name: "s", kind: "shallow", widths: 8, optimizer: "rprop", heldOut: 0.25 }"#
    let all = try records(bits: #""2...3""#, seeds: "12", epochs: 60, arm)
    for record in all {
      let rows = 1 << record.bits
      let heldOut = rows / 4
      #expect((record.trainRows, record.heldOutRows) == (rows - heldOut, heldOut))
      let (train, unseen) = try (
        #require(record.trainSolvedRows), #require(record.heldOutSolvedRows)
      )
      #expect(record.solvedRows == train + unseen)
      #expect(record.epochs == 60)
      #expect((record.outcome == .solved) == (record.solvedRows == rows))
    }
    // Rows learned by heart without the held-out ones being right: the case that must not count.
    #expect(all.contains { $0.trainSolvedRows == $0.trainRows && $0.outcome == .budget })
  }

  @Test(arguments: 2...5)
  func `logistic regression never beats the best threshold on the count of ones`(n: Int) throws {
    let arm = #"{ name: "line", kind: "logistic", optimizer: "rprop" }"#
    let middle = (0..<(n - 1) / 2).reduce(1) { $0 * (n - 1 - $1) / ($1 + 1) }
    let most = (1 << (n - 1)) + middle
    for epochs in [0, 1, 30] {
      for record in try records(bits: "\(n)", seeds: "25", epochs: epochs, arm) {
        #expect(try #require(record.solvedRows) <= most, "\(record.key)")
      }
    }
  }

  /// The result of a network that was drawn and never changed.
  private func start(_ settings: String, name: String = "a", epochs: Int = 0) throws -> [Record] {
    let arm = #"{ name: "\#(name)", kind: "shallow", widths: 3, \#(settings) }"#
    return try records(bits: "3", seeds: "4", epochs: epochs, arm)
  }

  @Test func `the initial network depends on the seed, not on name or budget`() throws {
    let drawn = try start("").map(\.loss)
    #expect(Set(drawn).count == 4)
    #expect(try start("", name: "b").map(\.loss) == drawn)
    // Steps too small to change a weight leave the initial network as it was.
    let still = #"optimizer: { name: "gradientDescent", learningRate: 1e-300 }"#
    for epochs in [1, 4] {
      #expect(try start(still, epochs: epochs).map(\.loss) == drawn)
    }
    #expect(try start("initialization: \"he\"").map(\.loss) != drawn)
  }

  @Test func `all depths of a search hold out the same rows`() throws {
    let arm = """
      {
        name: "s", kind: "depthSearch", depths: "0...2", units: 4, heldOut: 0.5, coding: "zeroOne",
      }
      """
    let all = try records(bits: "1", seeds: "12", epochs: 0, arm)
    // Without biases a network answers the row 0 with 0, which costs log 2 and nothing else does:
    // the loss tells which of the two rows is trained on.
    let half = 0.6931471805599453
    let trainsOnZero = Dictionary(grouping: all, by: \.seed).mapValues { records in
      Set(records.map { abs(($0.loss ?? 0) - half) < 1e-15 })
    }
    #expect(trainsOnZero.count == 12)
    #expect(trainsOnZero.values.allSatisfy { $0.count == 1 })
    #expect(Set(trainsOnZero.values) == [[true], [false]], "seeds hold out different rows")
  }

  @Test func `a trial that is not solved starts anew, as often as it may`() throws {
    func run(restarts: Int) throws -> [Record] {
      let arm = #"{ name: "a", kind: "shallow", widths: 2, restarts: \#(restarts) }"#
      return try records(seeds: "12", epochs: 150, arm)
    }
    let (once, often) = try (run(restarts: 0), run(restarts: 3))
    #expect(once.allSatisfy { $0.restarts == 0 })
    #expect(Set(once.map(\.outcome)) == [.solved, .budget])
    for (first, last) in zip(once, often) {
      let restarts = try #require(last.restarts)
      let epochs = try #require(last.epochs)
      #expect((restarts == 0) == (first.outcome == .solved))
      // A start that is solved there is solved here; each one before it took all its epochs.
      if restarts == 0 {
        #expect(try fieldsBeforeSettings(of: first) == fieldsBeforeSettings(of: last))
      }
      #expect((150 * restarts...150 * (restarts + 1)).contains(epochs))
      #expect(last.outcome == .solved || (restarts == 3 && epochs == 600))
    }
    #expect(often.count { $0.outcome == .solved } > once.count { $0.outcome == .solved })
  }

  @Test func `a budget is spent to the end where the file says so`() throws {
    let text = experimentText(
      seeds: "6", epochs: 300, arms: #"{ name: "a", kind: "shallow", widths: 6 }"#
    ).replacingOccurrences(of: "epochs: 300", with: "epochs: 300, stopWhenSolved: false")
    let all = try Plan(readExperiment(text)).trials.map { $0.run() }
    #expect(all.allSatisfy { $0.epochs == 300 })
    #expect(all.contains { $0.outcome == .solved })
  }

  @Test func `an initial network that solves every row takes no epoch`() throws {
    let arm = #"{ name: "line", kind: "logistic" }"#
    let right = try records(bits: "1", seeds: "20", epochs: 3, arm).filter { $0.epochs == 0 }
    #expect(!right.isEmpty)
    #expect(right.allSatisfy { $0.outcome == .solved && $0.solvedRows == 2 })
  }
}
