import Experiments
import Runs
import Synchronization
import TestSupport
import Testing

struct RunnerTests {
  private static let arms = """
    { name: "line", kind: "logistic", optimizer: "rprop" },
    { name: "wide", kind: "shallow", widths: "1...3", optimizer: "rprop", heldOut: 0.25 },
    { name: "batches", kind: "deep", widths: 3, batch: 2 },
    """

  private static func plan() throws -> Plan {
    try smallPlan(bits: "[2, 3]", seeds: "3", epochs: 20, arms: arms)
  }

  @Test(arguments: [1, 2, 7, 100])
  func `the records are the same with any number of workers`(jobs: Int) async throws {
    let plan = try Self.plan()
    var records: [String: Record] = [:]
    try await Runner.run(plan.trials, jobs: jobs) { finished in
      let record = finished.record
      #expect(records.updateValue(record, forKey: record.key) == nil, "a trial runs once")
    }
    #expect(plan.trials.map { records[$0.key] } == plan.trials.map { $0.run() })
    #expect(records.count == plan.trials.count)
  }

  @Test func `one worker takes the longest trial first`() async throws {
    let plan = try Self.plan()
    var keys: [String] = []
    try await Runner.run(plan.trials, jobs: 1) { keys.append($0.record.key) }
    let seconds = plan.trials.map { ($0.key, $0.mostSeconds) }
    let costs = keys.compactMap { Dictionary(uniqueKeysWithValues: seconds)[$0] }
    #expect(costs == costs.sorted(by: >))
  }

  @Test(arguments: [1, 2, 3, 7])
  func `idle workers who share a large table change no record`(jobs: Int) async throws {
    let plan = try smallPlan(
      bits: "13", seeds: "2", epochs: 3,
      arms: """
        { name: "shallow", kind: "shallow", widths: 2, optimizer: "rprop" },
        { name: "deep", kind: "deep", depth: 2, widths: 2, activation: "relu" },
        """)
    for trials in [plan.trials, Array(plan.trials.prefix(1))] {
      var records: [String: Record] = [:]
      try await Runner.run(trials, jobs: jobs) { records[$0.record.key] = $0.record }
      #expect(trials.map { records[$0.key] } == trials.map { $0.run() })
    }
  }

  @Test func `an error while others share a table ends the run`() async throws {
    struct Refusal: Error {}
    let plan = try smallPlan(
      bits: "[2, 14]", seeds: "1", epochs: 20,
      arms: "{ name: \"wide\", kind: \"shallow\", widths: 3, optimizer: \"rprop\" },")
    await #expect(throws: Refusal.self) {
      try await Runner.run(plan.trials, jobs: 4) { _ in throw Refusal() }
    }
  }

  @Test func `a run without trials ends at once`() async throws {
    try await Runner.run([], jobs: 3) { _ in Issue.record("there is nothing to finish") }
  }

  @Test(arguments: [1, 2, 7])
  func `trials that end before the folder is ready are kept`(jobs: Int)
    async throws
  {
    let trials = try Self.plan().trials
    let records = try await Runner.run(
      trials, jobs: jobs, isStopped: { false },
      begin: {
        // Long enough for all of them.
        try await Task.sleep(for: .milliseconds(300))
        return [String]()
      },
      finished: { keys, finished in
        keys.append(finished.record.key)
        return []
      })
    #expect(Set(records) == Set(trials.map(\.key)) && records.count == trials.count)
  }

  @Test(arguments: [1, 2, 7])
  func `no worker takes a second trial before the folder is ready`(
    jobs: Int
  ) async throws {
    let trials = try Self.plan().trials
    let taken = Atomic(0)
    let takenEarly = try await Runner.run(
      trials, jobs: jobs,
      isStopped: {
        taken.add(1, ordering: .relaxed)
        return false
      },
      begin: {
        try await Task.sleep(for: .milliseconds(100))
        return taken.load(ordering: .relaxed)
      },
      finished: { _, _ in [] })
    #expect(takenEarly == jobs)
  }

  @Test func `a run whose folder cannot be made ends with the error`() async throws {
    struct NoFolder: Error {}
    let trials = try Self.plan().trials
    await #expect(throws: NoFolder.self) {
      try await Runner.run(
        trials, jobs: 2, isStopped: { false }, begin: { throw NoFolder() },
        finished: { _, _ in
          Issue.record("nothing is there to take it")
          return []
        })
    }
  }

  @Test(arguments: [1, 2])
  func `an error while saving ends the run`(jobs: Int) async throws {
    struct DiskFull: Error {}
    let trials = try Self.plan().trials
    var saved = 0
    await #expect(throws: DiskFull.self) {
      try await Runner.run(trials, jobs: jobs) { _ in
        saved += 1
        if saved == 3 { throw DiskFull() }
      }
    }
    #expect(saved == 3)
  }

  @Test(arguments: [1, 2, 3])
  func `a run that is stopped hands over what is in flight and takes no more`(jobs: Int)
    async throws
  {
    let trials = try Self.plan().trials
    var saved = 0
    try await Runner.run(trials, jobs: jobs, isStopped: { saved >= 4 }) { finished in
      saved += 1
      #expect(finished.timing.map { $0.wallSeconds >= 0 && $0.cpuSeconds >= 0 } == true)
    }
    // The next one is taken before the fourth is handed over.
    #expect((4 + jobs - 1...4 + jobs).contains(saved))
    try await Runner.run(trials, jobs: jobs, isStopped: { true }) { _ in
      Issue.record("nothing may be taken")
    }
  }
}
