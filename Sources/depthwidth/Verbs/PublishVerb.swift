import Experiments
import Findings
import Runs

/// `publish`: copies a complete run to results/NAME, where no other verb writes.
enum PublishVerb {
  static let verb = Verb(
    name: "publish",
    summary: "Copy a complete run to results/NAME, where results are compared with it.",
    usage: "publish [NAME-or-FILE] [--output DIR]",
    details: """
      Takes the run of the whole experiment, without overrides, from results/runs/NAME or DIR/NAME.
      A run with trials missing is refused. What was published before is replaced. Where the results
      cannot be traced to a commit, since the checkout has changes outside results or git does not
      know it, a warning says so.
      """,
    flags: Selection.flags.filter { $0.name == "--output" },
    example: "depthwidth publish claim",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments)
    let folder = try RunFolder(
      reading: selection.runFolder, plan: Plan(selection.experiment))
    guard !folder.records.isEmpty else { throw folder.nothingThere(remedy: selection.remedy) }
    guard folder.isComplete else {
      Terminal.message("error: \(folder.incompleteness(remedy: selection.remedy))")
      return .incomplete
    }
    guard !folder.lacksNetworks else {
      Terminal.message(
        "error: \(folder.path): the version that made it kept no networks; \(selection.remedy) trains "
          + "those behind the minima again")
      return .incomplete
    }
    for gap in Checkout.gaps(of: folder) {
      Terminal.message("warning: \(gap); what is published cannot be traced to a commit")
    }
    _ = try folder.finish()
    try Published.publish(folder, to: selection.publishedFolder)
    Terminal.line(
      "\(folder.path): \(folder.records.count) rows published in \(selection.publishedFolder)")
    return .done
  }
}
