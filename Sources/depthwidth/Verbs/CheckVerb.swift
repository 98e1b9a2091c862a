import Experiments
import Findings
import Platform
import Runs
import Tables

/// `check`: runs an experiment again and compares it with what is published.
enum CheckVerb {
  static let verb = Verb(
    name: "check",
    summary: "Run an experiment again in memory and compare it with the published results.",
    usage: "check [NAME-or-FILE] [FLAGS]",
    details: """
      Compares keys, whole numbers and words exactly; floats too, unless their column has a
      tolerance, as a share of the greater number. Trials are compared with trials.csv and
      certificates.csv, the networks behind minima number by number with networks.safetensors, their
      summary with summary.csv, and the claims, judged as the experiment file states them now, with
      claims.csv. With --sample only a part of the trials is run again,
      some of every arm and n; the summary takes the published rows for the others. A claim that
      fails just as it is published is no regression. Nothing is written.
      Exits with 2 when anything differs, and names key, column and both values.
      """,
    flags: [
      Flag(name: "--sample", value: "P%", help: "Run this share of the trials again: 10%."),
      Flag(name: "--seed", value: "N", help: "Which trials a sample takes; 1 by default."),
      Flag(name: "--tolerance", value: "LIST", help: "Let floats differ: loss=1e-6,margin=1e-3."),
      Jobs.flag,
      Flag(name: "--format", value: "FORMAT", help: "text (default), github or junit."),
      Flag(name: "--published", value: "DIR", help: "Compare with DIR/NAME, not results/NAME."),
    ],
    example: "depthwidth check claim --sample 10%",
    run: run)

  private enum Format: String, CaseIterable {
    case text, github, junit
  }

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let format =
      try arguments.value("--format", "text, github or junit") { Format(rawValue: $0) } ?? .text
    let jobs = try Jobs.count(arguments)
    let sample = try sample(arguments)
    let tolerances = try tolerances(arguments)
    let selection = try Selection(arguments)
    let plan = try Plan(selection.experiment)
    let published =
      arguments.text("--published").map { "\($0)/\(selection.experiment.name)" }
      ?? selection.publishedFolder
    let check = try Check(
      plan, publishedIn: published, sample: sample, tolerances: tolerances,
      name: selection.typedName)
    try plan.checkMemory(jobs: jobs)
    if let sample {
      Terminal.message(
        "\(check.trials.count) of \(check.plan.count) trials are run again, with seed "
          + "\(sample.seed)")
    }
    let start = ContinuousClock.now
    var finished: [Finished] = []
    if let reason = try await train(check.trials, published, jobs, into: &finished) {
      return reason.status
    }
    let report = try check.report(finished)
    switch format {
    case .text: Terminal.write(report.text)
    case .github: Terminal.write(report.gitHubText)
    case .junit:
      Terminal.write(report.jUnitText(seconds: (ContinuousClock.now - start) / .seconds(1)))
    }
    return report.isEqual ? .done : .regression
  }

  /// Runs trials in memory, writing nothing; returns why it stopped early, if it did.
  @MainActor
  private static func train(
    _ trials: [any Trial], _ published: String, _ jobs: Int, into all: inout [Finished]
  ) async throws -> Stop.Reason? {
    let flights = Flights()
    let progress = Progress(trials: trials, flights) { TimeEstimate(rowsIn: [published]) }
    func end(_ reason: Stop.Reason) {
      progress.end()
      Terminal.message("\(reason.sentence): a check writes nothing, so nothing is lost")
    }
    progress.begin()
    let stop = Stop()
    // Nothing is kept, so nothing is waited for.
    stop.listen(timeBudget: nil, stopping: { _ in flights.stop(within: 0) }) {
      end($0)
      Program.end(status: $0.status.rawValue)
    }
    defer { stop.cancel() }
    try await work(on: trials, jobs, &all, flights, progress, stop)
    guard all.count < trials.count, let reason = stop.reason else {
      progress.end()
      return nil
    }
    end(reason)
    return reason
  }

  @concurrent
  private static func work(
    on trials: [any Trial], _ jobs: Int, _ all: inout [Finished], _ flights: Flights,
    _ progress: Progress, _ stop: Stop
  ) async throws {
    try await Runner.run(
      trials, jobs: jobs, flights: flights, isStopped: { stop.isRequested }
    ) { finished in
      all.append(finished)
      progress.finished(finished.record)
    }
  }

  private static func sample(_ arguments: Arguments) throws(UsageError) -> CheckSample? {
    let seed = try arguments.whole("--seed", in: NumberList.seedRange)
    let sample = try arguments.value("--sample", "a share above 0% and up to 100%, such as 10%") {
      CheckSample($0, seed: UInt64(seed ?? 1))
    }
    if let seed, sample == nil {
      throw bad("--seed", "\(seed)", "--sample with it: without a sample all trials are run")
    }
    return sample
  }

  private static func tolerances(_ arguments: Arguments) throws(UsageError) -> Tolerances {
    guard let text = arguments.text("--tolerance") else { return Tolerances() }
    do {
      return try Tolerances(text)
    } catch {
      switch error {
      case .notAPair(let part):
        throw bad("--tolerance", part, "COLUMN=SHARE, such as loss=1e-6")
      case .notAFloatColumn(let name):
        let nearest = Spelling.nearest(to: name, among: Tolerances.columns)
        throw bad(
          "--tolerance", name,
          "a column of floats (the others must be equal): "
            + Tolerances.columns.joined(separator: ", ")
            + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
      case .notAShare(let number, let column):
        throw bad("--tolerance", "\(column)=\(number)", "a share from 0 to 1, such as 1e-6")
      case .twice(let column):
        throw bad("--tolerance", "\(column) a second time", "every column once")
      }
    }
  }

  private static func bad(_ name: String, _ found: String, _ expected: String) -> UsageError {
    .badValue(flag: name, found: found, expected: expected)
  }
}
