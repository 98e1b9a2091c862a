/// How a bit becomes the number that a network sees.
public enum InputCoding: String, CaseIterable, Sendable {
  /// A bit that is off is −1, a bit that is on is +1.
  case plusMinusOne
  /// A bit that is off is 0, a bit that is on is 1.
  case zeroOne

  /// The number for input `index` of `row`.
  public func value(ofInput index: Int, in row: UInt64) -> Int {
    let bit = Int(truncatingIfNeeded: (row >> UInt64(index)) & 1)
    return switch self {
    case .plusMinusOne: 2 * bit - 1
    case .zeroOne: bit
    }
  }
}
