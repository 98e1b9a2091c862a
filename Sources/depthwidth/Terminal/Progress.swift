import Dispatch
import Experiments
import Platform
import Runs
import Synchronization
import Tables

/// How far a run is: a bar on a terminal, one plain line every 30 s elsewhere.
///
/// Workers count the trials that they end; the main thread draws the count five times a second.
final class Progress: Sendable {
  private let trials: [any Trial]
  private let estimate: @Sendable () -> TimeEstimate
  private let total: Int
  private let before: Int
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  private struct State {
    /// The trials that were finished since the start.
    var done = 0
    /// The keys of those that ``shareDone`` does not have yet.
    var ended: [String] = []
    /// The share of the time that the others are expected to take.
    var shareDone = 0.0
    /// The share of each trial, made when it is first asked for.
    var shares: [String: Double]?
    var lastShown: ContinuousClock.Instant
    var timer: (any DispatchSourceTimer)?
  }

  /// The progress of `trials`, the last ones of `total`; the estimate is made while they run.
  init(
    trials: [any Trial], of total: Int, estimate: @escaping @Sendable () -> TimeEstimate
  ) {
    self.trials = trials
    self.estimate = estimate
    self.total = total
    before = total - trials.count
    state = Mutex(State(lastShown: start))
  }

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

  /// Removes the bar and says why the run stops and how to go on.
  func stopped(_ reason: Stop.Reason, in folder: String) {
    takeAway()
    Terminal.message(
      "\(reason.sentence): \(before + done) of \(total) trials are saved in \(folder); "
        + "the same command goes on with the others")
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

  /// The share of the time of each trial, made without holding up those that end meanwhile.
  private var shares: [String: Double] {
    if let known = state.withLock(\.shares) { return known }
    let estimate = estimate()
    let seconds = trials.map { estimate.likelySeconds($0) ?? $0.mostSeconds }
    let sum = seconds.reduce(0, +)
    let made = Dictionary(uniqueKeysWithValues: zip(trials.map(\.key), seconds.map { $0 / sum }))
    state.withLock { $0.shares = made }
    return made
  }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func show() {
    let isDue = state.withLock { state in
      // It may have been taken away since the timer fired.
      state.timer != nil
        && (Terminal.isInteractive || ContinuousClock.now - state.lastShown >= .seconds(30))
    }
    guard isDue else { return }
    let shares = shares
    state.withLock { state in
      state.shareDone += state.ended.reduce(0) { $0 + (shares[$1] ?? 0) }
      state.ended = []
      state.lastShown = .now
      if Terminal.isInteractive {
        Terminal.replaceLine(
          line(state.done, state.shareDone, width: Streams.width(of: .messages)))
      } else {
        Terminal.message(status(state.done, state.shareDone))
      }
    }
  }

  private func status(_ done: Int, _ share: Double) -> String {
    let rate = Double(done) / max(elapsed, 0.001)
    let shown = rate < 10 ? "\(rate.rounded(places: 1))" : "\(Int(rate.rounded()))"
    var text = "\(before + done)/\(total)  \(shown)/s"
    if share > 0 { text += "  \(Duration.estimated(elapsed * (1 / share - 1))) left" }
    return text
  }

  private func line(_ done: Int, _ share: Double, width: Int) -> String {
    let status = status(done, share)
    let room = min(40, width - status.count - 4)
    guard room >= 5 else { return String(status.prefix(width - 1)) }
    let filled = Int(
      Double(room) * (Double(before) + Double(total - before) * share) / Double(total))
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled)
    return "[\(bar)] \(status)"
  }
}
