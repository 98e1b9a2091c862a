import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

struct CheckCertificateTests {
  private func withPublished(_ body: (PublishedExample) throws -> Void) throws {
    let arm = #"{ name: "sign", kind: "frozen", activation: "step" }"#
    try PublishedExample.with(smallPlan(bits: "[2, 3]", epochs: 0, arms: arm), body)
  }

  @Test func `a number of a certificate that differs is named with its trial`() throws {
    try withPublished { example in
      #expect(try example.report().isEqual)
      let line = 4
      let found = try example.rows(of: .certificates)[line - 1][4]
      let key = try example.change(.certificates, line: line, "value", to: "0.125")
      try example.change(.certificates, line: line + 1, "value", to: "0.5")
      let report = try example.report()
      // One number of a trial's certificates is enough.
      let difference = try #require(report.differences.first)
      #expect(report.differences.count == 1)
      #expect((difference.file, difference.key, difference.line) == (.certificates, key, line))
      let cell = RowDifference.Cell(column: "value", found: found, published: "0.125")
      #expect(difference.kind == .cells([cell]))
      #expect(report.summary == "1 of 4 rows differs from \(example.folder)")
      // The second number differs by more than any tolerance allows.
      try example.change(.certificates, line: line + 1, "value", to: "none")
      #expect(try !example.report(tolerances: Tolerances("value=1")).isEqual)
    }
  }

  @Test func `a certificate may be as near as its tolerance allows`() throws {
    try withPublished { example in
      let value = try #require(Double(example.rows(of: .certificates)[3][4]))
      try example.change(.certificates, line: 4, "value", to: "\(value * 1.0001)")
      #expect(try !example.report(tolerances: Tolerances("value=1e-6")).isEqual)
      #expect(try example.report(tolerances: Tolerances("value=1e-3")).isEqual)
    }
  }

  @Test func `a certificate that is cut short, or belongs to no trial, is named`() throws {
    try withPublished { example in
      let rows = try example.rows(of: .certificates)
      try example.put(rows.dropLast(), in: .certificates)
      let short = try example.report()
      #expect(short.differences.map(\.key) == [rows.last?[0]])
      #expect(short.text.contains("; value is \(rows.last?[4] ?? ""), published is missing"))

      try example.put(rows + [["odd/n=3/seed=1", "1", "weights", "0", "1.0"]], in: .certificates)
      let long = try example.report()
      #expect(long.differences.map(\.kind) == [.unplanned])
      #expect(long.text.contains("odd/n=3/seed=1: is published, not in the experiment\n"))

      try FileManager.default.removeItem(atPath: example.path(of: .certificates))
      let error = try #require(throws: InputError.self) { try example.report() }
      #expect(error.description.hasPrefix("\(example.path(of: .certificates)): found no file"))
    }
  }
}
