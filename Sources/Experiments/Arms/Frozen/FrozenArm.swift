public import Networks
import Parity
import Training

/// One hidden layer of random units that stay as they are: the fewest that do.
///
/// Each n and seed is one trial, which finds the fewest units exactly.
public struct FrozenArm: Sendable {
  /// The units that may be asked for.
  static let unitRange = 1...(1 << 16)

  /// What every hidden unit applies.
  public let activation: Activation
  /// How the rows are labelled.
  public let labels: Labels
  /// The most units to try as a formula in n; nil for as many as there are rows, 64 at least.
  public let units: Formula?

  /// What the output has to tell apart.
  public enum Labels: String, CaseIterable, Sendable {
    /// The parity of all n bits.
    case parity
    /// As many labels 1 as 0 in an order drawn at random: the comparison of Cover (1965).
    case balanced
  }

  /// The certificates of every seed are kept up to this n; beyond it, where they take 90 kB and more
  /// a seed, those of the experiment's first seed.
  static let bitsWithEveryCertificate = 9

  /// Every trial at n = `bits`, one a seed.
  func trials(
    of arm: String, atBits bits: Int, _ experiment: Experiment
  ) throws(ArmError) -> [FrozenTrial] {
    let range = try unitRange(bits)
    return experiment.seeds.map { seed in
      FrozenTrial(
        arm: arm,
        features: FrozenFeatures(activation: activation, bits: bits, seed: UInt64(seed)),
        labels: labels, range: range, seed: seed,
        keepsCertificates: bits <= Self.bitsWithEveryCertificate || seed == experiment.seeds.first)
    }
  }

  /// Where the smallest number of units is looked for.
  func unitRange(_ bits: Int) throws(ArmError) -> ClosedRange<Int> {
    let usual = FrozenFeatures(activation: activation, bits: bits, seed: 0).usualRange
    let most = try units?.whole("units", bits, Self.unitRange) ?? usual.upperBound
    return min(usual.lowerBound, most)...most
  }
}
