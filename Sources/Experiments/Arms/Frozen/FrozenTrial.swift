import Networks
import Parity
package import Training

/// The search for the fewest frozen random units that separate the rows, for one n and seed.
package struct FrozenTrial: Trial {
  package let arm: String
  /// The units, drawn from the seed.
  package let features: FrozenFeatures
  /// How the rows are labelled.
  package let labels: FrozenArm.Labels
  /// Where the smallest number of units is looked for.
  package let range: ClosedRange<Int>
  /// The number that units, and balanced labels, are drawn from.
  package let seed: Int
  /// Whether the certificates go to certificates.csv.
  package let keepsCertificates: Bool

  package init(
    arm: String, features: FrozenFeatures, labels: FrozenArm.Labels, range: ClosedRange<Int>,
    seed: Int, keepsCertificates: Bool
  ) {
    (self.arm, self.features, self.labels) = (arm, features, labels)
    (self.range, self.seed, self.keepsCertificates) = (range, seed, keepsCertificates)
  }

  package var key: String { "\(arm)/n=\(features.bits)/seed=\(seed)" }

  /// Rows³: what orthogonal features and the products of all rows take, within a small factor.
  package var work: UInt128 {
    let rows = UInt128(features.rowCount)
    return rows * rows * rows
  }

  /// The bytes of the features and of a few square matrices over the rows.
  package var memory: Int {
    let rows = features.rowCount
    return 8 * rows * (range.upperBound + 1 + 10 * rows)
  }

  /// The label of every row.
  package var labelOfRows: [UInt8] {
    switch labels {
    case .parity: DataSet.truthTable(ParityTask(bits: features.bits)).labels
    case .balanced: FrozenFeatures.balancedLabels(bits: features.bits, seed: UInt64(seed))
    }
  }

  package var bits: Int { features.bits }

  package var settings: String {
    "\(features.activation.rawValue) labels=\(labels.rawValue) "
      + "units=\(range.lowerBound)...\(range.upperBound)"
      + (keepsCertificates ? " certificates" : "") + " \(TrainingKernel.frozenFeatures.revision)"
  }
}
