/// Whether a training succeeds with a probability of at least one half, told by how often it did.
///
/// s successes and f failures in t = s + f trainings are s + f times as likely under a probability p
/// drawn evenly from above (or below) one half as under one half itself, on average over p, by
///
///     M(s, t) = Σ_{i ≤ s} C(t+1, i) / ((t+1) · C(t, s))    (or M(f, t)).
///
/// By Ville's inequality M(s, t) reaches 1/α at *any* t with a probability of at most α where the
/// probability of success is one half or less: trainings may be added until it does, and none has to be
/// planned. Source: Robbins, *Statistical methods related to the law of the iterated logarithm*, Ann.
/// Math. Stat. 1970; the integral is worked out in results/README.md.
public struct HalfTest: Equatable, Sendable {
  /// The odds, 1/α, that a width must have to be confirmed.
  public let confirming: Int
  /// The odds, 1/α, that a width must have to be refuted.
  public let refuting: Int

  /// The probability that anything said about an arm is wrong.
  public static let error = 0.05

  /// The test for an arm with so many values of n and, at one of them, so many widths: half of the
  /// error falls on confirmations, one for each width that could be wrong, and half on refutations, of
  /// which one alone could be, that of the smallest width that does succeed.
  public init(bits: Int, widths: Int) {
    precondition(bits > 0 && widths > 0, "\(bits) values of n, \(widths) widths")
    let perArm = Int((2 / Self.error).rounded())
    confirming = perArm * bits * widths
    refuting = perArm * bits
  }

  /// What counts say of the probability.
  public enum Verdict: Sendable {
    /// It is one half at least.
    case confirmed
    /// It is below one half.
    case refuted
    /// Neither is certain enough.
    case undecided
  }

  /// What so many successes in so many trainings say.
  public func verdict(successes: Int, trainings: Int) -> Verdict {
    precondition((0...trainings).contains(successes), "\(successes) of \(trainings)")
    if Self.odds(successes, trainings) >= Double(confirming) { return .confirmed }
    if Self.odds(trainings - successes, trainings) >= Double(refuting) { return .refuted }
    return .undecided
  }

  /// M(s, t), infinite beyond 1.8e308.
  ///
  /// With r(s) = M(s, t)·(t+1), r(s) = (t + 1 + s · r(s−1)) / (t + 1 − s): additions, products and
  /// divisions of positive numbers, which every machine rounds alike. The error is below 1e-12.
  static func odds(_ successes: Int, _ trainings: Int) -> Double {
    let all = Double(trainings + 1)
    var sum = 0.0
    for count in 0...successes {
      sum = (all + Double(count) * sum) / (all - Double(count))
    }
    return sum / all
  }
}
