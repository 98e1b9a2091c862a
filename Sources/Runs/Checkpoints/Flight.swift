import Experiments
import Platform
import Synchronization
import Training

/// A trial on its way: what it says of itself, and what it is asked for.
///
/// The thread of the trial writes two numbers from time to time and reads a third; nobody waits for
/// anybody.
final class Flight: Sendable {
  let trial: any Trial
  /// The checkpoint that it goes on from.
  let start: CheckpointFile?
  let began = ContinuousClock.now
  private let threadSeconds = Clock.threadSeconds

  private let work: Atomic<Int>
  private let rows: Atomic<Int>
  private let lossBits = Atomic(Double.nan.bitPattern)
  private let wanted = Atomic(0)
  private let times: Guarded<Times>

  private struct Times {
    /// When it was begun or last handed over.
    var kept: ContinuousClock.Instant
    /// When it was last asked for its loss.
    var lossAsked: ContinuousClock.Instant
  }

  /// To be made on the thread of the trial.
  init(_ trial: any Trial, from start: CheckpointFile?) {
    self.trial = trial
    self.start = start
    work = Atomic(start?.done ?? 0)
    rows = Atomic(start?.right ?? 0)
    times = Guarded(Times(kept: began, lossAsked: began))
  }

  /// How much is done, in the unit of the trial's work.
  var done: Int { work.load(ordering: .relaxed) }
  /// The rows that are right.
  var right: Int { rows.load(ordering: .relaxed) }
  /// The loss; nil where it is not known.
  var loss: Double? {
    let loss = Double(bitPattern: lossBits.load(ordering: .relaxed))
    return loss.isFinite ? loss : nil
  }
  /// The seconds since it was begun here.
  var age: Double { Self.seconds(since: began) }

  /// Wall and processor time over all sessions; to be asked for on the thread of the trial.
  var seconds: (wall: Double, cpu: Double) {
    (
      (start?.wallSeconds ?? 0) + age,
      (start?.cpuSeconds ?? 0) + Clock.threadSeconds - threadSeconds
    )
  }

  /// What the trial looks at; `crew` shares its large tables, `keep` writes a checkpoint, `refuse` sets
  /// the start aside.
  func watcher(
    crew: Crew, keep: @escaping (CheckpointFile) -> Void, refuse: @escaping () -> Void
  ) -> TrialWatcher {
    TrialWatcher(
      from: start?.state, grain: Self.grain, crew: crew,
      ask: { done, right in
        self.work.store(done, ordering: .relaxed)
        self.rows.store(right, ordering: .relaxed)
        let wanted = self.wanted.load(ordering: .relaxed)
        return wanted == 0 ? .nothing : self.granted(wanted)
      },
      loss: {
        self.lossBits.store($0.bitPattern, ordering: .relaxed)
        // From the answer on: a large network takes long to find its loss.
        self.times.withLock { $0.lossAsked = .now }
      },
      keep: { state in
        let seconds = self.seconds
        keep(
          CheckpointFile(
            self.trial, done: self.done, right: self.right, wallSeconds: seconds.wall,
            cpuSeconds: seconds.cpu, written: Clock.utc(Clock.now), state: state))
        self.times.withLock { $0.kept = .now }
      },
      refuse: refuse)
  }

  private func granted(_ found: Int) -> Request {
    // An end stays wanted: a trial may have parts that do not hear of it.
    if found < Self.end { wanted.bitwiseAnd(~found, ordering: .relaxed) }
    // The time of its writing counts too: else another would be wanted in the meantime.
    if found >= Self.checkpoint { times.withLock { $0.kept = .now } }
    if found >= Self.end { return .end }
    return found >= Self.checkpoint ? .checkpoint : .loss
  }

  /// A question takes some ten nanoseconds, which is not to be felt.
  private static let grain = 20e-6
  private static let loss = 1
  private static let checkpoint = 2
  private static let end = 4

  /// Asks for a checkpoint where the last one is so many seconds ago.
  func askForCheckpoint(after seconds: Double) {
    guard times.withLock({ Self.seconds(since: $0.kept) >= seconds }) else { return }
    wanted.bitwiseOr(Self.checkpoint, ordering: .relaxed)
  }

  /// Asks for the loss where it was last asked for so many seconds ago.
  func askForLoss(after seconds: Double) {
    let isDue = times.withLock { times in
      guard Self.seconds(since: times.lossAsked) >= seconds else { return false }
      times.lossAsked = .now
      return true
    }
    if isDue { wanted.bitwiseOr(Self.loss, ordering: .relaxed) }
  }

  /// Asks for a checkpoint and the end.
  func askForEnd() { wanted.bitwiseOr(Self.end, ordering: .relaxed) }

  static func seconds(since instant: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - instant) / .seconds(1)
  }
}
