import Experiments

/// The trials that nobody has begun, the longest first, so that no worker ends long after the others.
struct WaitingTrials {
  /// The shortest first; of equally long ones those that are known last first.
  private var trials: [(trial: any Trial, seconds: Double)]

  init(_ trials: [any Trial]) {
    let known = trials.map { (trial: $0, seconds: $0.mostSeconds) }
    self.trials = known.enumerated().sorted {
      $0.element.seconds != $1.element.seconds
        ? $0.element.seconds < $1.element.seconds : $0.offset > $1.offset
    }.map(\.element)
  }

  var isEmpty: Bool { trials.isEmpty }

  /// Adds trials that are known now.
  mutating func add(_ more: [any Trial]) {
    for trial in more {
      let seconds = trial.mostSeconds
      var (low, high) = (0, trials.count)
      while low < high {
        let middle = (low + high) / 2
        if trials[middle].seconds < seconds { low = middle + 1 } else { high = middle }
      }
      trials.insert((trial, seconds), at: low)
    }
  }

  /// Takes the longest.
  mutating func take() -> (any Trial)? { trials.popLast()?.trial }
}
