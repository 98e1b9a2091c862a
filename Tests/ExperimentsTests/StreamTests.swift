import Experiments
import Foundation
import Networks
import Parity
import Tables
import TestSupport
import Testing

/// The numbers in scripts/certificates/streams were drawn by a Python program that shares no code with
/// this one; a test of that program holds it to the same files.
struct StreamTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scripts/certificates/streams")

  /// The rows of a file, field by column.
  private func rows(_ name: String) throws -> [[String: String]] {
    let text = try contents(of: Self.folder.appendingPathComponent(name).path)
    let lines = CSV.parse(text.utf8).rows.map(\.fields)
    let names = try #require(lines.first)
    return lines.dropFirst().map {
      Dictionary(zip(names, $0)) { first, _ in first }
    }
  }

  /// A trial with the settings of a row.
  private func trial(_ row: [String: String], heldOut: String = "0", noise: String = "0") throws
    -> TrainingTrial
  {
    func field(_ name: String) throws -> String { try #require(row[name]) }
    let widths = (row["widths"] ?? "").split(separator: "x")
    let shape =
      widths.isEmpty
      ? #"kind: "logistic""#
      : #"kind: "deep", widths: { layers: [\#(widths.joined(separator: ", "))] }"#
    let words = ["connections", "activation", "initialization"].compactMap { name in
      row[name].map { ", \(name): \"\($0)\"" }
    }
    let arm = """
      { name: "a", \(shape)\(words.joined()), k: \(try field("k")), heldOut: \(heldOut),
        labelNoise: \(noise) }
      """
    let (n, seed) = (try field("n"), try field("seed"))
    return try #require(smallPlan(bits: n, seeds: "[\(seed)]", arms: arm).trainings.first)
  }

  @Test func `weights before training are those that a stranger draws`() throws {
    let rows = try rows("weights.csv")
    #expect(rows.count > 8)
    for row in rows {
      let trial = try trial(row)
      var generator = trial.generator(.initialization)
      let parameters = trial.initialization(trial.architecture, using: &generator).parameters
      #expect("\(parameters.count)" == row["parameters"], "\(row)")
      #expect(parameters.prefix(2).map { "\($0)" } == [row["first"], row["second"]], "\(row)")
      let bytes = parameters.flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) }
      }
      #expect(FNV1a.digits(of: bytes) == row["hash"], "\(row)")
    }
  }

  @Test func `rows held out and flipped are those that a stranger draws`() throws {
    for row in try rows("rows.csv") {
      let trial = try trial(
        row, heldOut: try #require(row["held_out"]), noise: try #require(row["label_noise"]))
      let isHeldOut = trial.draw.isHeldOut(among: trial.rows)
      let isFlipped = trial.draw.isFlipped(among: trial.rows, isHeldOut: isHeldOut)
      func words(_ marks: [Bool]) -> String {
        marks.indices.filter { marks[$0] }.map(String.init).joined(separator: " ")
      }
      #expect(words(isHeldOut) == row["held_out_rows"], "\(row)")
      #expect(words(isFlipped) == row["flipped_rows"], "\(row)")
    }
  }

  @Test func `orders of mini-batches are those that a stranger draws`() throws {
    for row in try rows("orders.csv") {
      var generator = try trial(row).generator(.order)
      for column in ["first_epoch", "second_epoch"] {
        var order = Array(0..<(try #require(Int(row["rows"] ?? ""))))
        generator.shuffle(&order)
        #expect(order.map(String.init).joined(separator: " ") == row[column], "\(row)")
      }
    }
  }

  @Test(arguments: [(0.25, 0.0), (0, 0.2), (0.3, 0.5)], [nil, 2])
  func `a data set marks the rows of a trial with the same words and seed`(
    shares: (heldOut: Double, noise: Double), k: Int?
  ) throws {
    for seed in 1...4 {
      let arm = """
        { name: "a", kind: "logistic", k: \(k ?? 6), heldOut: \(shares.heldOut),
          labelNoise: \(shares.noise) }
        """
      let plan = try smallPlan(bits: "6", seeds: "[\(seed)]", arms: arm)
      let trial = try #require(plan.trainings.first)
      let isHeldOut = trial.draw.isHeldOut(among: trial.rows)
      let isFlipped = trial.draw.isFlipped(among: trial.rows, isHeldOut: isHeldOut)
      var request = DataSetRequest(ParityTask(bits: 6, firstRelevant: k ?? 6))
      (request.heldOut, request.labelNoise) = (shares.heldOut, shares.noise)
      request.seed = UInt64(seed)
      var rows = 0
      request.forEach { example in
        #expect(example.isHeldOut == (!isHeldOut.isEmpty && isHeldOut[rows]))
        #expect((example.label != example.parity) == (!isFlipped.isEmpty && isFlipped[rows]))
        #expect(example.row == UInt64(rows) && example.parity == trial.task.label(of: example.row))
        rows += 1
      }
      #expect(rows == 64)
      #expect(isHeldOut.count { $0 } == trial.heldOutRows)
      #expect(isFlipped.count { $0 } == trial.noisyRows)
    }
  }
}
