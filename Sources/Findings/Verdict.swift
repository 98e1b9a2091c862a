public import Experiments
public import Tables

/// What the results say of a claim.
public enum Verdict: String, Sendable {
  /// Every n supports it.
  case holds
  /// Some n contradicts it.
  case fails
  /// None contradicts it, but some n is missing or does not decide.
  case undecided
}

/// A claim held against a summary.
public struct JudgedClaim: Sendable {
  /// The claim.
  public let claim: Claim
  /// What the results say.
  public let verdict: Verdict
  /// What was expected, as a comparison.
  public let expected: String
  /// What was found, n by n; only what contradicts, where something does.
  public let found: String

  /// The columns of claims.csv.
  public static let format = TableFormat<JudgedClaim>([
    Column("claim", .text, "The claim in a sentence.") { $0.claim.sentence },
    Column("arm", .text, "The arm it is about.") { $0.claim.arm },
    Column(
      "verdict", .word,
      "`holds` (every n supports it), `fails` (some n contradicts it), else `undecided`."
    ) { $0.verdict.rawValue },
    Column("expected", .text, "What is expected: measure, comparison, value.") { $0.expected },
    Column("found", .text, "What was found, n by n; of a claim that does not hold, why not.") {
      $0.found
    },
    Column("n_from", .whole, "The smallest n it is about.") { "\($0.claim.bits.first ?? 0)" },
    Column("n_to", .whole, "The largest n it is about.") { "\($0.claim.bits.last ?? 0)" },
  ])
}

extension Claim {
  /// Holds the claim against a summary, row by row; nothing is decided at an n whose trials are
  /// `unfinished`.
  public func judge(
    _ summary: Summary, unfinished: Set<Int> = []
  ) throws(FormulaError) -> JudgedClaim {
    var verdicts: [(verdict: Verdict, found: String)] = []
    for bits in bits {
      if unfinished.contains(bits) {
        verdicts.append((.undecided, "n=\(bits): trials are missing"))
        continue
      }
      let depth = try depth?.whole(atBits: bits)
      let rows = summary.rows.filter {
        $0.arm == arm && $0.bits == bits && (depth == nil || $0.depth == depth)
      }
      if rows.isEmpty { verdicts.append((.undecided, "n=\(bits): not run")) }
      for row in rows {
        let (verdict, found) = judge(row, try value.value(atBits: bits))
        let place = rows.count > 1 ? "n=\(bits) depth=\(row.depth)" : "n=\(bits)"
        let isWhole =
          row.family == .trained || row.isCertified
          || row.evidence == Record.Outcome.verified.rawValue
        verdicts.append((verdict, "\(place): \(found)" + (isWhole ? "" : " (\(row.evidence))")))
      }
    }
    let overall: Verdict =
      verdicts.contains { $0.verdict == .fails }
      ? .fails : verdicts.contains { $0.verdict == .undecided } ? .undecided : .holds
    let decisive = overall == .holds ? verdicts : verdicts.filter { $0.verdict == overall }
    return JudgedClaim(
      claim: self, verdict: overall,
      expected: "\(measure.rawValue) \(comparison.rawValue) \(value.text)",
      found: decisive.map(\.found).joined(separator: "; "))
  }

  private func judge(_ row: SummaryRow, _ value: Double) -> (Verdict, String) {
    switch measure {
    case .minimumUnitsAny:
      return row.family == .trained
        ? judgeAny(row, value) : judgeMinimum(row.any?.units, row, value)
    case .minimumUnitsHalf:
      return row.interval.map { judge($0, row, value) }
        ?? judgeMinimum(row.half?.units, row, value)
    case .successRate:
      guard row.family == .trained else { return (.undecided, "not trained") }
      return judge(row.reported.rate, value)
    case .bestAccuracy:
      return judge(row.bestAccuracy, value, of: "rows judged")
    case .meanAccuracy:
      return judge(row.reported.meanAccuracy, value, of: "rows judged")
    case .bestHeldOutAccuracy:
      return judge(row.bestHeldOutAccuracy, value, of: "held-out rows")
    case .meanHeldOutAccuracy:
      return judge(row.reported.meanHeldOutAccuracy, value, of: "held-out rows")
    }
  }

