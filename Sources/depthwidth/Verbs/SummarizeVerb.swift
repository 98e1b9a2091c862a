import Experiments
import Findings
import Runs
import Tables

/// `summarize`: summary and claims again, from the records that are there.
enum SummarizeVerb {
  static let verb = Verb(
    name: "summarize",
    summary: "Sum up the records of a run, finished or not, without training.",
    usage: "summarize [NAME-or-FILE] [FLAGS]",
    details: """
      Reads trials.csv in the run's folder, writes summary.csv and claims.csv beside it and prints
      the table. Takes the flags of the run; with --output results it reads what is published and
      writes nothing. Exits with 3 when trials are missing.
      """,
    flags: Selection.flags,
    example: "depthwidth summarize claim",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    let folder = try RunFolder(reading: selection.runFolder, plan: plan)
    guard !folder.records.isEmpty else { throw folder.nothingThere(remedy: selection.remedy) }
    let results = try selection.isPublished ? folder.results() : folder.finish()
    Terminal.write(Report.text(results, of: folder))
    guard folder.isComplete else {
      Terminal.message(folder.incompleteness(remedy: selection.remedy))
      return .incomplete
    }
    // A claim may fail in the published results as well.
    let fails = results.claims.contains { $0.verdict == .fails }
    let published = try fails ? Published(in: selection.publishedFolder) : nil
    let isGood = try Report.compareVerdicts(
      of: results, with: published, whole: selection.isWhole)
    return Report.isRight(folder) && isGood ? .done : .regression
  }
}
