import Experiments

/// Between which widths the smallest one lies that succeeds with a probability of at least one half.
///
/// Nothing is said of widths that are not listed, and no width is taken to succeed because a narrower one
/// does. The probability that an arm's intervals leave out the truth at any n is at most
/// `HalfTest.error`.
public struct HalfInterval: Equatable, Sendable {
  /// The smallest units that are not refuted; nil where all that were tried are.
  public let low: UInt128?
  /// The smallest units that are confirmed; nil where none is.
  public let high: UInt128?

  /// Whether the two are one.
  public var isDecided: Bool { low != nil && low == high }

  /// What counts say of the settings of an arm, n and depth, from few units to many.
  init(_ settings: [SummaryRow.Setting], _ test: HalfTest) {
    let verdicts = settings.map {
      ($0.units, test.verdict(successes: $0.rate.successes, trainings: $0.rate.seeds))
    }
    low = verdicts.first { $0.1 != .refuted }?.0
    high = verdicts.first { $0.1 == .confirmed }?.0
  }
}
