import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// A check holds the networks behind the minima against the published ones, and certify judges those.
struct CheckNetworkTests {
  static let plan = """
    { name: "line", kind: "logistic", optimizer: "rprop" },
    { name: "wide", kind: "shallow", widths: [2, 4, 6], optimizer: "rprop" },
    """

  private func withPublished(_ body: (PublishedExample) throws -> Void) throws {
    let plan = try smallPlan(bits: "[2, 3]", seeds: "3", epochs: 60, arms: Self.plan)
    try PublishedExample.with(plan, body)
  }

  /// The published networks, changed by `body` and written back.
  private func change(
    _ example: PublishedExample, _ body: (inout Safetensors) throws -> Void
  ) throws {
    let path = example.path(of: .networks)
    var file = try Safetensors(Array(Data(contentsOf: URL(fileURLWithPath: path))), file: path)
    try body(&file)
    try Data(file.bytes).write(to: URL(fileURLWithPath: path))
  }

  private func checks(_ example: PublishedExample) throws -> [NetworkCheck] {
    var checks: [NetworkCheck] = []
    try RunFolder(reading: example.folder, plan: example.plan).checkNetworks {
      checks.append($0)
    }
    return checks
  }

  @Test func `the published networks are those of the lowest seeds at the minima`() throws {
    try withPublished { example in
      #expect(try example.report().isEqual)
      let checks = try checks(example)
      #expect(checks.allSatisfy { $0.holds })
      let records = example.finished.map(\.record)
      let results = try Results(plan: example.plan, records: records)
      var expected: Set<String> = []
      for row in results.summary.rows {
        for case let units? in [row.any?.units, row.half?.units] {
          // Seeds ascend in the plan.
          let first = records.first { record in
            guard record.outcome == .solved, record.arm == row.arm else { return false }
            return (record.bits, record.depth) == (row.bits, row.depth) && record.units == units
          }
          expected.insert(first?.key ?? "none")
        }
      }
      #expect(expected.count >= 2)
      #expect(Set(checks.map(\.key)) == expected)
      #expect(checks[0].sentence.hasPrefix("4 of 4 rows right, the smallest |logit| is "))
    }
  }

  @Test func `a changed weight is found by check and certify, with key and place`() throws {
    try withPublished { example in
      let key = try checks(example)[0].key
      try change(example) { file in
        let tensor = file.tensors[0]
        var values = tensor.values
        values[1] = values[1].nextUp
        file.tensors[0] = .init(name: tensor.name, shape: tensor.shape, values: values)
      }
      let report = try example.report()
      #expect(report.differences.map(\.key) == [key])
      #expect(report.differences.map(\.file) == [.networks])
      #expect(report.text.contains("networks.safetensors: \(key): W1[0,1] is "))
      #expect(report.summary == "1 network differs from \(example.folder)")
      let failed = try checks(example).filter { !$0.holds }
      #expect(failed.map(\.key) == [key])
      #expect(failed[0].sentence.contains("row "))

      try change(example) { file in
        let tensor = file.tensors[2]
        file.tensors[2] = .init(
          name: tensor.name, shape: tensor.shape, values: tensor.values.map { -$0 })
      }
      let wrong = try checks(example).filter { !$0.holds }
      #expect(wrong.map(\.key) == [key])
      #expect(wrong[0].sentence.firstMatch(of: /^row \d is wrong, \d of 4 rows are right$/) != nil)
    }
  }

  @Test func `a sample judges the networks that it does not train`() throws {
    try withPublished { example in
      let sample = try #require(CheckSample("10%", seed: 3))
      #expect(try example.report(sample: sample).isEqual)
      try change(example) { file in
        file.tensors = file.tensors.map { tensor in
          .init(name: tensor.name, shape: tensor.shape, values: tensor.values.map { 2 * $0 })
        }
      }
      let report = try example.report(sample: sample)
      let networks = try checks(example).count
      #expect(report.differences.count == networks)
      #expect(report.differences.allSatisfy { $0.file == .networks })
    }
  }

  @Test func `another header, a network too many and one too few are named`() throws {
    try withPublished { example in
      let all = try checks(example).map(\.key)
      try change(example) { file in
        let index = try #require(file.texts.firstIndex { $0.name == all[0] })
        file.texts[index] = .init(
          name: all[0],
          text: file.texts[index].text.replacing("minimum_units_half", with: "minimum_units_any"))
      }
      #expect(try example.report().differences.map(\.key) == [all[0]])
      #expect(try checks(example).first { !$0.holds }?.sentence.hasPrefix("minima is [") == true)
    }
    try withPublished { example in
      let key = try checks(example)[0].key
      let other = "wide/n=2/widths=6/seed=9"
      try change(example) { file in
        file.texts = file.texts.map { $0.name == key ? .init(name: other, text: $0.text) : $0 }
        file.tensors = file.tensors.map {
          $0.name.hasPrefix("\(key)/")
            ? .init(
              name: $0.name.replacing(key, with: other), shape: $0.shape, values: $0.values) : $0
        }
      }
      let report = try example.report()
      #expect(report.differences.map(\.key) == [key, other])
      #expect(report.differences.map(\.kind) == [.unpublished, .unplanned])
      let failed = try checks(example).filter { !$0.holds }
      #expect(failed.map(\.key) == [key, other])
    }
  }

  @Test func `a folder without the file can be read, and check says what is not there`() throws {
    try withPublished { example in
      let keys = try checks(example).map(\.key)
      try FileManager.default.removeItem(atPath: example.path(of: .networks))
      let report = try example.report()
      #expect(report.differences.map(\.key) == keys)
      #expect(report.differences.allSatisfy { $0.kind == .unpublished })
      let folder = try RunFolder(reading: example.folder, plan: example.plan)
      #expect(folder.isComplete && folder.lacksNetworks)
      let error = try #require(throws: InputError.self) { try checks(example) }
      #expect(error.description.hasPrefix("\(example.path(of: .networks)): found no file"))
    }
  }

  @Test func `a minimum changed in summary.csv is found`() throws {
    try withPublished { example in
      let rows = try example.rows(of: .summary)
      let line = try #require(rows.firstIndex { $0[0] == "wide" && $0[2] == "3" }) + 1
      try example.change(.summary, line: line, "minimum_units_any", to: "1")
      let failed = try checks(example).filter { !$0.holds }
      #expect(failed.count == 1)
      #expect(
        failed.first?.sentence.hasPrefix(
          "wide/n=3/depth=1: minimum_units_any is 1, trials.csv gives ") == true)
    }
  }
}
