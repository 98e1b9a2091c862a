import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport
import Testing

/// networks.safetensors: the same bytes however a run went, and nothing false in it.
struct NetworkFileTests {
  static func plan(seeds: String = "6", weights: Bool = false) throws -> Plan {
    try smallPlan(
      bits: "[2, 3]", seeds: seeds, epochs: 40,
      arms: """
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: [2, 3, 5], optimizer: "rprop",
          weights: \(weights) },
        """)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/networks.safetensors")))
  }

  static func networks(_ path: String) throws -> Safetensors {
    try Safetensors(bytes(path), file: path)
  }

  /// The keys of the networks in the file.
  static func keys(_ path: String) throws -> [String] {
    try networks(path).tensors.filter { $0.name.hasSuffix("/W1") }.map {
      String($0.name.dropLast(3))
    }
  }

  static func advance(
    _ path: String, _ plan: Plan, _ count: Int = .max, reversed: Bool = false
  ) throws {
    var folder = try RunFolder(writing: path, plan: plan)
    let missing = reversed ? folder.missing.reversed() : folder.missing
    for trial in missing.prefix(count) { try folder.append(trial.finish()) }
    _ = try folder.finish()
    folder.close()
  }

  static func fresh(_ plan: Plan) throws -> [UInt8] {
    try withTemporaryFolder { path in
      try advance(path, plan)
      return try bytes(path)
    }
  }

