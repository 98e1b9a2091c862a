import Dispatch
import Experiments
import Platform
import Runs
import Synchronization
import Tables

/// The trials that a run has to do, on the threads of the workers.
struct RunWork: Sendable {
  let trials: [any Trial]
  let jobs: Int
  let budget: Duration?
  let flights: Flights
  let progress: Progress
  let stop: Stop

  /// Runs the trials and writes what they leave into a folder that is locked.
  @concurrent
  func done(in locked: RunFolder, _ clock: SessionClock) async throws -> RunFolder {
    let run = try await Runner.run(
      trials, jobs: jobs, flights: flights, isStopped: { stop.isRequested },
      begin: { begun(locked, clock) },
      finished: { run, finished in
        var more: [any Trial] = []
        run.write(progress) { folder in
          more = try folder.append(finished)
          progress.finished(finished.record, adding: more)
        }
        return more
      })
    return run.end(progress)
  }

  /// Makes the folder ready on the main thread, while the workers run the first trials.
  @MainActor
  private func begun(_ locked: RunFolder, _ clock: SessionClock) -> OpenRun {
    var clock = clock
    let session = clock.session(jobs: jobs, shard: locked.plan.shard)
    let run = OpenRun(locked, clock, flights)
    stop.listen(
      timeBudget: budget, stopping: { flights.stop(within: $0) },
      givingUp: { run.giveUp($0, progress) })
    run.write(progress) { try $0.begin(session) }
    progress.begin()
    run.watch(progress, every: min(0.1, CheckpointInterval.seconds / 4))
    return run
  }
}

/// The folder of a run and its session, behind a lock.
///
/// The thread that ends the program keeps the lock: no trial is written after the last count.
private final class OpenRun: Sendable {
  private let state: Mutex<State>
  private let clock: SessionClock
  private let flights: Flights
  private let timer = Mutex((any DispatchSourceTimer)?.none)

  private struct State {
    var folder: RunFolder
    var isEnded = false

    /// Notes the end of the session, once.
    mutating func end(_ clock: SessionClock, _ progress: Progress) throws(InputError) {
      guard !isEnded else { return }
      isEnded = true
      try folder.note(clock.end(trials: progress.done))
    }
  }

  init(_ folder: RunFolder, _ clock: SessionClock, _ flights: Flights) {
    state = Mutex(State(folder: folder))
    self.clock = clock
    self.flights = flights
  }

  /// Asks the trials on their way for what is due, again and again, and says what became of their
  /// checkpoints.
  func watch(_ progress: Progress, every seconds: Double) {
    timer.withLock { kept in
      let timer = DispatchSource.makeTimerSource(queue: .main)
      timer.schedule(deadline: .now() + seconds, repeating: seconds)
      timer.setEventHandler { [self] in
        flights.tick()
        say(progress)
      }
      timer.resume()
      kept = timer
    }
  }

  /// Says what became of checkpoints; ends the program where one cannot be written.
  private func say(_ progress: Progress) {
    write(progress) { _ in for notice in try flights.takeNotices() { progress.say(notice) } }
  }

  /// Writes to the folder.
  func write(_ progress: Progress, _ body: (inout RunFolder) throws -> Void) {
    state.withLock { state in orEnd(&state, progress) { try body(&$0.folder) } }
  }

  /// Notes the end of the session and returns the folder.
  func end(_ progress: Progress) -> RunFolder {
    timer.withLock { $0?.cancel() }
    say(progress)
    return state.withLock { state in
      orEnd(&state, progress) { try $0.end(clock, progress) }
      return state.folder
    }
  }

  /// Ends the program without waiting for the trials in flight; does nothing where none is missing.
  func giveUp(_ reason: Stop.Reason, _ progress: Progress) {
    state.withLock { state in
      guard !state.folder.isComplete else { return }
      try? state.folder.flush()
      try? state.end(clock, progress)
      progress.stopped(reason, in: state.folder.path, onTheirWay: state.folder.onTheirWay)
      Program.end(status: reason.status.rawValue)
    }
  }

  /// Ends the program where a write fails: the trials in flight may take hours, and could not be
  /// written either.
  private func orEnd(
    _ state: inout State, _ progress: Progress, _ write: (inout State) throws -> Void
  ) {
    do {
      try write(&state)
    } catch {
      progress.takeAway()
      try? state.end(clock, progress)
      Program.end(status: Terminal.report(error).rawValue)
    }
  }
}
