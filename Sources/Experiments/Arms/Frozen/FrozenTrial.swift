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

  package init(
    arm: String, features: FrozenFeatures, labels: FrozenArm.Labels, range: ClosedRange<Int>,
    seed: Int
  ) {
    (self.arm, self.features, self.labels) = (arm, features, labels)
    (self.range, self.seed) = (range, seed)
  }

  package var key: String { "\(arm)/n=\(features.bits)/seed=\(seed)" }

  /// The features of every row and unit, then rows³ for a basis of them and the products of all rows.
  ///
  /// The constants are nanoseconds, fitted to 8 seeds each at n = 2 to 10. Random labels need fewer
  /// units.
  package func seconds(epochs: Double) -> Double {
    let (rows, units) = (Double(features.rowCount), Double(range.upperBound))
    let perCube: Double =
      switch features.activation {
      case .step: 0.85
      case .relu, .leakyRelu: 1.3
      case .tanh, .sigmoid, .elu: 1.6
      }
    let cube = (labels == .parity ? 1 : 0.6) * perCube * rows
    return 1e-9 * (90_000 + rows * (70 * units + rows * (200 + cube)))
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

  /// Each decision halves the numbers of units that are left, below the range or in it.
  package var work: TrialWork {
    let most = max(range.count, range.lowerBound)
    return TrialWork(count: 2 + most.bitWidth - most.leadingZeroBitCount, unit: .decisions)
  }

  package var settings: String {
    "\(features.activation.rawValue) labels=\(labels.rawValue) "
      // Rows of before without certificates had other settings.
      + "units=\(range.lowerBound)...\(range.upperBound) certificates "
      + TrainingKernel.frozenFeatures.revision
  }
}
