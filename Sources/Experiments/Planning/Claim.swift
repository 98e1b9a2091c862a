/// A sentence with a number that the results either support, contradict or leave undecided.
public struct Claim: Sendable {
  /// The sentence.
  public let sentence: String
  /// The arm it speaks of.
  public let arm: String
  /// What is compared.
  public let measure: Measure
  /// How.
  public let comparison: Comparison
  /// With what, as a formula in n.
  public let value: Formula
  /// The n it speaks of, ascending.
  public let bits: [Int]
  /// The depth it speaks of as a formula in n, or nil for every depth of the arm.
  public let depth: Formula?

  /// The columns of the summary a claim can be about.
  public enum Measure: String, CaseIterable, Sendable {
    /// The smallest units any seed solved.
    case minimumUnitsAny = "minimum_units_any"
    /// The smallest units at least half of the seeds solved.
    case minimumUnitsHalf = "minimum_units_half"
    /// Successes by seeds, decided only when the Wilson interval lies on one side of the value.
    case successRate = "success_rate"
    /// The best accuracy of any trial.
    case bestAccuracy = "best_accuracy"
    /// The mean accuracy of the seeds.
    case meanAccuracy = "mean_accuracy"
    /// The best accuracy on held-out rows.
    case bestHeldOutAccuracy = "best_held_out_accuracy"
    /// The mean accuracy on held-out rows.
    case meanHeldOutAccuracy = "mean_held_out_accuracy"
  }

  /// The comparisons.
  public enum Comparison: String, CaseIterable, Sendable {
    /// At most.
    case atMost = "<="
    /// Less than.
    case below = "<"
    /// At least.
    case atLeast = ">="
    /// More than.
    case above = ">"
    /// Equal.
    case equal = "=="

    package func holds(_ found: Double, _ value: Double) -> Bool {
      switch self {
      case .atMost: found <= value
      case .below: found < value
      case .atLeast: found >= value
      case .above: found > value
      case .equal: found == value
      }
    }
  }
}
