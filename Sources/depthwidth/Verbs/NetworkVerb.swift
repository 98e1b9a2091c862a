import Experiments
import Findings
import Platform
import Runs
import Tables

/// `network`: the weights of one network, and what its units put out.
enum NetworkVerb {
  static let verb = Verb(
    name: "network",
    summary: "Print a network: shape, weights, margin, what each unit puts out.",
    usage: "network NAME-or-FILE KEY [FLAGS]",
    details: """
      KEY is that of a training in trials.csv, with any seed, or of a network that is written down;
      depthwidth plan lists them. The network comes from the run's folder or from what is published
      where it was kept, else it is trained again in memory, which gives the same numbers. Units are
      named by layer and place, inputs x0, x1, …. The last table has each unit's value against the
      count of relevant ones: the mean, and the least and greatest where rows with one count differ.
      Tables round; CSV has every digit, with a row for each number: part is weight, bias, value or
      margin.
      """,
    flags: Selection.flags + [
      Flag(name: "--initial", value: nil, help: "The weights before the first epoch."),
      Flag(name: "--format", value: "FORMAT", help: "table (default) or csv."),
    ],
    example: "depthwidth network claim 'shallow tanh/n=4/widths=6/seed=1'",
    run: run)

  private enum Format: String, CaseIterable {
    case table, csv
  }

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let format =
      try arguments.value("--format", "table or csv") { Format(rawValue: $0) } ?? .table
    let words = try arguments.all(["NAME-or-FILE", "KEY"])
    let selection = try Selection(arguments, named: words[0])
    let plan = try Plan(selection.experiment)
    guard let trial = plan.trial(words[1]) else { throw unknown(words[1], plan, selection) }
    let found = try await network(
      trial, plan, selection, isInitial: arguments.has("--initial"))
    guard let (shown, origin) = found else {
      if arguments.has("--initial") { throw notTrained(trial, selection, "a key that is trained") }
      throw notTrained(trial, selection, "a key that is trained, or a network written down")
    }
    switch format {
    case .table: Terminal.write(NetworkTable.text(shown, origin, width: Streams.width(of: .output)))
    case .csv: Terminal.write(NetworkTable.csv(shown))
    }
    return .done
  }

  private static func unknown(
    _ key: String, _ plan: Plan, _ selection: Selection
  ) -> InputError {
    let nearest = Spelling.nearest(to: key, among: plan.trials.map(\.key))
    return InputError(
      selection.experiment.file,
      .foreign(
        found: "no trial \"\(key)\"",
        expected: "the key of one" + (nearest.map { " such as \"\($0)\"" } ?? ""),
        remedy: "\(selection.command("plan")) lists them"))
  }

  private static func notTrained(
    _ trial: any Trial, _ selection: Selection, _ expected: String
  ) -> InputError {
    InputError(
      selection.experiment.file, at: trial.key,
      .unexpected(
        found: "a trial of the family \(trial.outline.family.rawValue)", expected: expected))
  }

  /// The network of a trial and where it comes from; nil where it has none.
  @MainActor
  private static func network(
    _ trial: any Trial, _ plan: Plan, _ selection: Selection, isInitial: Bool
  ) async throws -> (ShownNetwork, origin: String)? {
    if isInitial {
      return ShownNetwork(before: trial).map { ($0, "before training") }
    }
    if let shown = ShownNetwork(constructed: trial) { return (shown, "written down") }
    guard ShownNetwork(before: trial) != nil else { return nil }
    for folder in [selection.runFolder, selection.publishedFolder] {
      // A folder that cannot be read is one without the network.
      guard let run = try? RunFolder(reading: folder, plan: plan),
        let (network, file) = run.keptNetwork(of: trial.key),
        let shown = ShownNetwork(trial, network)
      else { continue }
      return (shown, "from \(file)")
    }
    guard let finished = try await train(trial), let network = finished.network else {
      return nil
    }
    let epochs = finished.record.epochs ?? 0
    return ShownNetwork(trial, network).map {
      ($0, "trained again: \(finished.record.outcome.rawValue) after \(epochs) epochs")
    }
  }

  /// Trains in memory, with a bar where that takes a while.
  @MainActor
  private static func train(_ trial: any Trial) async throws -> Finished? {
    let flights = Flights()
    let progress = Progress(trials: [trial], flights) { TimeEstimate(rowsIn: []) }
    progress.begin()
    defer { progress.takeAway() }
    return try await work(on: trial, flights)
  }

  @concurrent
  private static func work(on trial: any Trial, _ flights: Flights) async throws -> Finished? {
    var result: Finished?
    try await Runner.run([trial], jobs: Machine.cores, flights: flights) { result = $0 }
    return result
  }
}