  @Test func `each minimum has the network of the lowest seed that solved it`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      try Self.advance(path, plan)
      let folder = try RunFolder(reading: path, plan: plan)
      var expected: Set<String> = []
      for row in try folder.results().summary.rows {
        for units in [row.any?.units, row.half?.units].compactMap(\.self) {
          let solved = folder.recordsInOrder.filter { record in
            guard record.outcome == .solved, record.arm == row.arm else { return false }
            return record.bits == row.bits && record.units == units
          }
          let lowest = solved.min { ($0.seed ?? 0) < ($1.seed ?? 0) }
          expected.insert(lowest?.key ?? "none")
        }
      }
      #expect(expected.count > 2)
      #expect(try Set(Self.keys(path)) == expected)
      #expect(try Self.keys(path) == plan.trials.map(\.key).filter(expected.contains))
    }
  }

  @Test func `any order and any number of stops give the same bytes`() throws {
    let expected = try Self.fresh(Self.plan())
    for counts in [[Int.max], [1, 2, 3, .max], [20, .max]] {
      for reversed in [false, true] {
        try withTemporaryFolder { path in
          for count in counts { try Self.advance(path, Self.plan(), count, reversed: reversed) }
          #expect(try Self.bytes(path) == expected)
          // A complete run that is opened again leaves the same.
          try Self.advance(path, Self.plan())
          #expect(try Self.bytes(path) == expected)
        }
      }
    }
  }

  @Test(arguments: [
    "torn", "half a header", "lost", "lost lines", "changed", "other settings", "twice", "foreign",
    "not numbers",
  ])
  func `a damaged log costs trials, never the truth`(damage: String) throws {
    let plan = try Self.plan()
    let expected = try Self.fresh(plan)
    try withTemporaryFolder { path in
      try Self.advance(path, plan, 25)
      let file = "\(path)/networks.csv"
      let text = try contents(of: file)
      var lines = text.split(separator: "\n").map(String.init)
      try #require(lines.count > 3)
      var isLost = true
      switch damage {
      case "torn": try write(String(text.dropLast(9)), to: file)
      case "half a header": try write(String(text.prefix(9)), to: file)
      case "lost": try FileManager.default.removeItem(atPath: file)
      default:
        switch damage {
        case "lost lines": lines.removeLast(2)
        case "changed":
          lines[2] = lines[2].replacing("3", with: "4")
        case "other settings":
          var fields = lines[2].split(separator: ",").map(String.init)
          fields[1] = "0123456789abcdef"
          lines[2] = fields.joined(separator: ",")
        case "not numbers":
          lines[2] = lines[2].replacing(",3f", with: ",zz").replacing(",bf", with: ",zz")
        case "twice":
          lines.append(lines[1])
          isLost = false
        default:
          lines.append("other/n=2/seed=1,0123456789abcdef,00,aa")
          isLost = false
        }
        try write(lines.joined(separator: "\n") + "\n", to: file)
      }
      var locked = try RunFolder(locking: path, plan: plan)
      #expect((locked.networks.sentence != nil) == isLost)
      #expect((locked.records.count < 25) == isLost)
      locked.close()
      try Self.advance(path, plan)
      #expect(try Self.bytes(path) == expected)
      #expect(try RunFolder(reading: path, plan: plan).isComplete)
    }
  }

  @Test func `a network without a record is dropped with its trial run again`() throws {
    let plan = try Self.plan()
    try withTemporaryFolder { path in
      try Self.advance(path, plan, 25)
      // A kill between the network and its record.
      let trials = try contents(of: "\(path)/trials.csv").split(separator: "\n")
      let log = try contents(of: "\(path)/networks.csv").split(separator: "\n")
      let key = log[log.count - 1].prefix { $0 != "," }
      try write(
        trials.filter { !$0.hasPrefix("\(key),") }.joined(separator: "\n") + "\n",
        to: "\(path)/trials.csv")
      var folder = try RunFolder(writing: path, plan: plan)
      #expect(folder.missing.contains { $0.key == key } && folder.networks.sentence == nil)
      #expect(folder.networks[String(key)] == nil)
      folder.close()
      try Self.advance(path, plan)
      #expect(try Self.bytes(path) == Self.fresh(plan))
    }
  }

  @Test func `an experiment that grows has the bytes of one that was whole`() throws {
    try withTemporaryFolder { path in
      for seeds in ["[4, 5]", "[4, 5, 6]", "[2, 4, 5, 6]", "6"] {
        try Self.advance(path, Self.plan(seeds: seeds))
        #expect(try Self.bytes(path) == Self.fresh(Self.plan(seeds: seeds)), "\(seeds)")
      }
      // Smaller again: what leaves is set aside with its networks.
      try Self.advance(path, Self.plan(seeds: "[4, 5]"))
      #expect(try Self.bytes(path) == Self.fresh(Self.plan(seeds: "[4, 5]")))
      let aside = try contents(of: "\(path)/networks.set-aside-1.csv")
      #expect(aside.hasPrefix("key,settings,weights,hash\nwide/") && aside.contains("seed=1,"))
      // An experiment that trains nothing keeps no networks.
      let other = try smallPlan(
        bits: "2", arms: #"{ name: "gates", kind: "circuit", family: "dnf" }"#)
      try Self.advance(path, other)
      #expect(!FileManager.default.fileExists(atPath: "\(path)/networks.csv"))
    }
  }

  @Test func `an arm with weights keeps every solved network, also when it says so later`() throws {
    let plan = try Self.plan(weights: true)
    let expected = try Self.fresh(plan)
    try withTemporaryFolder { path in
      try Self.advance(path, Self.plan())
      let few = try Self.keys(path)
      try Self.advance(path, plan)
      #expect(try Self.bytes(path) == expected)
      let folder = try RunFolder(reading: path, plan: plan)
      let solved = folder.recordsInOrder.filter { $0.outcome == .solved }.map(\.key)
      #expect(try Self.keys(path) == solved && solved.count > few.count)
      var checks: [NetworkCheck] = []
      try folder.checkNetworks { checks.append($0) }
      #expect(checks.count == solved.count && checks.allSatisfy { $0.holds })
      try Self.advance(path, Self.plan())
      #expect(try Self.keys(path) == few)
    }
  }

  @Test(arguments: [[1], [2, 1], [3, 1, 2]], [false, true])
  func `merged shards have the bytes of a run in one piece`(
    order: [Int], weights: Bool
  ) throws {
    let plan = try Self.plan(weights: weights)
    let expected = try Self.fresh(plan)
    try withTemporaryFolder { path in
      let folders = ShardFolders(path: path, plan: plan)
      for index in order {
        var folder = try folders.open(Shard(index, of: order.count))
        try folder.begin()
        for trial in folder.missing.reversed() { try folder.append(trial.finish()) }
        try folder.order()
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/networks.safetensors"))
        folder.close()
      }
      for _ in 0..<2 {
        let merged = try #require(try folders.merge(allowPartial: false))
        _ = try merged.folder.finish()
        #expect(try Self.bytes(path) == expected)
      }
    }
  }

  @Test func `a run of a version without networks is read, and run makes them`() throws {
    let plan = try Self.plan()
    let expected = try Self.fresh(plan)
    try withTemporaryFolder { path in
      try Self.advance(path, plan)
      for name in ["networks.csv", "networks.safetensors"] {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
      let old = try RunFolder(reading: path, plan: plan)
      #expect(old.isComplete && old.lacksNetworks)
      _ = try old.finish()
      #expect(!FileManager.default.fileExists(atPath: "\(path)/networks.safetensors"))
      var locked = try RunFolder(locking: path, plan: plan)
      let again = locked.missing.map(\.key)
      #expect(again.count > 2 && again.count < plan.trials.count / 2)
      #expect(
        locked.networks.sentence
          == "\(again.count) trials run again, since \(path)/networks.csv has no network of "
          + "\(again.sorted()[0]) and others")
      locked.close()
      try Self.advance(path, plan)
      #expect(try Self.bytes(path) == expected)
    }
  }

  @Test func `a fresh start removes the networks, publishing copies the file alone`() throws {
    try withTemporaryFolder { path in
      let plan = try Self.plan()
      try Self.advance(path, plan)
      let folder = try RunFolder(reading: path, plan: plan)
      try Published.publish(folder, to: "\(path)/results")
      #expect(try Self.bytes("\(path)/results") == Self.bytes(path))
      #expect(!FileManager.default.fileExists(atPath: "\(path)/results/networks.csv"))
      let fresh = try RunFolder(writing: path, plan: plan, fresh: RunFolder.File.all)
      #expect(!FileManager.default.fileExists(atPath: "\(path)/networks.safetensors"))
      #expect(try contents(of: "\(path)/networks.csv") == "key,settings,weights,hash\n")
      #expect(fresh.missing.count == plan.trials.count)
    }
  }
}
