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
  let progress: Progress
  let stop: Stop

  /// Runs the trials and writes what they leave into a folder that is locked.
  @concurrent
  func done(in locked: RunFolder, _ clock: SessionClock) async throws -> RunFolder {
    let run = try await Runner.run(
      trials, jobs: jobs, isStopped: { stop.isRequested },
      begin: { begun(locked, clock) },
      finished: { run, finished in
        run.write(progress) { folder in
          try folder.append(finished)
          progress.finished(finished.record)
        }
      })
    return run.end(progress)
  }

  /// Makes the folder ready, on the main thread: no trial needs that one.
  @MainActor
  private func begun(_ locked: RunFolder, _ clock: SessionClock) -> OpenRun {
    var clock = clock
    let session = clock.session(jobs: jobs, shard: locked.plan.shard)
    let run = OpenRun(locked, clock)
    stop.listen(timeBudget: budget) { run.giveUp($0, progress) }
    run.write(progress) { try $0.begin(session) }
    progress.begin()
    return run
  }
}

/// The folder of a run that goes on, with its session: one thread at a time does something with them.
///
/// Whoever ends the program never gives the folder back: what is counted then is what is on disk.
private final class OpenRun: Sendable {
  private let state: Mutex<State>
  private let clock: SessionClock

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

  init(_ folder: RunFolder, _ clock: SessionClock) {
    state = Mutex(State(folder: folder))
    self.clock = clock
  }

  /// Writes to the folder.
  func write(_ progress: Progress, _ body: (inout RunFolder) throws -> Void) {
    state.withLock { state in orEnd(&state, progress) { try body(&$0.folder) } }
  }

  /// Notes the end of the session; the folder with all that it has.
  func end(_ progress: Progress) -> RunFolder {
    state.withLock { state in
      orEnd(&state, progress) { try $0.end(clock, progress) }
      return state.folder
    }
  }

  /// Ends the program without the trials in flight; a run that is complete goes on to its end.
  func giveUp(_ reason: Stop.Reason, _ progress: Progress) {
    state.withLock { state in
      guard !state.folder.isComplete else { return }
      try? state.folder.flush()
      try? state.end(clock, progress)
      progress.stopped(reason, in: state.folder.path)
      Program.end(status: reason.status.rawValue)
    }
  }

  /// Ends the program where the folder takes nothing more: the trials in flight, which may take
  /// hours, could not be kept.
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
