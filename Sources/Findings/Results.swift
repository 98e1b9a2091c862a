public import Experiments
public import Tables

/// What a run amounts to: the summary of its records and the verdict on each claim.
public struct Results: Sendable {
  /// The summary.
  public let summary: Summary
  /// The claims, in the experiment's order.
  public let claims: [JudgedClaim]

  /// Sums up the records of a plan; claims about trials that are `missing` stay undecided.
  public init(
    plan: Plan, records: [Record], missing: [any Trial] = []
  ) throws(InputError) {
    let experiment = plan.experiment
    let choosing = experiment.arms.filter(\.settings.choosesDepth).map(\.name)
    summary = Summary(records, choosingDepth: Set(choosing), listed: plan.listedUnits)
    var judged: [JudgedClaim] = []
    for (index, claim) in experiment.claims.enumerated() {
      do {
        let unfinished = Set(missing.filter { $0.arm == claim.arm }.map(\.bits))
        judged.append(try claim.judge(summary, unfinished: unfinished))
      } catch {
        throw InputError(
          experiment.file, at: "claims[\(index)].value", .formula(claim.value.text, error))
      }
    }
    claims = judged
  }
}
