import Training

/// Numbers that prove what a frozen trial found, for anyone to check without the search.
///
/// The features they speak of are not written down: they follow from the activation, n and seed.
public struct Certificate: Equatable, Sendable {
  /// The trial's key.
  public let key: String
  /// The number of frozen units it speaks of; the constant comes on top.
  public let units: Int
  /// What it proves of them.
  public let side: Side
  /// The numbers by their place, ascending; places that are left out hold 0.
  public let entries: [Entry]

  /// What numbers can prove.
  public enum Side: String, CaseIterable, Sendable {
    /// The units separate the rows: weights on the constant (place 0) and on each unit.
    case weights
    /// They do not: convex weights of rows, as Training's `Refutation` describes.
    case refutation
  }

  /// One number.
  public struct Entry: Equatable, Sendable {
    /// The feature, or the row.
    public let index: Int
    /// Its weight.
    public let value: Double
  }

  init(key: String, units: Int, side: Side, entries: [Entry]) {
    (self.key, self.units, self.side, self.entries) = (key, units, side, entries)
  }

  /// The weights that separate.
  init(_ key: String, weights: SeparatingWeights) {
    self.init(
      key: key, units: weights.weights.count - 1, side: .weights,
      entries: weights.weights.enumerated().map { Entry(index: $0, value: $1) })
  }

  /// The convex weights that refute; rows without weight are left out.
  init(_ key: String, refutation: Refutation, units: Int) {
    self.init(
      key: key, units: units, side: .refutation,
      entries: refutation.weights.enumerated().filter { $1 != 0 }.map {
        Entry(index: $0, value: $1)
      })
  }

  /// Whether no number is missing: the convex weights of rows sum to 1 in a file that is cut off.
  func isWhole(rows: Int, isCut: Bool) -> Bool {
    switch side {
    case .weights: entries.map(\.index) == Array(0...units)
    case .refutation:
      entries.allSatisfy { (0..<rows).contains($0.index) }
        && (!isCut || abs(entries.reduce(0) { $0 + $1.value } - 1) <= 1e-12)
    }
  }

  /// The numbers by place, `count` of them, all of whose places are in range.
  package func numbers(count: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: count)
    for entry in entries {
      numbers[entry.index] = entry.value
    }
    return numbers
  }
}
