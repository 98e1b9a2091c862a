import Dispatch
import Platform
import Synchronization

/// Stops a run early: at Ctrl-C, at another signal, or when its time budget is over.
///
/// After the first request no trial is started, and those in flight have at most two seconds to end, or
/// to leave a checkpoint. Then, or at a second Ctrl-C, the program ends; what is finished is on disk.
@MainActor
final class Stop {
  /// Why a run stops.
  enum Reason {
    case signal(Signal)
    case timeBudget(Duration)
  }

  /// The reason, once there is one.
  private(set) var reason: Reason? {
    didSet { requested.store(reason != nil, ordering: .relaxed) }
  }

  private nonisolated let requested = Atomic(false)
  private var sources: [any DispatchSourceSignal] = []
  private var stopping: @MainActor (_ grace: Double) -> Void = { _ in }
  private var givingUp: @MainActor (Reason) -> Void = { _ in }
  private var isOver = false
  /// The seconds that trials in flight have to end.
  private var grace = 2.0

  /// Whether there is a reason; for workers, which are not on the main actor.
  nonisolated var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Listens to signals, and to the clock where there is a budget; `stopping` tells the trials in flight
  /// the seconds that they have, and `givingUp` ends the program without waiting for them.
  func listen(
    timeBudget: Duration?, stopping: @escaping @MainActor (_ grace: Double) -> Void,
    givingUp: @escaping @MainActor (Reason) -> Void
  ) {
    self.stopping = stopping
    self.givingUp = givingUp
    for signal in Signal.allCases {
      signal.ignore()
      let source = DispatchSource.makeSignalSource(signal: signal.number, queue: .main)
      source.setEventHandler { [weak self] in
        MainActor.assumeIsolated { self?.request(.signal(signal)) }
      }
      source.resume()
      sources.append(source)
    }
    guard let timeBudget else { return }
    let seconds = timeBudget / .seconds(1)
    grace = min(grace, seconds / 10)
    DispatchQueue.main.asyncAfter(deadline: .now() + (seconds - grace)) { [weak self] in
      MainActor.assumeIsolated { self?.request(.timeBudget(timeBudget)) }
    }
  }

  /// Gives signals their usual meaning back.
  func cancel() {
    isOver = true
    for source in sources { source.cancel() }
    for signal in Signal.allCases { signal.restore() }
  }

  private func request(_ new: Reason) {
    guard !isOver else { return }
    if reason != nil {
      if case .signal(.interrupt) = new { giveUp() }
      return
    }
    reason = new
    stopping(grace)
    DispatchQueue.main.asyncAfter(deadline: .now() + grace) { [weak self] in
      MainActor.assumeIsolated { self?.giveUp() }
    }
  }

  private func giveUp() {
    guard !isOver, let reason else { return }
    givingUp(reason)
  }
}

extension Stop.Reason {
  /// The exit code.
  var status: ExitStatus {
    switch self {
    case .signal(.interrupt): .interrupted
    case .signal(.terminate), .signal(.user1), .timeBudget: .stopped
    }
  }

  /// What happened, as the beginning of a sentence.
  var sentence: String {
    switch self {
    case .signal(.interrupt): "interrupted"
    case .signal(let signal): "stopped by \(signal.name)"
    case .timeBudget(let budget): "stopped after the time budget of \(budget.text)"
    }
  }
}
