import Experiments
import Platform
import Runs

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
    var (folder, clock) = try await Runner.run(
      trials, jobs: jobs, isStopped: { stop.isRequested },
      begin: { begun(locked, clock) },
      finished: { run, finished in
        orEnd { try run.folder.append(finished) }
        progress.finished(finished.record)
      })
    try folder.note(clock.end(trials: progress.done))
    return folder
  }

  /// Makes the folder ready, on the main thread: no trial needs that one.
  @MainActor
  private func begun(
    _ locked: RunFolder, _ clock: SessionClock
  ) -> (folder: RunFolder, clock: SessionClock) {
    var (folder, clock) = (locked, clock)
    let session = clock.session(jobs: jobs, shard: folder.plan.shard)
    orEnd { try folder.begin(session) }
    progress.begin()
    stop.listen(timeBudget: budget) { [folder] reason in
      try? folder.flush()
      progress.stopped(reason, in: folder.path)
    }
    return (folder, clock)
  }

  /// Ends the program where the folder takes nothing more: the trials in flight, which may take
  /// hours, could not be kept.
  private func orEnd(_ write: () throws -> Void) {
    do {
      try write()
    } catch {
      progress.takeAway()
      Program.end(status: Terminal.report(error).rawValue)
    }
  }
}
