import Experiments
import Platform
import Runs

/// `plan`: what a run would do, without doing it.
enum PlanVerb {
  static let verb = Verb(
    name: "plan",
    summary: "List the trials of an experiment without running them, as CSV.",
    usage: "plan [NAME-or-FILE] [FLAGS]",
    details: """
      Prints one line a trial on stdout, in the order of trials.csv. On stderr: the trials that have
      a row already, and the time of the others; writes nothing. "At most" is with every epoch of
      the budget spent, "likely" with those of rows of the same architecture, or else of the same
      arm and n, in the run's folder or published. Both are for this machine, measured for 30 ms;
      the column seconds is at most, on one core of the machine of the published results.
      """,
    flags: Selection.flags + [Jobs.flag],
    example: "depthwidth plan claim --bits 2...4 --seeds 3",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let jobs = try Jobs.count(arguments)
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    let folders = try ShardFolders(path: selection.runFolder, plan: plan).found()
    Terminal.write(folders.count == 1 ? folders[0].plan.csv : plan.csv)
    let missing = folders.flatMap(\.missing)
    let count = folders.reduce(0) { $0 + $1.plan.count }
    Terminal.message(
      "\(count - missing.count) of \(count) trials have a row in \(selection.runFolder)"
        + (plan.canGrow && !missing.isEmpty ? "; searches may ask for more" : ""))
    let leaving = folders.reduce(0) { $0 + $1.leaving.count }
    if leaving > 0 {
      Terminal.message(
        "\(leaving) rows there do not belong to the experiment any more; run sets them aside")
    }
    let estimate = TimeEstimate(rowsIn: folders.map(\.path) + [selection.publishedFolder])
    Terminal.message(
      "\(try time(missing, estimate, jobs)); \(plan.memory(jobs: jobs)) bytes of memory")
    return .done
  }

  /// How long trials take together: at most, and likely where some arm has rows.
  private static func time(
    _ trials: [any Trial], _ estimate: TimeEstimate, _ jobs: Int
  ) throws -> String {
    let pace = try TimeEstimate.pace()
    let workers = min(jobs, Machine.cores)
    func text(_ seconds: [Double]) -> String {
      let span = pace * TimeEstimate.span(of: seconds, jobs: workers)
      return span < 10 ? Duration.seconds(span).measured : Duration.estimated(span)
    }
    let likely = trials.map(estimate.likelySeconds)
    let trained = Set(trials.filter { $0.mostEpochs > 0 }.map(\.arm))
    let known = Set(zip(trials, likely).filter { $1 != nil }.map { $0.0.arm })
    let most = text(trials.map { $0.mostSeconds }) + " with \(jobs) job\(jobs == 1 ? "" : "s")"
    guard !trained.isEmpty else { return "about \(most)" }
    guard !known.isEmpty else { return "at most \(most)" }
    return "at most \(most), likely \(text(trials.map(estimate.seconds))) "
      + "by the rows of \(known.count) of \(trained.count) trained arms"
  }
}
