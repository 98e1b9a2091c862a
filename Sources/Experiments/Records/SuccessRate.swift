/// A share of successes with its 95 % confidence interval after Wilson.
///
/// Source: Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 1927.
public struct SuccessRate: Equatable, Sendable {
  /// How many succeeded.
  public let successes: Int
  /// How many were tried.
  public let seeds: Int

  /// The share of `successes` among `seeds`, at least one.
  public init(successes: Int, seeds: Int) {
    precondition(seeds > 0 && (0...seeds).contains(successes), "\(successes) of \(seeds)")
    self.successes = successes
    self.seeds = seeds
  }

  /// The 97.5 % quantile of the normal distribution.
  private static let z = 1.959963984540054

  /// The lower end of the interval; exactly 0 without a success.
  public var low: Double { successes == 0 ? 0 : center - halfWidth }

  /// The upper end of the interval; exactly 1 without a failure.
  public var high: Double { successes == seeds ? 1 : center + halfWidth }

  /// Whether at least half succeeded.
  public var isAtLeastHalf: Bool { 2 * successes >= seeds }

  private var share: Double { Double(successes) / Double(seeds) }
  private var zSquared: Double { Self.z * Self.z }
  private var denominator: Double { 1 + zSquared / Double(seeds) }
  private var center: Double { (share + zSquared / (2 * Double(seeds))) / denominator }

  private var halfWidth: Double {
    let count = Double(seeds)
    let variance = share * (1 - share) / count + zSquared / (4 * count * count)
    return Self.z * variance.squareRoot() / denominator
  }
}
