import Networks

/// The fewest frozen units that separate the rows, with the certificates of both sides.
public struct FrozenMinimum: Hashable, Sendable {
  /// H: the first H units separate, the first H − 1 do not.
  ///
  /// No smaller number separates either, since its units are among the first H − 1.
  public let units: Int

  /// The weights on the constant and the first ``units`` units.
  public let separating: SeparatingWeights

  /// The convex weights of rows that refute the constant and the first ``units`` − 1 units; nil
  /// when ``units`` is 0.
  public let refutation: Refutation?

  /// The smallest margin of a row, relative to the magnitudes in its sum.
  public let margin: Double

  /// What the refutation proves; nil when there is none.
  public let proof: Refutation.Proof?

  /// The number of times a row joined a support while the search went on: its work.
  public let steps: Int
}

/// How the search for a ``FrozenMinimum`` ended.
public enum FrozenSearch: Hashable, Sendable {
  /// It was found.
  case found(FrozenMinimum)
  /// Even the most units allowed do not separate: the convex weights of rows that refute them, and
  /// what these prove.
  case notWithin(Refutation, Refutation.Proof?)
  /// Double precision cannot tell whether this many units separate.
  case undecided(units: Int)
}

extension FrozenFeatures {
  /// The numbers of units that are searched by default: from 3/8 of the rows to all of them, or to
  /// 64 if there are fewer rows.
  ///
  /// As many independent features as rows separate any labels. On few inputs many units compute the
  /// same function or a constant, so that more units are needed.
  public var usualRange: ClosedRange<Int> { (rowCount * 3 / 8)...max(rowCount, 64) }

  /// The fewest units that separate all 2^n rows by the given labels (0 or 1), by bisection.
  ///
  /// Bisection is right since the units are nested: what H units cannot separate, fewer cannot. The
  /// search begins with `range`; if its least number of units separates, all below are searched
  /// too.
  public func minimumCount(labels: [UInt8], within range: ClosedRange<Int>? = nil) -> FrozenSearch {
    let range = range ?? usualRange
    precondition(range.lowerBound >= 0, "\(range) units")
    let features = matrix(units: range.upperBound)
    var search = Bisection(features, labels: labels, unrefuted: range.upperBound + 1)
    if let stop = search.narrow(to: range.lowerBound) { return .undecided(units: stop) }
    while search.open.count > 0 {
      let middle = search.open.lowerBound + search.open.count / 2
      if let stop = search.narrow(to: middle) { return .undecided(units: stop) }
    }
    guard let (units, weights) = search.separating else {
      guard let refutation = search.refutation else { return .undecided(units: range.upperBound) }
      return .notWithin(refutation, refutation.check(features, labels: labels))
    }
    let matrix = self.matrix(units: units)
    guard let margin = weights.check(matrix, labels: labels) else {
      return .undecided(units: units)
    }
    let proof = search.refutation.flatMap {
      $0.check(self.matrix(units: units - 1), labels: labels)
    }
    return .found(
      FrozenMinimum(
        units: units, separating: weights, refutation: search.refutation, margin: margin,
        proof: proof, steps: search.nested.steps))
  }
}

/// The numbers of units not decided yet, and what was found at their ends.
private struct Bisection {
  var nested: NestedSeparability
  var open: Range<Int>
  var separating: (units: Int, weights: SeparatingWeights)?
  var refutation: Refutation?

  init(_ features: Matrix, labels: [UInt8], unrefuted: Int) {
    nested = NestedSeparability(features, labels: labels)
    open = 0..<unrefuted
  }

  /// Decides for a number of units that is still open; returns it if that fails.
  mutating func narrow(to units: Int) -> Int? {
    switch nested.decide(units + 1) {
    case .separable(let weights):
      separating = (units, weights)
      open = open.lowerBound..<units
    case .notSeparable(let found):
      refutation = found
      open = (units + 1)..<open.upperBound
    case .undecided:
      return units
    }
    return nil
  }
}
