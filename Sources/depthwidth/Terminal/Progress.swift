import Dispatch
import Experiments
import Platform
import Runs
import Synchronization
import Tables

/// How far a run is: a bar on a terminal, one plain line every 30 s elsewhere.
///
/// Workers count the trials that they end, and say how far those are that are on their way; the main
/// thread draws the share of the work that is done five times a second.
final class Progress: Sendable {
  private let trials: [any Trial]
  private let before: [any Trial]
  private let flights: Flights
  private let estimate: @Sendable () -> TimeEstimate
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  private struct State {
    /// The trials that were finished since the start.
    var done = 0
    /// The keys of those that ``secondsDone`` does not have yet.
    var ended: [String] = []
    /// What they were expected to take.
    var secondsDone = 0.0
    /// What each trial is expected to take, made when it is first asked for.
    var work: Work?
    var lastShown: ContinuousClock.Instant
    var timer: (any DispatchSourceTimer)?
  }

  /// What trials are expected to take, in seconds.
  private struct Work {
    /// Of those that are run, by key.
    let seconds: [String: Double]
    /// Of all of these.
    let sum: Double
    /// Of those that were done before.
    let before: Double
  }

  /// The progress of `trials`, `before` being done already; the estimate is made while they run.
  init(
    trials: [any Trial], after before: [any Trial] = [], _ flights: Flights,
    estimate: @escaping @Sendable () -> TimeEstimate
  ) {
    self.trials = trials
    self.before = before
    self.flights = flights
    self.estimate = estimate
    state = Mutex(State(lastShown: start))
  }

  private var total: Int { before.count + trials.count }

  /// Starts to show it.
  func begin() {
    guard !trials.isEmpty else { return }
    state.withLock {
      let timer = DispatchSource.makeTimerSource(queue: .main)
      timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200))
      timer.setEventHandler { [weak self] in self?.show() }
      timer.resume()
      $0.timer = timer
    }
  }

  /// The trials that were finished since the start.
  var done: Int { state.withLock(\.done) }

  /// Counts a finished trial.
  func finished(_ record: Record) {
    state.withLock { state in
      state.done += 1
      state.ended.append(record.key)
    }
  }

  /// Removes the bar and says how long the trials took.
  func end() {
    guard takeAway() else { return }
    let trials = done == 1 ? "1 trial" : "\(done) trials"
    Terminal.message("\(trials) in \(Duration.seconds(elapsed).measured)")
  }

  /// Removes the bar and says why the run stops and how to go on; `onTheirWay` trials have left
  /// checkpoints.
  func stopped(_ reason: Stop.Reason, in folder: String, onTheirWay: Int) {
    takeAway()
    let kept =
      onTheirWay == 0
      ? ""
      : onTheirWay == 1
        ? ", and the checkpoint of 1 on its way"
        : ", and the checkpoints of \(onTheirWay) on their way"
    Terminal.message(
      "\(reason.sentence): \(before.count + done) of \(total) trials are saved in \(folder)\(kept); "
        + "the same command goes on with the others")
  }

  /// Prints a sentence on a line of its own; the bar is drawn again below.
  func say(_ sentence: String) {
    state.withLock { state in
      if state.timer != nil, Terminal.isInteractive { Terminal.replaceLine("") }
      Terminal.message(sentence)
    }
  }

  /// Removes the bar, so that the next message has a line of its own; returns whether there was one.
  @discardableResult
  func takeAway() -> Bool {
    state.withLock { state in
      guard let timer = state.timer else { return false }
      timer.cancel()
      state.timer = nil
      if Terminal.isInteractive { Terminal.replaceLine("") }
      return true
    }
  }

  /// What the trials take, made without holding up those that end meanwhile.
  private var work: Work {
    if let known = state.withLock(\.work) { return known }
    let estimate = estimate()
    func seconds(_ trial: any Trial) -> Double {
      estimate.likelySeconds(trial) ?? trial.mostSeconds
    }
    let each = trials.map(seconds)
    let made = Work(
      seconds: Dictionary(uniqueKeysWithValues: zip(trials.map(\.key), each)),
      sum: each.reduce(0, +), before: before.map(seconds).reduce(0, +))
    state.withLock { $0.work = made }
    return made
  }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func show() {
    flights.askForLoss(after: Terminal.isInteractive ? 2 : 10)
    let isDue = state.withLock { state in
      // It may have been taken away since the timer fired.
      state.timer != nil
        && (Terminal.isInteractive || ContinuousClock.now - state.lastShown >= .seconds(30))
    }
    guard isDue else { return }
    let work = work
    // Before those that end meanwhile are counted, so that none counts twice for long.
    let positions = flights.positions
    state.withLock { state in
      state.secondsDone += state.ended.reduce(0) { $0 + (work.seconds[$1] ?? 0) }
      state.ended = []
      state.lastShown = .now
      let text = text(state.done, state.secondsDone, work, positions)
      if Terminal.isInteractive {
        Terminal.replaceLine(text.line(width: Streams.width(of: .messages)))
      } else {
        Terminal.message(text.plain)
      }
    }
  }

  private func text(
    _ done: Int, _ secondsDone: Double, _ work: Work, _ positions: [Flights.Position]
  ) -> ProgressText {
    func seconds(_ trial: any Trial, _ done: Int) -> Double {
      let whole = work.seconds[trial.key] ?? 0
      return whole * trial.share(done: done, of: whole)
    }
    let resumed = flights.resumed
    let earlier =
      resumed.isEmpty
      ? 0
      : trials.reduce(0) { sum, trial in
        resumed[trial.key].map { sum + seconds(trial, $0) } ?? sum
      }
    let reached = min(
      positions.reduce(secondsDone) { $0 + seconds($1.trial, $1.done) }, work.sum)
    let made = max(reached - earlier, 0)
    let longest = positions.max { $0.age < $1.age }
    return ProgressText(
      done: before.count + done, total: total,
      share: (work.before + reached) / max(work.before + work.sum, .leastNormalMagnitude),
      // Before the first is done, the parts of trials count.
      rate: (done > 0 ? Double(done) : Double(trials.count) * made / work.sum)
        / max(elapsed, 0.001),
      left: made > 0 ? elapsed * (work.sum - reached) / made : nil,
      longest: longest.flatMap { $0.age >= 1 ? $0 : nil })
  }
}
