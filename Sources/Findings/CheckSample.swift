public import Experiments
import Parity

/// A seeded share of a plan's trials.
///
/// Each key has its own draw: whether a trial is chosen does not depend on which others there are,
/// except that an arm is never left out at any of its n.
public struct CheckSample: Equatable, Sendable {
  /// The share of the trials, above 0 and at most 1.
  public let share: Double
  /// The number the draws come from.
  public let seed: UInt64

  /// Reads a share in per cent, such as `10%`; nil if it is none.
  public init?(_ text: String, seed: UInt64) {
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent <= 100
    else { return nil }
    share = percent / 100
    self.seed = seed
  }

  /// The number of a key in 0 ..< 1, the same in every plan.
  func draw(_ key: String) -> Double {
    var generator = SeededGenerator(seed: seed, stream: "check \(key)")
    return generator.unit()
  }

  /// The trials whose draw lies below the share, and of every arm and n without any the lowest one.
  public func trials(of plan: Plan) -> [any Trial] {
    var chosen: Set<String> = []
    var lowest: [CheckedSubject: (draw: Double, key: String)] = [:]
    for trial in plan.trials {
      let draw = draw(trial.key)
      if draw < share { chosen.insert(trial.key) }
      let group = CheckedSubject.trials(arm: trial.arm, bits: trial.bits)
      if draw < lowest[group]?.draw ?? 1 { lowest[group] = (draw, trial.key) }
    }
    // Where one is below the share the lowest is as well: it is chosen already.
    chosen.formUnion(lowest.values.map(\.key))
    return plan.trials.filter { chosen.contains($0.key) }
  }
}
