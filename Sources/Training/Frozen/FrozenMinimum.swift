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
    guard let found = minimumCount(labels: labels, within: range, goesOn: { _ in true }) else {
      preconditionFailure("nobody ended the search")
    }
    return found
  }

  /// The same, from a checkpoint on if there is one: before each decision `goesOn` gets all that is
  /// known, and ends the search with nil by saying no.
  ///
  /// A checkpoint must fit: ``FrozenCheckpoint/fits(_:rows:)``.
  public func minimumCount(
    labels: [UInt8], within range: ClosedRange<Int>? = nil, from start: FrozenCheckpoint? = nil,
    goesOn: (FrozenCheckpoint) -> Bool
  ) -> FrozenSearch? {
    let range = range ?? usualRange
    precondition(range.lowerBound >= 0, "\(range) units")
    let features = matrix(units: range.upperBound)
    var search = Bisection(
      features, labels: labels, start ?? FrozenCheckpoint(open: 0..<(range.upperBound + 1)))
    while search.open.count > 0 {
      guard goesOn(search.known) else { return nil }
      let middle = search.open.lowerBound + search.open.count / 2
      let next = search.known.decisions == 0 ? range.lowerBound : middle
      if let stop = search.narrow(to: next) { return .undecided(units: stop) }
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
        proof: proof, steps: search.known.steps))
  }
}

/// The numbers of units not decided yet, and what was found at their ends.
private struct Bisection {
  private var nested: NestedSeparability
  private(set) var known: FrozenCheckpoint

  var open: Range<Int> { known.open }
  var separating: (units: Int, weights: SeparatingWeights)? {
    known.separating.map { ($0.units, SeparatingWeights(weights: $0.weights)) }
  }
  var refutation: Refutation? { known.refutation.map { Refutation(weights: $0) } }

  init(_ features: Matrix, labels: [UInt8], _ start: FrozenCheckpoint) {
    nested = NestedSeparability(features, labels: labels)
    nested.restore(start.refuted, steps: start.steps)
    known = start
  }

  /// Decides for a number of units that is still open; returns it if that fails.
  mutating func narrow(to units: Int) -> Int? {
    switch nested.decide(units + 1) {
    case .separable(let weights):
      known.separating = (units, weights.weights)
      known.open = open.lowerBound..<units
    case .notSeparable(let found):
      known.refutation = found.weights
      known.open = (units + 1)..<open.upperBound
    case .undecided:
      return units
    }
    known.refuted = nested.known
    known.steps = nested.steps
    known.decisions += 1
    return nil
  }
}
