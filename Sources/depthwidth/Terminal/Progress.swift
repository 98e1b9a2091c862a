import Dispatch
import Experiments
import Tables
import Platform
import Synchronization
import Tables

/// How far a run is: a bar on a terminal, one plain line every 30 s elsewhere.
///
/// Workers count the trials that they end; the main thread draws the count five times a second.
final class Progress: Sendable {
  private let trials: [any Trial]
  private let total: Int
  private let before: Int
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  private struct State {
    /// The trials that were finished since the start.
    var done = 0
    var workDone = 0.0
    /// The share of the time that each trial is expected to take; found when the first trial ends,
    /// since it would delay the start.
    var shares: [String: Double]?
    var lastShown: ContinuousClock.Instant
    var timer: (any DispatchSourceTimer)?
  }

  /// The progress of the `trials` that are missing of `total`.
  init(trials: [any Trial], of total: Int) {
    self.trials = trials
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
      let shares = state.shares ?? sharesOfTrials
      state.shares = shares
      state.done += 1
      state.workDone += shares[record.key] ?? 0
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

  // The work counts all epochs, but a solved trial ends early: its square root is nearer to the time.
  private var sharesOfTrials: [String: Double] {
    Dictionary(uniqueKeysWithValues: trials.map { ($0.key, Double($0.work).squareRoot()) })
  }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func show() {
    state.withLock { state in
      // The timer may fire once more after the bar was removed.
      guard state.timer != nil else { return }
      let work = (state.shares ?? sharesOfTrials).values.reduce(0, +)
      let share = state.workDone / max(work, 1)
      if Terminal.isInteractive {
        Terminal.replaceLine(line(state.done, share, width: Streams.width(of: .messages)))
      } else if ContinuousClock.now - state.lastShown >= .seconds(30) {
        state.lastShown = .now
        Terminal.message(status(state.done, share))
      }
    }
  }

  private func status(_ done: Int, _ share: Double) -> String {
    let rate = Double(done) / max(elapsed, 0.001)
    let shown = rate < 10 ? "\(rate.rounded(places: 1))" : "\(Int(rate.rounded()))"
    var text = "\(before + done)/\(total)  \(shown)/s"
    if share > 0 { text += "  \(Duration.seconds(elapsed * (1 / share - 1)).estimated) left" }
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
