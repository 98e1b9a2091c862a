/// What a run amounts to: the summary of its records and the verdict on each claim.
public struct Results: Sendable {
  /// The summary.
  public let summary: Summary
  /// The claims, in the experiment's order.
  public let claims: [JudgedClaim]

  /// Sums up records of an experiment.
  public init(experiment: Experiment, records: [Record]) throws(InputError) {
    let choosing = experiment.arms.filter(\.choosesDepth).map(\.name)
    summary = Summary(records, choosingDepth: Set(choosing))
    var judged: [JudgedClaim] = []
    for (index, claim) in experiment.claims.enumerated() {
      do {
        judged.append(try claim.judge(summary))
      } catch {
        throw InputError(
          experiment.file, at: "claims[\(index)].value", .formula(claim.value.text, error))
      }
    }
    claims = judged
  }
}
