import Experiments
import Foundation
import Parity
import Runs
import Tables
import TestSupport
import Testing

/// Checkpoints on disk: written while a trial runs, trusted only when whole and its own.
struct CheckpointTests {
  private static func plan(epochs: Int = 400) throws -> Plan {
    try smallPlan(
      bits: "[4]", seeds: "2", epochs: epochs,
      arms: #"{ name: "wide", kind: "shallow", widths: 1, optimizer: "rprop", restarts: 1 }"#)
  }

  /// Runs what is missing until the first trial has written a checkpoint, and stops there.
  private static func stopEarly(in path: String, _ plan: Plan) async throws -> Int {
    var folder = try RunFolder(writing: path, plan: plan)
    let flights = Flights(checkpoints: folder.checkpoints)
    // Before the first trial begins: it is ended at the first epoch.
    flights.stop(within: 0)
    try await Runner.run(folder.missing, jobs: 1, flights: flights) {
      try folder.append($0)
    }
    folder.close()
    return flights.ended
  }

  private static func files(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/checkpoints")) ?? []).sorted()
  }

  private static func finish(_ path: String, _ plan: Plan) async throws -> (RunFolder, Flights) {
    var folder = try RunFolder(writing: path, plan: plan)
    let flights = Flights(checkpoints: folder.checkpoints)
    try await Runner.run(folder.missing, jobs: 1, flights: flights) { try folder.append($0) }
    try folder.order()
    return (folder, flights)
  }

  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("depthwidth-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
  }

  @Test func `a trial that was ended goes on, and its checkpoint goes with its row`() async throws {
    try await withFolder { path in
      let plan = try Self.plan()
      #expect(try await Self.stopEarly(in: path, plan) == 2)
      #expect(Self.files(in: path).count == 2)
      let found = try RunFolder(reading: path, plan: plan)
      #expect(found.records.isEmpty && found.onTheirWay == 2)
      let (folder, flights) = try await Self.finish(path, plan)
      #expect(folder.recordsInOrder == plan.trials.map { $0.run() })
      #expect(flights.resumed.count == 2 && flights.ended == 0)
      #expect(!FileManager.default.fileExists(atPath: "\(path)/checkpoints"))
    }
  }

  @Test func `the status of a run names the trials on their way`() async throws {
    try await withFolder { path in
      let plan = try Self.plan()
      _ = try await Self.stopEarly(in: path, plan)
      let status = try RunStatus(of: ShardFolders(path: path, plan: plan))
      let onTheirWay = try #require(status.parts.first).onTheirWay
      #expect(onTheirWay.map(\.key) == plan.trials.map(\.key))
      #expect(onTheirWay.allSatisfy { $0.most == 800 && $0.unit == "epochs" && $0.done == 0 })
    }
  }

  @Test func `a checkpoint of other settings or of no trial is set aside`() async throws {
    try await withFolder { path in
      _ = try await Self.stopEarly(in: path, Self.plan())
      let other = try Self.plan(epochs: 300)
      var folder = try RunFolder(locking: path, plan: other)
      #expect(folder.checkpoints.count == 0 && folder.checkpoints.sentences.count == 2)
      #expect(folder.checkpoints.sentences.allSatisfy { $0.contains("have changed") })
      try folder.begin()
      folder.close()
      #expect(Self.files(in: path).allSatisfy { $0.hasSuffix(".checkpoint.set-aside-1") })
      let (run, flights) = try await Self.finish(path, other)
      #expect(run.recordsInOrder == other.trials.map { $0.run() } && flights.resumed.isEmpty)
      #expect(Self.files(in: path).count == 2, "nothing is deleted")
    }
  }

  @Test func `starting over removes checkpoints`() async throws {
    try await withFolder { path in
      let plan = try Self.plan()
      _ = try await Self.stopEarly(in: path, plan)
      let folder = try RunFolder(locking: path, plan: plan, fresh: [.trials])
      #expect(folder.checkpoints.count == 0 && Self.files(in: path).isEmpty)
    }
  }

  @Test func `a checkpoint left beside its row is removed`() async throws {
    try await withFolder { path in
      let plan = try Self.plan()
      _ = try await Self.stopEarly(in: path, plan)
      let name = try #require(Self.files(in: path).first)
      let file = URL(fileURLWithPath: "\(path)/checkpoints/\(name)")
      let bytes = try Data(contentsOf: file)
      _ = try await Self.finish(path, plan)
      // As a kill between the two leaves it, and half of a new one.
      try FileManager.default.createDirectory(
        atPath: "\(path)/checkpoints", withIntermediateDirectories: true)
      try bytes.write(to: file)
      try bytes.prefix(40).write(to: file.appendingPathExtension("new"))
      let (folder, _) = try await Self.finish(path, plan)
      #expect(folder.isComplete && Self.files(in: path).isEmpty)
    }
  }

  /// Every bit of the file is under the hash, so that no damage is gone on from.
  @Test func `damaged files are set aside, never trusted, and never crash`() async throws {
    try await withFolder { path in
      let plan = try Self.plan()
      _ = try await Self.stopEarly(in: path, plan)
      let name = try #require(Self.files(in: path).first)
      let file = URL(fileURLWithPath: "\(path)/checkpoints/\(name)")
      let whole = try Data(contentsOf: file)
      var generator = SeededGenerator(seed: 1, stream: "damage")
      for attempt in 0..<300 {
        var damaged = whole
        let place = Int(generator.below(UInt64(whole.count)))
        switch attempt % 4 {
        case 0: damaged = whole.prefix(place)
        case 1: damaged[place] ^= 1 << UInt8(generator.below(8))
        case 2: damaged.insert(UInt8(truncatingIfNeeded: attempt), at: place)
        default:
          damaged[place..<min(place + 16, whole.count)] = Data(count: min(16, whole.count - place))
        }
        guard damaged != whole else { continue }
        try damaged.write(to: file)
        let folder = try RunFolder(locking: path, plan: plan)
        #expect(folder.checkpoints.count == 1, "the other one is whole")
        #expect(folder.checkpoints.sentences.count == 1)
      }
      try whole.prefix(100).write(to: file)
      let (folder, _) = try await Self.finish(path, plan)
      #expect(folder.recordsInOrder == plan.trials.map { $0.run() })
      #expect(Self.files(in: path) == ["\(name).set-aside-1"])
    }
  }
}
