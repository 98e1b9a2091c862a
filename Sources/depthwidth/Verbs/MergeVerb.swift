import Experiments
import Findings
import Runs

/// `merge`: joins the records of all shards in the folder of the run.
enum MergeVerb {
  static let verb = Verb(
    name: "merge",
    summary: "Join the shards of a run; the result is that of a run in one piece.",
    usage: "merge [NAME-or-FILE] [FLAGS]",
    details: """
      Reads results/runs/NAME/shard-I-of-N, every I from 1 to N, and writes what a run in one piece
      would have left in results/runs/NAME, byte for byte. Merging again changes nothing. With trials
      missing it writes nothing and exits with 3, unless --allow-partial is given: a later
      depthwidth run NAME then goes on with the others.
      """,
    flags: Selection.flags + [
      Flag(name: "--allow-partial", value: nil, help: "Merge what is done with trials missing.")
    ],
    example: "depthwidth merge claim",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments)
    let folders = ShardFolders(path: selection.runFolder, plan: try Plan(selection.experiment))
    let partial = arguments.has("--allow-partial")
    guard let merged = try folders.merge(allowPartial: partial) else {
      let missing = try RunStatus(of: folders).missingAsArray
      Terminal.message(
        "error: \(folders.path): trials are missing in the shards \(missing); go on with "
          + "\(selection.command("run")) --shard I/\(try folders.count() ?? 1), or merge what is there "
          + "with --allow-partial")
      return .incomplete
    }
    let folder = merged.folder
    _ = try folder.finish()
    Terminal.line(
      "\(folder.records.count) of \(folder.plan.count) trials are in \(folder.path), "
        + "\(merged.added) of them new; \(selection.command("summarize")) prints what they amount to"
    )
    return .done
  }
}
