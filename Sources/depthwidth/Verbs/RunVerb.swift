import Experiments
import Findings
import Platform
import Runs
import Tables

/// `run`: trains what is missing, then prints the table, the claims and where everything is.
enum RunVerb {
  static let verb = Verb(
    name: "run",
    summary: "Run an experiment (\"claim\" by default): train, record, sum up, compare.",
    usage: "run [NAME-or-FILE] [FLAGS]",
    details: """
      Works in results/runs/NAME. Every finished trial is written there at once, and flushed to disk
      within a second; a trial that takes longer leaves a checkpoint every 20 s and when the run
      stops. The same command goes on where an earlier one stopped, also inside a trial, and ends with
      the same bytes. Ctrl-C, SIGTERM, SIGUSR1 and the end of the time budget stop it; a second Ctrl-C
      does not wait for the trials in flight. Published results are compared, never changed: a row that differs, or a claim that
      fails and does not fail there, exits with 2. A run with overrides has a folder
      of its own, such as results/runs/claim+bits=2...4, and each shard has one inside its run's.
      """,
    flags: Selection.flags + [
      Jobs.flag,
      Flag(name: "--shard", value: "I/N", help: "Only the I-th of N parts; merge joins them."),
      Flag(name: "--time-budget", value: "TIME", help: "Stop within this time: 55m, 1h30m, 90s."),
      Flag(name: "--list", value: nil, help: "List the experiments here and what they ask."),
      Flag(name: "--fresh", value: nil, help: "Remove what an earlier run left, start over."),
    ],
    example: "depthwidth run claim --bits 2...6 --seeds 5 --jobs 2",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    if arguments.has("--list") {
      try arguments.noArgument()
      return try ExperimentList.print()
    }
    let clock = SessionClock(sources: builtSources)
    let jobs = try Jobs.count(arguments)
    let budget = try arguments.value("--time-budget", "a time such as 55m, 1h30m or 90s") {
      Duration(text: $0)
    }
    let shard = try arguments.value("--shard", "a part such as 3/8, up to 10000") { Shard($0) }
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    guard !selection.isPublished else {
      throw InputError(
        selection.runFolder,
        .foreign(
          found: "the folder of the published results", expected: "a folder to run in",
          remedy: "choose another with --output DIR; publish copies a run there"))
    }
    try plan.checkMemory(jobs: jobs)
    let shards = ShardFolders(path: selection.runFolder, plan: plan)
    let fresh = arguments.has("--fresh") ? RunFolder.File.all : []
    var folder =
      try shard.map { shard throws(InputError) in
        try shards.open(shard, fresh: fresh)
      } ?? shards.openWhole(fresh: fresh)
    if let sentence = folder.leaving.sentence(in: folder.path) { Terminal.message(sentence) }
    for sentence in folder.checkpoints.sentences { Terminal.message(sentence) }
    if let sentence = folder.networks.sentence { Terminal.message(sentence) }
    let known = [folder.path, selection.publishedFolder]
    if let reason = try await train(&folder, known, jobs, budget, clock) { return reason.status }
    guard shard == nil else {
      return try finishPart(of: folder, selection)
    }
    let run = folder
    // Summary and verdicts are found while the ordered files go to disk.
    async let ordered: Void = run.order()
    let results = try run.results()
    try run.save(results)
    let report = Report.text(results, of: run)
    try await ordered
    Terminal.write(report)
    let published = try Published(in: selection.publishedFolder)
    let isEqual = published.map { Report.compareRows(of: run, with: $0) } ?? true
    let isGood = try Report.compareVerdicts(
      of: results, with: published, whole: selection.isWhole)
    if published == nil {
      Terminal.line(
        "nothing is published in \(selection.publishedFolder) yet"
          + (selection.isWhole ? "; to publish: \(selection.command("publish"))" : ""))
    }
    return Report.isRight(run) && isEqual && isGood ? .done : .regression
  }

  /// Runs the missing trials, with the rows in some folders to tell how long that takes; whatever
  /// stops it leaves the finished ones in the folder.
  @MainActor
  private static func train(
    _ folder: inout RunFolder, _ known: [String], _ jobs: Int, _ budget: Duration?,
    _ clock: SessionClock
  ) async throws -> Stop.Reason? {
    let missing = folder.missing
    let total = folder.plan.count
    let begun = folder.checkpoints.count
    if begun > 0 {
      Terminal.message(
        begun == 1
          ? "1 trial goes on from its checkpoint" : "\(begun) trials go on from their checkpoints")
    }
    if missing.count < total {
      Terminal.message(
        "\(total - missing.count) of \(total) trials are already in \(folder.path)"
          + (missing.isEmpty ? "; --fresh runs them again" : "; going on with the others"))
    }
    guard !missing.isEmpty else {
      try folder.begin()
      return nil
    }
    let flights = Flights(checkpoints: folder.checkpoints, every: CheckpointInterval.seconds)
    let finished = folder.plan.trials.filter { folder.records[$0.key] != nil }
    let progress = Progress(trials: missing, after: finished, flights) {
      TimeEstimate(rowsIn: known)
    }
    let stop = Stop()
    defer {
      stop.cancel()
      // An error ends the run with the bar still there.
      progress.takeAway()
    }
    folder = try await RunWork(
      trials: missing, jobs: jobs, budget: budget, flights: flights, progress: progress,
      stop: stop
    ).done(in: folder, clock)
    try folder.flush()
    if folder.isComplete {
      progress.end()
      return nil
    }
    if let reason = stop.reason {
      progress.stopped(reason, in: folder.path, onTheirWay: folder.onTheirWay)
    }
    return stop.reason
  }

  @MainActor
  private static func finishPart(
    of folder: RunFolder, _ selection: Selection
  ) throws -> ExitStatus {
    try folder.order()
    Terminal.line(
      "\(folder.records.count) of \(folder.plan.count) trials are in \(folder.path)")
    Terminal.line("what is missing in the other parts: \(selection.command("status"))")
    Terminal.line("all parts joined: \(selection.command("merge"))")
    return Report.isRight(folder) ? .done : .regression
  }
}
