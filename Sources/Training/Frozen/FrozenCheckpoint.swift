/// A search for the fewest frozen units on its way, between two numbers of units that it decides.
///
/// The basis of the features and the products of rows are made again: they are large, and take little
/// of the time.
public struct FrozenCheckpoint: Equatable, Sendable {
  /// The numbers of units decided so far.
  public internal(set) var decisions = 0
  /// The numbers of units that are not decided.
  var open: Range<Int>
  /// The smallest number found to separate, with its weights on the constant and the units.
  var separating: (units: Int, weights: [Double])?
  /// What refuted the largest number found not to.
  var refutation: [Double]?
  /// What is known of the most features refuted.
  var refuted = Refuted()
  /// The times a row joined a support.
  var steps = 0

  /// Where a search among more features starts.
  struct Refuted: Equatable, Sendable {
    /// The numbers of features that were refuted, in order: the products of rows were summed so.
    var counts: [Int] = []
    /// The rows that refuted the last of them, and their weights.
    var rows: [Int] = []
    var weights: [Double] = []
  }

  init(open: Range<Int>) { self.open = open }

  /// Whether two are the same, weight by weight.
  public static func == (a: Self, b: Self) -> Bool {
    a.decisions == b.decisions && a.open == b.open && a.refutation == b.refutation
      && a.separating?.units == b.separating?.units
      && a.separating?.weights == b.separating?.weights && a.refuted == b.refuted
      && a.steps == b.steps
  }

  /// Whether a search within `range` on so many rows can be in this state.
  public func fits(_ range: ClosedRange<Int>, rows: Int) -> Bool {
    let counts = refuted.counts
    guard decisions >= 0, steps >= 0, (0...(range.upperBound + 1)).contains(open.lowerBound),
      open.upperBound <= range.upperBound + 1, counts.first ?? 1 >= 1,
      counts.last ?? 1 <= range.upperBound + 1,
      zip(counts, counts.dropFirst()).allSatisfy({ $0 < $1 }),
      refuted.rows.count == refuted.weights.count, Set(refuted.rows).count == refuted.rows.count,
      refuted.rows.allSatisfy({ (0..<rows).contains($0) })
    else { return false }
    if let refutation, refutation.count != rows { return false }
    guard let separating else { return true }
    return (0...range.upperBound).contains(separating.units)
      && separating.weights.count == separating.units + 1
  }
}

extension FrozenCheckpoint {
  /// All of it as bytes.
  public var bytes: [UInt8] {
    var writer = CheckpointWriter()
    for number in [decisions, open.lowerBound, open.upperBound, steps] { writer.write(number) }
    writer.write(separating?.units ?? -1)
    writer.write(separating?.weights ?? [])
    writer.write(refutation ?? [])
    writer.write(refuted.counts)
    writer.write(refuted.rows)
    writer.write(refuted.weights)
    return writer.bytes
  }

  /// Reads what ``bytes`` wrote; nil where it is anything else.
  public init?(_ bytes: [UInt8]) {
    var reader = CheckpointReader(bytes)
    guard let decisions = reader.count(), let lower = reader.count(), let upper = reader.count(),
      lower <= upper, let steps = reader.count(), let units = reader.whole(),
      let weights = reader.numbers(), let refutation = reader.numbers(),
      let counts = reader.wholes(), let rows = reader.wholes(),
      let rowWeights = reader.numbers(), reader.isAtEnd
    else { return nil }
    self.init(open: lower..<upper)
    self.decisions = decisions
    self.steps = steps
    separating = units < 0 ? nil : (units, weights)
    self.refutation = refutation.isEmpty ? nil : refutation
    refuted = Refuted(counts: counts, rows: rows, weights: rowWeights)
  }
}
