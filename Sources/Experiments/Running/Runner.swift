import Platform

/// Runs the trials of a plan on several workers.
public enum Runner {
  /// Runs `trials`, the longest first so that no worker ends long after the others, and hands each
  /// one over as soon as it is there, one after the other, in order of completion.
  ///
  /// A record depends on its trial alone, so the number of workers changes nothing but the time.
  /// `started` is called before the first one is handed over, while the first ones run. Once
  /// `isStopped` says so, no further trial is taken; those in flight are still handed over. An error
  /// thrown by `started` or `finished` ends the run after the trials in flight.
  ///
  /// All of it is on no actor: the worker that ends a trial hands it over and goes on with the next,
  /// where another thread would have to wake up in between.
  public static func run(
    _ trials: [Trial], jobs: Int, isStopped: () -> Bool = { false },
    started: () async throws -> Void = {}, finished: (Finished) throws -> Void
  ) async throws {
    precondition(jobs >= 1, "a run needs a worker, got \(jobs)")
    let work = trials.map(\.work)
    var waiting = trials.indices.sorted {
      work[$0] != work[$1] ? work[$0] > work[$1] : $0 < $1
    }[...]
    try await withThrowingTaskGroup(of: Finished.self) { group in
      for index in waiting.prefix(jobs) where !isStopped() {
        group.addTask { timed(trials[index]) }
      }
      waiting = waiting.dropFirst(jobs)
      try await started()
      while let trial = try await group.next() {
        if !isStopped(), let index = waiting.popFirst() {
          group.addTask { timed(trials[index]) }
        }
        try finished(trial)
      }
    }
  }

  private static func timed(_ trial: Trial) -> Finished {
    let start = ContinuousClock.now
    let threadStart = Clock.threadSeconds
    var finished = trial.finish()
    finished.timing = Timing(
      wallSeconds: (ContinuousClock.now - start) / .seconds(1),
      cpuSeconds: Clock.threadSeconds - threadStart)
    return finished
  }
}
