import Networks

/// A factor of the learning rate that changes from step to step.
///
/// Time is counted in epochs, and within an epoch of several steps it goes on with each step: step s
/// of q an epoch, counted from 0, is at t = s/q.
public struct Schedule: Hashable, Sendable {
  /// The epochs W in which the factor grows from near 0 to 1, by 1/(W·q) a step.
  ///
  /// It is (s + 1)/(W·q), so that the first step is one and step W·q − 1 has the whole rate.
  public var warmup: Int

  /// What follows, with the time u = t − W counted from the end of the warm-up.
  public var course: Course

  /// What a schedule does after its warm-up.
  public enum Course: Hashable, Sendable {
    /// 1.
    case constant
    /// factor^⌊u / every⌋.
    case step(every: Int, factor: Double)
    /// 1 − (1 − final)·p, where p = u / (end − W), at most 1: a straight line.
    ///
    /// `end` counts from the start of the training; nil is its whole budget.
    case linear(final: Double, end: Int?)
    /// final + (1 − final)·(1 + cos π p)/2, with p as in ``linear(final:end:)``: half a wave
    /// (Loshchilov and Hutter 2017).
    case cosine(final: Double, end: Int?)
  }

  /// A schedule; without settings the learning rate is constant.
  public init(warmup: Int = 0, _ course: Course = .constant) {
    precondition(warmup >= 0, "a warm-up of \(warmup) epochs")
    (self.warmup, self.course) = (warmup, course)
  }

  /// The epochs after which the learning rate no longer changes, of a budget of `epochs`; nil where
  /// no end is set.
  public func end(within epochs: Int) -> Int? {
    switch course {
    case .constant, .step: nil
    case .linear(_, let end), .cosine(_, let end): end ?? epochs
    }
  }
}

/// The factors of a schedule, step after step.
struct ScheduleFactors: Sendable {
  private let schedule: Schedule
  /// q.
  private let stepsPerEpoch: Int
  /// The epochs of the budget.
  private let epochs: Int
  /// s, the steps taken; not counted where all factors are 1.
  private(set) var step = 0
  /// Asked before every step, some of which take less than a microsecond.
  private let isConstant: Bool

  /// The factors of a training of at most `epochs` epochs.
  init(_ schedule: Schedule, stepsPerEpoch: Int, epochs: Int) {
    precondition(stepsPerEpoch >= 1, "\(stepsPerEpoch) steps an epoch")
    (self.schedule, self.stepsPerEpoch, self.epochs) = (schedule, stepsPerEpoch, epochs)
    isConstant = schedule == Schedule()
  }

  /// Goes on after so many steps.
  mutating func go(to step: Int) { self.step = step }

  /// The factor of the next step.
  @inline(__always)
  mutating func next() -> Double { isConstant ? 1 : nextOfCourse() }

  private mutating func nextOfCourse() -> Double {
    defer { step += 1 }
    let warmupSteps = schedule.warmup * stepsPerEpoch
    if step < warmupSteps { return Double(step + 1) / Double(warmupSteps) }
    let time = Double(step - warmupSteps) / Double(stepsPerEpoch)
    return schedule.course.factor(after: time, share: share(time))
  }

  /// p.
  private func share(_ time: Double) -> Double {
    let span = (schedule.end(within: epochs) ?? 0) - schedule.warmup
    return span > 0 ? min(time / Double(span), 1) : 1
  }
}

extension Schedule.Course {
  /// The factor at the time u, with p = `share`.
  fileprivate func factor(after time: Double, share: Double) -> Double {
    switch self {
    case .constant: 1
    case .step(let every, let factor): Self.power(factor, Int(time / Double(every)))
    case .linear(let final, _): 1 - (1 - final) * share
    case .cosine(let final, _):
      final + (1 - final) * (0.5 + 0.5 * Elementary.cosPi(share))
    }
  }

  /// base^exponent by squaring, which is the same on every machine.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= square }
      square *= square
      left >>= 1
    }
    return result
  }
}
