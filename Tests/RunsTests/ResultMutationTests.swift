import Experiments
import Findings
import Foundation
import Platform
import Runs
import Tables
import TestSupport
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
        certificates: try certificates(in: folder))
    }
  }

  private static func certificates(in folder: RunFolder) throws -> [String: [Certificate]] {
    try folder.records.keys.reduce(into: [:]) { $0[$1] = try folder.certificates(of: $1) }
  }

  // One after the other, since the time limit counts the waiting as well.
  @Test(.serialized, .timeLimit(.minutes(1)), arguments: Mutation.seeds)
  func `mutated results are refused, or consistent with the plan`(
    seeds: ClosedRange<UInt64>
  ) throws {
    for seed in seeds { try check(seed) }
  }

  private func check(_ seed: UInt64) throws {
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
        try Self.expectConsistent(folder, files, original, "seed \(seed)")
        _ = try folder.results()
        try folder.checkCertificates { _ in }
        if seed.isMultiple(of: 20) { try Self.expectFinished(path, original, "seed \(seed)") }
      } catch let error as InputError {
        // One sentence that names the file, whatever was found.
        #expect(error.description.hasPrefix("\(path)/"), "seed \(seed)")
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed)")
      }
      let status = try RunStatus(of: ShardFolders(path: path, plan: original.plan))
      let part = try #require(status.parts.first)
      #expect(status.parts.count == 1 && (0...part.trials).contains(part.done), "seed \(seed)")
      _ = try? Published(in: path)
      #expect(Clock.threadSeconds - start < Mutation.patience, "seed \(seed)")
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
    _ folder: RunFolder, _ files: [RunFolder.File: [UInt8]], _ original: Original,
    _ seed: Comment
  ) throws {
    // No field of a record holds a line feed: every whole line but the header is a record.
    let lines = files[.trials, default: []].count { $0 == 0x0A }
    #expect(folder.records.count == lines - 1, seed)
    let rows = CSV.parse(files[.trials] ?? []).rows.dropFirst()
    #expect(Set(rows.map { $0.fields[0] }) == Set(folder.records.keys), seed)
    #expect(rows.count == folder.records.count, seed)
    for (key, record) in folder.records {
      let expected = try #require(original.records[key], seed)
      // What the search for frozen features finds is its result, and its size goes with it.
      let columns =
        settings + (record.family == .frozen ? [] : ["widths", "units", "parameters"])
      for (index, column) in Record.format.names.enumerated() where columns.contains(column) {
        #expect(record.fields[index] == expected.fields[index], seed)
      }
      let isRight = record.solvedRows == record.rows
      #expect((record.outcome == .solved || record.outcome == .verified) == isRight, seed)
      let units = try folder.certificates(of: key).map { UInt128($0.units) }
      #expect(record.family == .frozen || units.isEmpty, seed)
      if record.family == .frozen, let found = record.units {
        #expect(units == [found, found - 1] || units == [found], seed)
        #expect(record.hidden == [Int(found)], seed)
        #expect(record.parameters == Int(found) * (record.bits + 2) + 1, seed)
      }
    }
  }

  /// What was accepted can go on, and ends with the same bytes where the records are those of before.
  private static func expectFinished(
    _ path: String, _ original: Original, _ seed: Comment
  ) throws {
    var folder = try RunFolder(writing: path, plan: original.plan)
    let isOriginal =
      try folder.records.allSatisfy { original.records[$0.key] == $0.value }
      && certificates(in: folder).allSatisfy { original.certificates[$0.key] == $0.value }
    for trial in folder.missing { try folder.append(trial.finish()) }
    _ = try folder.finish()
    #expect(folder.isComplete, seed)
    for file in [RunFolder.File.trials, .certificates] where isOriginal {
      let found = Array(try Data(contentsOf: URL(fileURLWithPath: folder.path(of: file))))
      #expect(found == original.files[file], seed)
    }
  }
}
