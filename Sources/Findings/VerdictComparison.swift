import Runs
import Tables

/// The verdicts on an experiment's claims beside the published ones.
///
/// A claim that fails where it fails in the published results is no regression: not every prediction
/// comes true, and the published verdict says so.
public struct VerdictComparison: Sendable {
  /// The claims, a sentence that stands twice with a number.
  public let claims: [String]
  /// The claims that fail here and in the published results.
  public let failingAsPublished: [String]
  /// The claims with another verdict than the published one.
  public let differences: [Difference]

  /// A verdict that is not the published one.
  public struct Difference: Sendable {
    /// The claim's sentence.
    public let claim: String
    /// The verdict now.
    public let verdict: Verdict
    /// The published verdict; nil where the claim is not published.
    public let published: String?
  }

  /// Holds claims against the published claims.csv, if there is one.
  init(_ results: Results, _ table: PublishedTable?) {
    let place = JudgedClaim.format.names.firstIndex(of: "verdict") ?? 0
    claims = DerivedTable.claims.keys(DerivedTable.claims.rows(results))
    let found = zip(claims, results.claims).map { key, claim in
      Difference(claim: key, verdict: claim.verdict, published: table?[key]?.fields[place])
    }
    differences = found.filter { $0.published != $0.verdict.rawValue }
    failingAsPublished = found.filter {
      $0.verdict == .fails && $0.published == Verdict.fails.rawValue
    }.map(\.claim)
  }

  /// The claims that fail and do not fail in the published results.
  public var newlyFailing: [Difference] { differences.filter { $0.verdict == .fails } }

  /// One line: how many verdicts are the published ones, and how many of these fail.
  public var sentence: String {
    let failing = failingAsPublished.count
    let verb = failing == 1 ? "fails" : "fail"
    return
      "\(claims.count - differences.count) of \(claims.count) verdicts equal the published ones"
      + (failing == 0 ? "" : "; \(failing) of \(claims.count) claims \(verb), as published")
  }
}

extension VerdictComparison.Difference {
  /// The claim with both verdicts.
  public var sentence: String {
    "\"\(claim)\": verdict is \(verdict.rawValue), "
      + (published.map { "published is \($0)" } ?? "the claim is not published")
  }
}
