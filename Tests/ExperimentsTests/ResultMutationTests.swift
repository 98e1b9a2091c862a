import Experiments
import Foundation
import Platform
import Testing

struct ResultMutationTests {
  /// A run with trials of every kind, as its files hold it.
  private struct Original {
    let plan: Plan
    let files: [RunFolder.File: [UInt8]]
    let records: [String: Record]
    let certificates: [String: [Certificate]]
  }

  private static let original = Result { () throws -> Original in
    let plan = try smallPlan(
      bits: "[2, 3]", seeds: "2", epochs: 6,
      arms: """
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: [1, 4], batch: 2, k: 2 },
        { name: "part", kind: "depthSearch", depths: "0...2", units: "2n", heldOut: 0.25 },
        { name: "gates", kind: "circuit", family: "dnf" },
        { name: "written", kind: "constructed", family: "thermometer" },
        { name: "frozen", kind: "frozen", activation: "step" },
        """,
      claims: #"{ claim: "C.", arm: "line", measure: "best_accuracy", is: "<", value: 1 }"#)
    return try withTemporaryFolder { path in
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials { try folder.append(trial.finish()) }
      _ = try folder.finish()
      let files = try [RunFolder.File.trials, .certificates, .timings, .provenance].map {
        ($0, Array(try Data(contentsOf: URL(fileURLWithPath: folder.path(of: $0)))))
      }
      return Original(
        plan: plan, files: Dictionary(uniqueKeysWithValues: files), records: folder.records,
        certificates: certificates(in: folder))
    }
  }

  private static func certificates(in folder: RunFolder) -> [String: [Certificate]] {
    folder.records.keys.reduce(into: [:]) { $0[$1] = folder.certificates(of: $1) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: Mutation.seeds)
  func `mutated results are refused, or consistent with the plan`(seed: UInt64) throws {
    let original = try Self.original.get()
    var mutation = Mutation(seed: seed, "results")
    // The trials and the certificates are what is read most.
    let file: RunFolder.File =
      [.trials, .trials, .trials, .certificates, .certificates, .timings, .provenance][
        mutation.below(7)]
    var files = original.files
    for _ in 0...mutation.below(3) {
      if mutation.below(2) == 0 {
        mutation.lines(&files[file, default: []])
      } else {
        mutation.bytes(&files[file, default: []])
      }
    }
    try withTemporaryFolder { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (file, bytes) in files {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(file.rawValue)"))
      }
      let start = Clock.threadSeconds
      do {
        let folder = try RunFolder(reading: path, plan: original.plan)
        try Self.expectConsistent(folder, files, original)
        _ = try folder.results()
        folder.checkCertificates { _ in }
        if seed.isMultiple(of: 20) { try Self.expectFinished(path, original) }
      } catch let error as InputError {
        // One sentence that names the file, whatever was found.
        #expect(error.description.hasPrefix("\(path)/"))
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
      }
      let status = try RunStatus(of: ShardFolders(path: path, plan: original.plan))
      let part = try #require(status.parts.first)
      #expect(status.parts.count == 1 && (0...part.trials).contains(part.done))
      _ = try? Published(in: path)
      #expect(Clock.threadSeconds - start < Mutation.patience)
    }
  }

  /// Columns that the trial decides, not what came of it.
  private static let settings = [
    "key", "arm", "family", "n", "k", "depth", "connections", "activation", "optimizer", "seed",
    "rows", "initialization", "learning_rate", "batch", "coding", "train_rows", "held_out_rows",
    "construction", "gates", "not_gates", "wires",
  ]

  /// Whatever was accepted belongs to the plan, and nothing that stands in the file was dropped.
  private static func expectConsistent(
    _ folder: RunFolder, _ files: [RunFolder.File: [UInt8]], _ original: Original
  ) throws {
    let rows = CSV.parse(files[.trials] ?? []).rows.dropFirst()
    #expect(Set(rows.map { $0.fields[0] }) == Set(folder.records.keys))
    #expect(rows.count == folder.records.count)
    for (key, record) in folder.records {
      let expected = try #require(original.records[key], "a record of no trial: \(key)")
      // What the search for frozen features finds is its result, and its size goes with it.
      let columns =
        settings + (record.family == .frozen ? [] : ["widths", "units", "parameters"])
      for (index, column) in Record.columns.enumerated() where columns.contains(column) {
        #expect(record.fields[index] == expected.fields[index], "\(key): \(column)")
      }
      let isRight = record.solvedRows == record.rows
      #expect((record.outcome == .solved || record.outcome == .verified) == isRight, "\(key)")
      let units = folder.certificates(of: key).map { UInt128($0.units) }
      #expect(record.family == .frozen || units.isEmpty)
      if record.family == .frozen, let found = record.units {
        #expect(units == [found, found - 1] || units == [found], "\(key)")
        #expect(record.widths == "\(found)")
        #expect(record.parameters == Int(found) * (record.bits + 2) + 1)
      }
    }
  }

  /// What was accepted can go on, and ends with the same bytes where the records are those of before.
  private static func expectFinished(_ path: String, _ original: Original) throws {
    var folder = try RunFolder(writing: path, plan: original.plan)
    let isOriginal =
      folder.records.allSatisfy { original.records[$0.key] == $0.value }
      && folder.records.keys.allSatisfy { original.certificates[$0] == folder.certificates(of: $0) }
    for trial in folder.missing { try folder.append(trial.finish()) }
    _ = try folder.finish()
    #expect(folder.isComplete)
    for file in [RunFolder.File.trials, .certificates] where isOriginal {
      let found = Array(try Data(contentsOf: URL(fileURLWithPath: folder.path(of: file))))
      #expect(found == original.files[file], "\(file.rawValue)")
    }
  }
}
