import Experiments
import Networks
import Parity
import TestSupport
import Testing
import Training

/// A trial that is ended again and again leaves what one does that was not.
struct TrialCheckpointTests {
  private struct Endless: Error {}

  /// Every kind of trial that can be on its way for long.
  private static let arms = [
    #"{ name: "restarted", kind: "shallow", widths: 2, optimizer: "rprop", restarts: 2 }"#,
    #"{ name: "curve", kind: "shallow", widths: 3, curves: true, heldOut: 0.25 }"#,
    #"{ name: "both", kind: "shallow", widths: 1, restarts: 1, curves: true, batch: 3 }"#,
    #"{ name: "squares", kind: "shallow", widths: 2, optimizer: "levenbergMarquardt" }"#,
    #"{ name: "frozen", kind: "frozen", activation: "relu" }"#,
    #"{ name: "balanced", kind: "frozen", activation: "step", labels: "balanced" }"#,
  ]

  /// Finishes a trial in as many calls as it takes, each of which ends when it is asked for the
  /// `length`th time.
  private static func pieces(_ trial: any Trial, of length: Int) throws -> (Finished, calls: Int) {
    var start: [UInt8]?
    var farthest = 0
    for call in 1...10_000 {
      var asked = 0
      var kept: [UInt8]?
      let watcher = TrialWatcher(
        from: start,
        ask: { done, right in
          #expect(done >= farthest && done <= trial.work.count, "\(trial.key)")
          farthest = done
          #expect(right >= 0)
          asked += 1
          return asked == length ? .end : asked % 2 == 0 ? .loss : .nothing
        },
        loss: { _ in }, keep: { kept = $0 },
        refuse: { Issue.record("\(trial.key): refused its own state") })
      if let finished = trial.finish(watcher) { return (finished, call) }
      guard let kept else { throw Endless() }
      start = kept
    }
    throw Endless()
  }

  @Test(arguments: arms)
  func `a trial in pieces leaves what a whole one leaves`(arm: String) throws {
    for trial in try smallPlan(bits: "[3, 4]", epochs: 12, arms: arm).trials {
      let whole = trial.finish()
      for length in [2, 5] {
        let (finished, calls) = try Self.pieces(trial, of: length)
        #expect(finished.record == whole.record)
        #expect(finished.companions == whole.companions)
        #expect(calls > 1 || length == 5, "\(trial.key)")
      }
    }
  }

  @Test(arguments: [
    (#"{ name: "c", kind: "circuit", family: "xorTree" }"#, 14),
    (#"{ name: "c", kind: "circuit", family: "dnf" }"#, 14),
    (#"{ name: "s", kind: "constructed", family: "thermometer" }"#, 14),
    (#"{ name: "s", kind: "constructed", family: "xorTree", sample: 9000 }"#, 26),
  ])
  func `a check in pieces finds what a whole one finds`(arm: String, bits: Int) throws {
    for trial in try smallPlan(bits: "[\(bits)]", arms: arm).trials {
      let (finished, calls) = try Self.pieces(trial, of: 2)
      #expect(finished.record == trial.run())
      #expect(calls > 1, "\(trial.key)")
    }
  }

  @Test(arguments: arms + [#"{ name: "c", kind: "circuit", family: "xorTree" }"#])
  func `bytes that are no state of the trial are refused, and it begins anew`(arm: String) throws {
    let trials = try smallPlan(bits: "[4]", epochs: 12, arms: arm).trials
    let trial = trials[0]
    let whole = trial.finish()
    var kept: [UInt8] = []
    let taking = TrialWatcher(
      from: nil, ask: { _, _ in .end }, loss: { _ in }, keep: { kept = $0 }, refuse: {})
    let isWhole = trial.finish(taking) != nil
    // A table of 16 rows is checked in one go.
    #expect(isWhole == kept.isEmpty)
    var generator = SeededGenerator(seed: 3, stream: "damage")
    var damaged: [[UInt8]] = [[], [0], Array(repeating: 255, count: 200)]
    for _ in 0..<20 where !kept.isEmpty {
      damaged.append(Array(kept.prefix(Int(generator.below(UInt64(kept.count))))))
    }
    for bytes in damaged {
      var isRefused = false
      let watcher = TrialWatcher(
        from: bytes, ask: { _, _ in .nothing }, loss: { _ in }, keep: { _ in },
        refuse: { isRefused = true })
      let finished = try #require(trial.finish(watcher))
      #expect(isRefused && finished.record == whole.record)
      #expect(finished.companions == whole.companions)
    }
  }
}
