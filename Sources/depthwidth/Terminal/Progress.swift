import Dispatch
import Experiments
import Platform

/// How far a run is: a bar on a terminal, one plain line every 30 s elsewhere.
@MainActor
final class Progress {
  private let total: Int
  private let before: Int
  private let trials: [Trial]
  /// Summed up while the first trials run, not before.
  private lazy var work = shares.values.reduce(0, +)
  private lazy var shares = Dictionary(
    // Trials end early when solved, so the share of time is only estimated by the square root.
    uniqueKeysWithValues: trials.map { ($0.key, Double($0.work).squareRoot()) })
  private let start = ContinuousClock.now
  /// The trials that were finished since the start.
  private(set) var done = 0
  private var workDone = 0.0
  private var lastShown: ContinuousClock.Instant
  private var timer: (any DispatchSourceTimer)?

  /// The progress of `trials`, the last ones of `total`.
  init(trials: [Trial], of total: Int) {
    self.total = total
    self.trials = trials
    before = total - trials.count
    lastShown = start
    guard !trials.isEmpty else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200))
    timer.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.show() } }
    timer.resume()
    self.timer = timer
  }

  /// Counts a finished trial.
  func finished(_ record: Record) {
    done += 1
    workDone += shares[record.key] ?? 0
  }

  /// Takes the bar away and says how long it took.
  func end() {
    guard takeAway() else { return }
    Terminal.message("\(done) trials in \(text(seconds: elapsed))")
  }

  /// Takes the bar away and says why it ends here and how to go on.
  func stopped(_ reason: Stop.Reason, in folder: String) {
    takeAway()
    Terminal.message(
      "\(reason.sentence): \(before + done) of \(total) trials are saved in \(folder); "
        + "the same command goes on with the others")
  }

  /// Takes the bar away, so that the next message has a line of its own; whether there was one.
  @discardableResult
  func takeAway() -> Bool {
    guard let timer else { return false }
    timer.cancel()
    self.timer = nil
    if Terminal.isInteractive { Terminal.replaceLine("") }
    return true
  }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func show() {
    if Terminal.isInteractive {
      Terminal.replaceLine(line(width: Streams.width(of: .messages)))
    } else if ContinuousClock.now - lastShown >= .seconds(30) {
      lastShown = .now
      Terminal.message(status)
    }
  }

  private var status: String {
    let rate = Double(done) / max(elapsed, 0.001)
    let shown = rate < 10 ? "\(rate.rounded(places: 1))" : "\(Int(rate.rounded()))"
    var text = "\(before + done)/\(total)  \(shown)/s"
    if workDone > 0 {
      text += "  \(self.text(seconds: elapsed * (work / workDone - 1))) left"
    }
    return text
  }

  private func line(width: Int) -> String {
    let room = min(40, width - status.count - 4)
    guard room >= 5 else { return String(status.prefix(width - 1)) }
    let share = (Double(before) + Double(total - before) * workDone / max(work, 1)) / Double(total)
    let filled = Int(Double(room) * share)
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled)
    return "[\(bar)] \(status)"
  }

  private func text(seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
