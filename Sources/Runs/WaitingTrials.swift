import Experiments

/// The trials that nobody has begun, the longest first, so that no worker ends long after the others.
struct WaitingTrials {
  /// The shortest first; of equally long ones the last in the plan first.
  private var trials: [(trial: any Trial, seconds: Double)] = []

  init(_ trials: [any Trial]) { add(trials) }

  var isEmpty: Bool { trials.isEmpty }

  /// Adds trials that are known now.
  mutating func add(_ more: [any Trial]) {
    guard !more.isEmpty else { return }
    let earlier = more.reversed().map { (trial: $0, seconds: $0.mostSeconds) }
    // Stable: of equally long ones those that are known first are begun first.
    trials = (earlier + trials).enumerated().sorted {
      $0.element.seconds != $1.element.seconds
        ? $0.element.seconds < $1.element.seconds : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Takes the longest.
  mutating func take() -> (any Trial)? { trials.popLast()?.trial }
}
