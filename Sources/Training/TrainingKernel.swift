/// The kernels whose arithmetic decides the bytes of results, each with its revision.
///
/// The revision of a kernel rises by one with every change of bytes, so that no run joins rows of two
/// revisions; a test holds the bytes of each revision.
public enum TrainingKernel: String, CaseIterable, Sendable {
  /// Single precision over the whole truth table.
  case wholeTable
  /// Single precision over batches of examples.
  case miniBatches
  /// Levenberg–Marquardt in double precision.
  case levenbergMarquardt
  /// The search for the fewest frozen features.
  case frozenFeatures

  /// Name and revision, as they stand in the settings of a trial.
  public var revision: String {
    let number =
      switch self {
      case .wholeTable: 2
      case .miniBatches: 3
      case .levenbergMarquardt, .frozenFeatures: 1
      }
    return "\(rawValue) \(number)"
  }
}
