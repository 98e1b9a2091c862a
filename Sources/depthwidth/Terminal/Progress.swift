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
  private let before: [any Trial]
  private let flights: Flights
  private let estimate: @Sendable () -> TimeEstimate
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  private struct State {
    /// The trials that are run, more where searches ask for them.
    var trials: [any Trial]
    /// The trials that were finished since the start.
    var done = 0
    /// The keys of those that ``secondsDone`` does not have yet.
    var ended: [String] = []
    /// What they were expected to take.
    var secondsDone = 0.0
    /// What each trial is expected to take, made when it is first asked for, and then for those that
    /// came since.
    var work: Work?
    var lastShown: ContinuousClock.Instant
    var timer: (any DispatchSourceTimer)?
  }

  /// What trials are expected to take, in seconds.
  private struct Work {
    let estimate: TimeEstimate
    /// Of those that are run, by key.
    var seconds: [String: Double] = [:]
    /// Of all of these.
    var sum = 0.0
    /// Of those that were done before.
    let before: Double

    init(_ estimate: TimeEstimate, before: [any Trial]) {
      self.estimate = estimate
      self.before = before.reduce(0) { $0 + estimate.seconds($1) }
    }

    /// Adds trials that are run.
    mutating func add(_ trials: some Sequence<any Trial>) {
      for trial in trials {
        let expected = estimate.seconds(trial)
        seconds[trial.key] = expected
        sum += expected
      }
    }
  }

  /// The progress of `trials`, `before` being done already; the estimate is made while they run.
  init(
    trials: [any Trial], after before: [any Trial] = [], _ flights: Flights,
    estimate: @escaping @Sendable () -> TimeEstimate
  ) {
    self.before = before
    self.flights = flights
    self.estimate = estimate
    state = Mutex(State(trials: trials, lastShown: start))
  }

  private var total: Int { before.count + state.withLock(\.trials.count) }

  /// Starts to show it.
  func begin() {
    state.withLock {
      guard !$0.trials.isEmpty else { return }
      let timer = DispatchSource.makeTimerSource(queue: .main)
      timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200))
      timer.setEventHandler { [weak self] in self?.show() }
      timer.resume()
      $0.timer = timer
    }
  }

  /// The trials that were finished since the start.
  var done: Int { state.withLock(\.done) }

  /// Counts a finished trial, and those that are run because of it.
  func finished(_ record: Record, adding more: [any Trial] = []) {
    state.withLock { state in
      state.done += 1
      state.ended.append(record.key)
      state.trials += more
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
    let (known, trials) = state.withLock { ($0.work, $0.trials) }
    var work = known ?? Work(estimate(), before: before)
    work.add(trials[work.seconds.count...])
    state.withLock { $0.work = work }
    return work
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
      // Those that were asked for and ended since count with the next.
      state.ended = state.ended.filter { work.seconds[$0] == nil }
      state.lastShown = .now
      let text = text(state, work, positions)
      if Terminal.isInteractive {
        Terminal.replaceLine(text.line(width: Streams.width(of: .messages)))
      } else {
        Terminal.message(text.plain)
      }
    }
  }

  private func text(
    _ state: State, _ work: Work, _ positions: [Flights.Position]
  ) -> ProgressText {
    let (done, trials) = (state.done, state.trials)
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
      positions.reduce(state.secondsDone) { $0 + seconds($1.trial, $1.done) }, work.sum)
    let made = max(reached - earlier, 0)
    let longest = positions.max { $0.age < $1.age }
    return ProgressText(
      done: before.count + done, total: before.count + trials.count,
      share: (work.before + reached) / max(work.before + work.sum, .leastNormalMagnitude),
      // Before the first is done, the parts of trials count.
      rate: (done > 0 ? Double(done) : Double(trials.count) * made / work.sum)
        / max(elapsed, 0.001),
      left: made > 0 ? elapsed * (work.sum - reached) / made : nil,
      longest: longest.flatMap { $0.age >= 1 ? $0 : nil })
  }
}
