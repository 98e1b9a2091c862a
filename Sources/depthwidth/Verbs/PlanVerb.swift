import Experiments

/// `plan`: what a run would do, without doing it.
enum PlanVerb {
  static let verb = Verb(
    name: "plan",
    summary: "List the trials of an experiment without running them, as CSV.",
    usage: "plan [NAME-or-FILE] [FLAGS]",
    details: """
      Prints a line for each trial on stdout, in the order of trials.csv, and the sums on stderr.
      The work is rows x epochs x parameters with every epoch of the budget spent: an upper bound.
      """,
    flags: Selection.flags,
    example: "depthwidth plan claim --bits 2...4 --seeds 3",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    Terminal.write(plan.csv)
    Terminal.message(
      "\(plan.trials.count) trials, at most \(plan.work) row·epoch·parameter steps, "
        + "\(plan.memory(jobs: 1)) bytes for the largest trial")
    return .done
  }
}
