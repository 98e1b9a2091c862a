import Experiments
import Foundation

/// How far a run is: a bar on a terminal, one plain line every 30 s elsewhere.
@MainActor
final class Progress {
  private let total: Int
  private let work: Double
  private let shares: [String: Double]
  private let start = ContinuousClock.now
  private var done = 0
  private var workDone = 0.0
  private var lastShown: ContinuousClock.Instant
  private var timer: (any DispatchSourceTimer)?

  init(trials: [Trial]) {
    total = trials.count
    // Trials end early when solved, so the share of time is only estimated by the square root.
    shares = Dictionary(uniqueKeysWithValues: trials.map { ($0.key, Double($0.work).squareRoot()) })
    work = shares.values.reduce(0, +)
    lastShown = start
    guard total > 0 else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: .milliseconds(200))
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
    timer?.cancel()
    guard total > 0 else { return }
    if Terminal.isInteractive { Terminal.replaceLine("") }
    Terminal.message("\(total) trials in \(text(seconds: elapsed))")
  }

  /// Takes the bar away and says how to go on.
  func interrupted(at folder: String) {
    timer?.cancel()
    if Terminal.isInteractive { Terminal.replaceLine("") }
    Terminal.message(
      "interrupted: \(done) of \(total) trials are saved in \(folder); "
        + "the same command goes on with the others")
  }

  private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func show() {
    if Terminal.isInteractive {
      Terminal.replaceLine(line(width: Terminal.width(of: STDERR_FILENO)))
    } else if ContinuousClock.now - lastShown >= .seconds(30) {
      lastShown = .now
      Terminal.message(status)
    }
  }

  private var status: String {
    let rate = Double(done) / max(elapsed, 0.001)
    var text = "\(done)/\(total)  \(rate.rounded(places: rate < 10 ? 1 : 0))/s"
    if workDone > 0 {
      text += "  \(self.text(seconds: elapsed * (work / workDone - 1))) left"
    }
    return text
  }

  private func line(width: Int) -> String {
    let room = min(40, width - status.count - 4)
    guard room >= 5 else { return String(status.prefix(width - 1)) }
    let filled = Int(Double(room) * workDone / max(work, 1))
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled)
    return "[\(bar)] \(status)"
  }

  private func text(seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