  private func judge(
    _ found: Double?, _ value: Double, of what: String
  ) -> (Verdict, String) {
    guard let found else { return (.undecided, "no \(what)") }
    return (comparison.holds(found, value) ? .holds : .fails, "\(found)")
  }

  /// An interval decides where all of it lies on one side.
  private func judge(
    _ interval: HalfInterval, _ row: SummaryRow, _ value: Double
  ) -> (Verdict, String) {
    guard let low = interval.low else {
      // Above everything tried, as far as is known.
      return judgeMinimum(nil, row, value)
    }
    let (least, most) = (Double(low), interval.high.map(Double.init) ?? .infinity)
    let found =
      interval.isDecided
      ? "\(low)"
      : interval.high.map { "between \(low) and \($0)" } ?? "at least \(low)"
    let verdict: Verdict =
      switch comparison {
      case .atMost, .below:
        comparison.holds(most, value)
          ? .holds : comparison.holds(least, value) ? .undecided : .fails
      case .atLeast, .above:
        comparison.holds(least, value)
          ? .holds : comparison.holds(most, value) ? .undecided : .fails
      case .equal:
        least == value && most == value
          ? .holds : (least...most).contains(value) ? .undecided : .fails
      }
    return (verdict, found)
  }

  /// One training is enough to show that few units can be; that fewer cannot holds for the trainings
  /// made, of which there must be some.
  private func judgeAny(_ row: SummaryRow, _ value: Double) -> (Verdict, String) {
    let (verdict, found) = judgeMinimum(row.any?.units, row, value)
    guard verdict == .holds, comparison != .atMost, comparison != .below else {
      return (verdict, found)
    }
    let fewer = row.settings.prefix {
      comparison == .above ? Double($0.units) <= value : Double($0.units) < value
    }
    let trainings = fewer.reduce(0) { $0 + $1.rate.seeds }
    guard trainings > 0 else { return (.undecided, "\(found), and nothing with fewer was tried") }
    let rate = min(3 / Double(trainings), 1).rounded(places: 4)
    return (
      .holds, "\(found), and none of \(trainings) with fewer (their rate is below \(rate))"
    )
  }

  /// A minimum that was not reached is known to lie above everything tried, and no more than that.
  private func judgeMinimum(
    _ units: UInt128?, _ row: SummaryRow, _ value: Double
  ) -> (Verdict, String) {
    if row.family == .frozen && !row.isCertified { return judge(bound: units, value) }
    if let units { return judge(Double(units), value, "\(units)") }
    let tried = row.mostUnitsTried
    let found = "not reached with up to \(tried) units"
    switch comparison {
    case .atLeast, .above:
      return (Double(tried) >= value ? .holds : .undecided, found)
    case .atMost, .below, .equal:
      return (Double(tried) >= value ? .fails : .undecided, found)
    }
  }

  /// Fewer units are not refuted for every seed: what was found bounds the minimum from above.
  private func judge(bound: UInt128?, _ value: Double) -> (Verdict, String) {
    guard let bound else { return (.undecided, "not reached") }
    let isDecided =
      switch comparison {
      case .atMost, .below: comparison.holds(Double(bound), value)
      case .atLeast, .above: !comparison.holds(Double(bound), value)
      case .equal: Double(bound) < value
      }
    let found = "at most \(bound)"
    return isDecided ? judge(Double(bound), value, found) : (.undecided, found)
  }

  private func judge(_ found: Double, _ value: Double, _ text: String) -> (Verdict, String) {
    (comparison.holds(found, value) ? .holds : .fails, text)
  }

  /// Decided only when the whole interval lies on one side.
  private func judge(_ rate: SuccessRate, _ value: Double) -> (Verdict, String) {
    let ends = [comparison.holds(rate.low, value), comparison.holds(rate.high, value)]
    let isInside = comparison == .equal && rate.low <= value && value <= rate.high
    let verdict: Verdict =
      ends == [true, true] ? .holds : ends == [false, false] && !isInside ? .fails : .undecided
    return (verdict, "\(rate.successes)/\(rate.seeds)")
  }
}
