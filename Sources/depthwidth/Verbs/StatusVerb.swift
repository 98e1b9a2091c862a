import Experiments
import Platform
import Runs

/// `status`: how many trials of a run and its shards are done.
enum StatusVerb {
  static let verb = Verb(
    name: "status",
    summary: "Count what is done and missing in a run, shard by shard.",
    usage: "status [NAME-or-FILE] [FLAGS]",
    details: """
      Counts the records in the run's folder, or in the folders of its shards, against the plan, and
      lists the checkpoints of trials on their way. Takes
      the flags of the run and writes nothing. With --missing-as-array it prints the indices of the
      shards to resubmit and nothing else: sbatch --array=$(depthwidth status NAME
      --missing-as-array). Exits with 3 when trials are missing, with 65 when records stand there
      twice or belong elsewhere.
      """,
    flags: Selection.flags + [
      Flag(name: "--missing-as-array", value: nil, help: "Print 2,5-7: the shards not done.")
    ],
    example: "depthwidth status claim",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments)
    let folders = ShardFolders(path: selection.runFolder, plan: try Plan(selection.experiment))
    let status = try RunStatus(of: folders)
    if arguments.has("--missing-as-array") {
      guard status.parts.first?.shard != nil else { throw folders.noShards }
      Terminal.line(status.missingAsArray)
    } else {
      Terminal.write(table(status))
      let onTheirWay = status.parts.flatMap { part in part.onTheirWay.map { (part.shard, $0) } }
      if !onTheirWay.isEmpty { Terminal.write("\n" + table(onTheirWay)) }
    }
    let foreign = status.parts.reduce(0) { $0 + $1.foreign }
    if foreign > 0 {
      Terminal.message(
        "error: \(folders.path): found rows that are not those of the experiment as it is now: "
          + "\(foreign); \(selection.command("run")) sets those of an older plan aside, and names the "
          + "line of a damaged one")
    }
    if status.parts.contains(where: { $0.duplicate + $0.foreign > 0 }) { return .badData }
    return status.parts.allSatisfy { $0.missing == 0 } ? .done : .incomplete
  }

  /// The trials on their way, as their checkpoints say.
  private static func table(_ entries: [(Shard?, CheckpointFile)]) -> String {
    let checkpoints = entries.map(\.1)
    let hasShards = entries.contains { $0.0 != nil }
    let shards = ["shard"] + entries.map { $0.0?.description ?? "-" }
    let keys = ["checkpoint"] + checkpoints.map(\.key)
    let done = checkpoints.map { file in
      "\(file.done)/\(file.most)" + (file.unit == "epochs" ? "" : " \(file.unit)")
    }
    let columns = [
      ["done"] + done,
      ["rows right"] + checkpoints.map { $0.right == 0 ? "-" : "\($0.right)" },
      ["written"] + checkpoints.map(\.written),
    ]
    return Table(names: hasShards ? shards : keys, columns: (hasShards ? [keys] : []) + columns)
      .text(width: Streams.width(of: .output))
  }

  private static func table(_ status: RunStatus) -> String {
    let counts: [(String, (RunStatus.Part) -> Int)] = [
      ("trials", \.trials), ("done", \.done), ("missing", \.missing), ("failed", \.failed),
      ("duplicate", \.duplicate), ("foreign", \.foreign),
    ]
    let parts = status.parts
    let hasSum = parts.count > 1
    var columns = counts.map { name, count in
      let numbers = parts.map(count)
      return ([name] + (numbers + (hasSum ? [numbers.reduce(0, +)] : [])).map(String.init))
    }
    let states = parts.map { part in
      part.isRunning ? "running" : part.missing == 0 ? "complete" : "stopped"
    }
    columns.append(["state"] + states + (hasSum ? [""] : []))
    let names = ["shard"] + parts.map { $0.shard?.description ?? "-" } + (hasSum ? ["all"] : [])
    return Table(names: names, columns: columns).text(width: Streams.width(of: .output))
  }
}
