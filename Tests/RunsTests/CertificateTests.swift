import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// certificates.csv: nothing is lost, nothing false passes.
struct CertificateTests {
  private static func plan() throws -> Plan {
    try smallPlan(
      bits: "[3, 4]", seeds: "2",
      arms: frozenSign
        + #", { name: "relu", kind: "frozen", activation: "relu", labels: "balanced" }"#
        + #", { name: "line", kind: "logistic", optimizer: "rprop" }"#)
  }

  /// A complete run, its lock given back; `body` gets its path.
  private func withRun(_ body: (String, Plan) throws -> Void) throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials { try folder.append(trial.finish()) }
      _ = try folder.finish()
      folder.close()
      try body(path, plan)
    }
  }

  private func checks(_ path: String, _ plan: Plan) throws -> [CertificateCheck] {
    var checks: [CertificateCheck] = []
    try RunFolder(reading: path, plan: plan).checkCertificates { checks.append($0) }
    return checks
  }

  @Test func `certificates.csv has one row per number, in the plan's order`() throws {
    try withRun { path, plan in
      let lines = CSV.parse(try contents(of: "\(path)/certificates.csv").utf8).rows.map(\.fields)
      #expect(lines[0] == ["key", "features", "side", "index", "value"])
      let first = lines.filter { $0[0] == "sign/n=3/seed=1" }
      #expect(first.count { $0[2] == "weights" && $0[1] == "8" } == 9)
      #expect(first.filter { $0[2] == "refutation" }.allSatisfy { $0[1] == "7" && $0[4] != "0.0" })
      var keys: [String] = []
      for line in lines.dropFirst() where keys.last != line[0] { keys.append(line[0]) }
      #expect(keys == plan.trials.map(\.key).filter { !$0.hasPrefix("line") })
    }
  }

  @Test func `every certificate of a run holds`() throws {
    try withRun { path, plan in
      let checks = try checks(path, plan)
      #expect(checks.count == 16)
      #expect(checks.count { $0.holds } == 16)
      #expect(
        checks[0].sentence.hasPrefix("8 units separate all rows, the smallest |logit| is 0.1"))
      #expect(checks[1].sentence == "7 units do not: the weights of 4 rows refute them exactly")
      #expect(checks.count { $0.certificate.side == .refutation } == 8)
    }
  }

  @Test func `a plan without frozen arms leaves no certificates`() throws {
    try withTemporaryFolder { path in
      let plan = try smallPlan()
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials { try folder.append(trial.finish()) }
      _ = try folder.finish()
      #expect(!folder.files.contains(.certificates))
      #expect(!FileManager.default.fileExists(atPath: "\(path)/certificates.csv"))
    }
  }

  @Test(arguments: [-1, 0, 40, 400])
  func `a run stopped anywhere goes on to the same bytes`(torn: Int) throws {
    let names = ["trials.csv", "certificates.csv", "summary.csv"]
    try withRun { path, plan in
      let expected = try names.map { try contents(of: "\(path)/\($0)") }
      try withTemporaryFolder { other in
        var folder = try RunFolder(writing: other, plan: plan)
        for trial in plan.trials.reversed().prefix(5) { try folder.append(trial.finish()) }
        folder.close()
        // A kill tears the certificates, or comes between them and their record.
        let file = "\(other)/certificates.csv"
        let records = try contents(of: "\(other)/trials.csv").split(separator: "\n")
        if torn >= 0 {
          let certificate = CSV.parse(expected[1].utf8).rows.dropFirst().filter {
            $0.fields[0] == "sign/n=3/seed=1"
          }
          let text = certificate.map { CSV.line($0.fields) }.joined()
          try write(try contents(of: file) + text.dropLast(torn), to: file)
        }
        #expect(records.count == 6)

        var resumed = try RunFolder(writing: other, plan: plan)
        #expect(resumed.missing.count == plan.trials.count - 5)
        for trial in resumed.missing { try resumed.append(trial.finish()) }
        _ = try resumed.finish()
        let bytes = try names.map { try contents(of: "\(other)/\($0)") }
        #expect(bytes == expected)
      }
    }
  }

  @Test func `a certificate with a changed number does not hold`() throws {
    try withRun { path, plan in
      let file = "\(path)/certificates.csv"
      let text = try contents(of: file)
      let lines = text.split(separator: "\n")
      for key in ["relu/n=3/seed=1", "sign/n=4/seed=2"] {
        for side in ["weights", "refutation"] {
          let index = try #require(lines.lastIndex { $0.contains("\(key),") && $0.contains(side) })
          var fields = lines[index].split(separator: ",").map(String.init)
          fields[4] = "\(-3 * (Double(fields[4]) ?? 0) - 1)"
          var changed = lines.map(String.init)
          changed[index] = fields.joined(separator: ",")
          try write(changed.joined(separator: "\n") + "\n", to: file)
          let failed = try checks(path, plan).filter { !$0.holds }
          #expect(failed.map(\.certificate.key) == [key])
          #expect(failed.map(\.certificate.side.rawValue) == [side])
        }
      }
    }
  }

  @Test func `a certificate with another margin than its record's does not hold`() throws {
    try withRun { path, plan in
      // All weights doubled still separate, but by another margin than the one recorded.
      let file = "\(path)/certificates.csv"
      let lines = CSV.parse(try contents(of: file).utf8).rows.map(\.fields)
      let doubled = lines.map { fields in
        guard fields[0] == "relu/n=3/seed=2", fields[2] == "weights" else { return fields }
        return Array(fields.dropLast()) + ["\(2 * (Double(fields[4]) ?? 0))"]
      }
      try write(doubled.map(CSV.line).joined(), to: file)
      let failed = try checks(path, plan).filter { !$0.holds }
      #expect(failed.count == 1)
      #expect(failed.first?.sentence.hasSuffix(", but the record says otherwise") == true)
    }
  }

  @Test(arguments: [
    "missing", "header", "short", "foreign", "twice", "beyond", "descending", "word", "torn",
  ])
  func `a file that does not belong to the records is refused`(change: String) throws {
    try withRun { path, plan in
      let file = "\(path)/certificates.csv"
      let text = try contents(of: file)
      let lines = text.split(separator: "\n").map(String.init)
      let changed: [String] =
        switch change {
        case "header": ["key,features"] + lines.dropFirst()
        case "short": [lines[0]] + lines.dropFirst(2)
        case "foreign": lines + ["other/n=3/seed=1,5,weights,0,1.0"]
        case "twice": lines + [lines[1]]
        case "beyond": lines + ["relu/n=4/seed=2,3,refutation,999,1.0"]
        case "descending": [lines[0], lines[2], lines[1]] + lines.dropFirst(3)
        case "word": [lines[0], lines[1].replacing("weights", with: "weight")] + lines.dropFirst(2)
        default: lines
        }
      try write(changed.joined(separator: "\n") + (change == "torn" ? "" : "\n"), to: file)
      if change == "missing" { try FileManager.default.removeItem(atPath: file) }
      let before = try? contents(of: file)
      for _ in 0..<2 {
        let error = try #require(throws: InputError.self) {
          try RunFolder(reading: path, plan: plan)
        }
        #expect(error.description.hasPrefix("\(file): "), "\(error)")
        #expect(throws: error) { try RunFolder(writing: path, plan: plan) }
      }
      #expect((try? contents(of: file)) == before, "what is refused is left as it is")
    }
  }

  @Test func `publishing copies the certificates`() throws {
    try withRun { path, plan in
      let folder = try RunFolder(reading: path, plan: plan)
      try Published.publish(folder, to: "\(path)/results")
      #expect(
        try contents(of: "\(path)/results/certificates.csv")
          == contents(of: "\(path)/certificates.csv"))
    }
  }

  @Test func `the certificates of every seed are kept at every n`() throws {
    let plan = try smallPlan(bits: "[9, 12]", seeds: "[4, 6]", arms: frozenSign)
    let companion = try #require(plan.companions.first { $0.name == "certificates.csv" })
    #expect(plan.trials.count == 4 && plan.trials.allSatisfy(companion.isKept))
  }
}
