import Networks
import Tables

extension TrainedArm {
  /// The hidden widths of every architecture at n = `bits`, in order of depth and units, or the
  /// formula that has no possible value and the key it stands under.
  func hiddenWidths(atBits bits: Int) throws(ArmError) -> [[Int]] {
    switch shape {
    case .logistic:
      return [[]]
    case .shallow(let widths):
      return try widths.values("widths", bits, Self.widthRange).map { [$0] }
    case .deep(let depth, let widths):
      let depth = try depth.whole("depth", bits, Self.depthRange)
      // Without a hidden layer there is no width to sweep.
      guard depth > 0 else { return [[]] }
      return try widths.values("widths", bits, Self.widthRange).map {
        Array(repeating: $0, count: depth)
      }
    case .depthSearch(let depths, let units):
      let units = try units.whole("units", bits, Self.widthRange)
      var all: [[Int]] = []
      for depth in try depths.values("depths", bits, Self.depthRange) {
        guard depth <= units else {
          throw ArmError(
            key: "depths",
            problem: .unexpected(
              found: "depth \(depth) with a budget of \(units) units at n = \(bits)",
              expected: "at least one unit in each hidden layer"))
        }
        all.append(Architecture.evenWidths(units: units, depth: depth))
      }
      return all
    }
  }
}
