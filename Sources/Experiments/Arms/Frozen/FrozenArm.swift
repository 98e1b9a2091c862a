package import Networks
package import Tables
import Training

/// One hidden layer of random units that are not trained: the fewest that separate the rows.
///
/// Each n and seed is one trial, which finds the fewest units exactly.
package struct FrozenArm: ArmSettings {
  /// The units that may be asked for.
  static let unitRange = 1...(1 << 16)

  /// What every hidden unit applies.
  package let activation: Activation
  /// How the rows are labelled.
  package let labels: Labels
  /// The most units to try as a formula in n; nil for as many as there are rows, 64 at least.
  package let units: Formula?

  /// What the output has to tell apart.
  package enum Labels: String, CaseIterable, Sendable {
    /// The parity of all n bits.
    case parity
    /// As many labels 1 as 0 in an order drawn at random: the comparison of Cover (1965).
    case balanced
  }

  package var possibleBits: ClosedRange<Int> { 1...FrozenFeatures.maximumBits }

  package static let kinds = ["frozen"]

  package static func keys(of kind: String) -> [FileKey] {
    [
      FileKey("activation", "`tanh` (default), `sigmoid`, `relu`, `leakyRelu`, `elu`, `step`."),
      FileKey("labels", "`parity` (default), or `balanced`: random, as many 1 as 0."),
      FileKey("units", "The most units to try: a formula; 2^n by default, 64 at least."),
    ]
  }

  package init(_ kind: String, _ object: ObjectNode) throws(InputError) {
    activation = try object.word("activation", default: .tanh)
    labels = try object.word("labels", default: .parity)
    units = try object["units"]?.formula()
  }

  /// Every trial at n = `bits`, one a seed.
  package func trials(
    of arm: String, atBits bits: Int, _ conditions: Conditions, atMost room: Int
  ) throws(ArmError) -> [any Trial]? {
    let usual = FrozenFeatures(activation: activation, bits: bits, seed: 0).usualRange
    let most = try units?.whole("units", bits, Self.unitRange) ?? usual.upperBound
    guard conditions.seeds.count <= room else { return nil }
    return conditions.seeds.map { seed in
      FrozenTrial(
        arm: arm,
        features: FrozenFeatures(activation: activation, bits: bits, seed: UInt64(seed)),
        labels: labels, range: min(usual.lowerBound, most)...most, seed: seed)
    }
  }
}
