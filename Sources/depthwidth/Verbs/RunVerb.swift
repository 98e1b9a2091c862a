import Experiments
import Foundation

/// `run`: trains what is missing, then prints the table, the claims and where everything is.
enum RunVerb {
  static let verb = Verb(
    name: "run",
    summary: "Run an experiment (\"claim\" by default): train, record, sum up, compare.",
    usage: "run [NAME-or-FILE] [FLAGS]",
    details: """
      Works in results/runs/NAME. Every finished trial is written there at once; the same command
      goes on where an earlier one stopped. Published results are compared, never changed.
      Overrides work in a folder of their own, such as results/runs/claim+bits=2...4.
      """,
    flags: Selection.flags + [
      Flag(name: "--jobs", value: "COUNT", help: "Trials at a time; all cores by default."),
      Flag(name: "--fresh", value: nil, help: "Remove what an earlier run left, start over."),
    ],
    example: "depthwidth run claim --bits 2...6 --seeds 5 --jobs 2",
    run: run)

  @MainActor
  static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let jobs = try arguments.whole("--jobs", in: 1...1_024)
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    guard !selection.isPublished else {
      throw InputError(
        selection.runFolder,
        .foreign(
          found: "the folder of the published results", expected: "a folder to run in",
          remedy: "choose another with --output DIR; publish copies a run there"))
    }
    let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    try plan.checkMemory(jobs: workers)
    var folder = try RunFolder(
      writing: selection.runFolder, plan: plan, fresh: arguments.has("--fresh"))
    try await train(&folder, workers)
    let results = try folder.finish()
    Report.print(results, of: folder, publishedIn: selection.publishedFolder)
    try Report.printComparison(of: folder, publishedIn: selection.publishedFolder)
    return Report.status(of: results, folder)
  }

  /// Runs the missing trials; an interrupt leaves the finished ones in the folder.
  @MainActor
  private static func train(_ folder: inout RunFolder, _ workers: Int) async throws {
    let missing = folder.missing
    let done = folder.plan.trials.count - missing.count
    if done > 0 {
      Terminal.message(
        "\(done) of \(folder.plan.trials.count) trials are already in \(folder.path)"
          + (missing.isEmpty ? "; --fresh trains them again" : "; going on with the others"))
    }
    let progress = Progress(trials: missing)
    let path = folder.path
    let interrupt = Interrupt { progress.interrupted(at: path) }
    defer { interrupt.cancel() }
    try await Runner.run(missing, jobs: workers) { finished in
      try folder.append(finished)
      progress.finished(finished.record)
    }
    progress.end()
  }
}
