import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct CurveFileTests {
  private static func plan(curves: Bool = true) throws -> Plan {
    try smallPlan(
      bits: "[2, 3]", seeds: "2", epochs: 12,
      arms: """
        { name: "plain", kind: "logistic", optimizer: "rprop" },
        { name: "curves", kind: "shallow", widths: [1, 4], optimizer: "rprop", restarts: 1,
          curves: \(curves) },
        """)
  }

  private func complete(_ path: String) throws -> String {
    var folder = try RunFolder(writing: path, plan: Self.plan())
    for trial in folder.missing { try folder.append(trial.finish()) }
    _ = try folder.finish()
    folder.close()
    return try contents(of: "\(path)/curves.csv")
  }

  @Test func `recording curves changes no field of a record but its settings`() throws {
    let (with, without) = (try Self.plan(), try Self.plan(curves: false))
    #expect(with.fingerprint != without.fingerprint)
    for (one, other) in zip(with.trials, without.trials) {
      #expect(one.run().fields.dropLast() == other.run().fields.dropLast())
      #expect(try other.finish().curve.isEmpty)
    }
  }

  @Test func `a curve goes from the first epoch to the record's last, over all starts`() throws {
    for trial in try Self.plan().trials where trial.arm == "curves" {
      let finished = trial.finish()
      let curve = try finished.curve
      #expect(curve.first?.epoch == 0)
      #expect(curve.last?.epoch == finished.record.epochs)
      #expect(curve.last?.loss == finished.record.loss)
      #expect(curve.last?.accuracy == finished.record.accuracy)
      #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.epoch < $1.epoch })
    }
  }

  @Test func `a resumed run ends with the same curves`() throws {
    try withTemporaryFolder { path in
      let expected = try complete("\(path)/whole")
      #expect(expected.hasPrefix("key,epoch,loss,accuracy\n"))
      var folder = try RunFolder(writing: "\(path)/run", plan: Self.plan())
      for trial in folder.missing.reversed().prefix(5) { try folder.append(trial.finish()) }
      folder.close()
      // A kill between the curve and its record, and within a line.
      let file = folder.path(of: .curves)
      let key = try #require(folder.missing.last { $0.arm == "curves" }).key
      try write(try contents(of: file) + "\(key),0,0.7,0.5\n\(key),1,0.", to: file)
      folder = try RunFolder(writing: "\(path)/run", plan: Self.plan())
      #expect(folder.records.count == 5)
      for trial in folder.missing { try folder.append(trial.finish()) }
      _ = try folder.finish()
      #expect(try contents(of: file) == expected)
    }
  }

  @Test func `a curve that contradicts its record is refused`() throws {
    try withTemporaryFolder { path in
      let text = try complete(path)
      let lines = text.split(separator: "\n")
      let damaged = [
        "key,epoch\n", lines.dropLast().joined(separator: "\n") + "\n",
        text.replacingOccurrences(of: "\(lines[1])\n", with: ""),
        text.replacingOccurrences(of: ",0.5\n", with: ",1.5\n"),
        text + "plain/n=2/depth=0/seed=1,0,0.7,0.5\n", text + "\(lines[1])\n",
      ]
      for other in damaged {
        try #require(other != text)
        try write(other, to: "\(path)/curves.csv")
        #expect(throws: InputError.self) { try RunFolder(reading: path, plan: Self.plan()) }
      }
    }
  }
}
