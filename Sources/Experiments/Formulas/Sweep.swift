/// The values a width or depth takes, each given by formulas in n.
///
/// Written as a number, a formula, a range `"1...2n"`, an object `{ from, to, step }` or
/// `{ from, to, factor }` (doublings and the like), or a list of any of these.
public struct Sweep: Hashable, Sendable {
  /// More values than this in one sweep is a slip, not a plan.
  public static let countLimit = 100_000

  /// One entry of a sweep.
  public enum Term: Hashable, Sendable {
    /// One value.
    case value(Formula)
    /// from, from + step, … up to `to`.
    case steps(from: Formula, to: Formula, step: Int)
    /// from, from·factor, … up to `to`.
    case factors(from: Formula, to: Formula, factor: Int)
  }

  /// The entries in the order they were written.
  public let terms: [Term]

  /// A sweep over the values of all terms.
  public init(_ terms: [Term]) { self.terms = terms }

  /// All values at n = `bits`, ascending and each once, or the term that has no value in `range`.
  func values(
    atBits bits: Int, in range: ClosedRange<Int>
  ) throws(SweepError) -> [Int] {
    var values: Set<Int> = []
    // Counted with repetitions, since these cost time as well.
    var room = Self.countLimit
    for term in terms {
      switch term {
      case .value(let formula):
        values.insert(try whole(formula, bits, range))
      case .steps(let from, let to, let step):
        let (first, last) = try bounds(from, to, bits, range)
        room -= (last - first) / step + 1
        guard room >= 0 else { throw tooMany(from, to, bits) }
        values.formUnion(stride(from: first, through: last, by: step))
      case .factors(let from, let to, let factor):
        var (value, last) = try bounds(from, to, bits, range)
        guard value > 0 else {
          throw SweepError(from, .outside(value, 1...range.upperBound, bits: bits))
        }
        while value <= last {
          values.insert(value)
          value *= factor
        }
      }
    }
    return values.sorted()
  }

  private func bounds(
    _ from: Formula, _ to: Formula, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(SweepError) -> (Int, Int) {
    let first = try whole(from, bits, range)
    let last = try whole(to, bits, range)
    guard first <= last else {
      throw SweepError(to, .outside(last, first...range.upperBound, bits: bits))
    }
    return (first, last)
  }

  private func whole(
    _ formula: Formula, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(SweepError) -> Int {
    do {
      return try formula.whole(atBits: bits, in: range)
    } catch {
      throw SweepError(formula, error)
    }
  }

  private func tooMany(_ from: Formula, _ to: Formula, _ bits: Int) -> SweepError {
    SweepError(to, .tooMany(from: from.text, limit: Self.countLimit, bits: bits))
  }
}

/// The formula of a sweep that has no possible value, and why.
struct SweepError: Error {
  let formula: Formula
  let reason: FormulaError

  init(_ formula: Formula, _ reason: FormulaError) {
    self.formula = formula
    self.reason = reason
  }
}
