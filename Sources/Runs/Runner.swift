public import Experiments

/// Runs the trials of a plan on several workers.
public enum Runner {
  /// What the group of workers hears of.
  private enum Event {
    /// There is something to hand trials over to.
    case begun
    /// A trial is finished.
    case finished(Finished)
    /// A trial was ended on its way; its checkpoint is written.
    case ended
    /// An idle worker goes home.
    case helped
  }

  /// Runs `trials`, the longest first so that no worker ends long after the others, and hands each
  /// one over as soon as it is there, one after the other, in order of completion.
  ///
  /// A record depends on its trial alone, so the number of workers changes nothing but the time. Once
  /// `isStopped` says so, no further trial is taken; those in flight are still handed over, or ended
  /// where `flights` is told to. An error
  /// thrown by `finished` ends the run after the trials in flight.
  public static func run(
    _ trials: [any Trial], jobs: Int, flights: Flights = Flights(),
    isStopped: () -> Bool = { false }, finished: (Finished) throws -> Void
  ) async throws {
    try await run(trials, jobs: jobs, flights: flights, isStopped: isStopped, begin: {}) {
      _, trial in
      try finished(trial)
      return []
    }
  }

  /// The same with something to hand the trials over to, which `begin` makes on the main thread while
  /// the first ones run already; it is given back at the end.
  ///
  /// Each worker takes one trial before `begin` is done, and the next one after: what has ended by then
  /// is held in memory alone, so it is never more than one trial a worker.
  ///
  /// What `finished` returns is run as well: trials that are known only now.
  ///
  /// A worker for whom no trial is left helps the trainings that are, where their tables are large.
  ///
  /// All else is on the threads of the workers: the one that ends a trial hands it over and goes on
  /// with the next, and no other has to wake up in between.
  public static func run<Sink: Sendable>(
    _ trials: [any Trial], jobs: Int, flights: Flights = Flights(), isStopped: () -> Bool,
    begin: @escaping @MainActor @Sendable () async throws -> Sink,
    finished: (inout Sink, Finished) throws -> [any Trial]
  ) async throws -> Sink {
    precondition(jobs >= 1, "a run needs a worker, got \(jobs)")
    var waiting = WaitingTrials(trials)
    let idle = IdleWorkers(workers: jobs)
    return try await withThrowingTaskGroup(of: Event.self) { group in
      // Before the group waits for all its tasks, also where an error is thrown.
      defer { idle.end() }
      var underWay = 0
      func startNext() {
        if !isStopped(), let trial = waiting.take() {
          underWay += 1
          group.addTask { flights.finish(trial, idle.crew).map(Event.finished) ?? .ended }
        } else if underWay > 0 {
          group.addTask {
            await idle.help()
            return .helped
          }
        } else {
          idle.end()
        }
      }
      // At once, since the workers leave none of their threads to it.
      let beginning = Task { @MainActor in try await begin() }
      for _ in 0..<(trials.isEmpty ? 0 : jobs) { startNext() }
      // Wakes the group up, as a trial that ends does.
      group.addTask {
        _ = await beginning.result
        return .begun
      }
      // What ends before there is something to hand it over to.
      var early: [Finished?] = []
      waiting: while let event = try await group.next() {
        switch event {
        case .begun: break waiting
        case .finished(let trial): early.append(trial)
        case .ended: early.append(nil)
        case .helped: break
        }
      }
      var sink = try await beginning.value
      func end(_ trial: Finished?) throws {
        underWay -= 1
        // Where there is a next one, nothing of it waits for the disk.
        let isLast = waiting.isEmpty
        if !isLast { startNext() }
        let more = try trial.map { try finished(&sink, $0) } ?? []
        if !more.isEmpty {
          waiting.add(more)
          idle.recall()
        }
        if isLast { startNext() }
      }
      for trial in early { try end(trial) }
      while let event = try await group.next() {
        switch event {
        case .begun: break
        case .helped: startNext()
        case .finished(let trial): try end(trial)
        case .ended: try end(nil)
        }
      }
      return sink
    }
  }
}
