import Experiments
import Platform
import Tables

/// Which experiment a verb is about, and where its results lie.
///
/// Names are looked up from the folder the command was started in: `experiments/NAME` for the file,
/// `results/NAME` for what is published, `results/runs` for runs.
struct Selection {
  /// The experiment with the overrides applied.
  let experiment: Experiment
  /// Where a run of it works.
  let runFolder: String
  /// Where its results are published.
  let publishedFolder: String
  /// Whether the run's folder is the published one, in which only `publish` may write.
  let isPublished: Bool

  static let defaultName = "claim"

  static let flags = [
    Flag(name: "--bits", value: "LIST", help: "The n in place of the file's: 2...6 or 2,4,8."),
    Flag(name: "--seeds", value: "LIST", help: "How many seeds (5), or which (3...7 or 1,5,9)."),
    Flag(name: "--epochs", value: "COUNT", help: "The epoch budget of every trial."),
    Flag(name: "--output", value: "DIR", help: "Work in DIR in place of results/runs."),
  ]

  init(_ arguments: Arguments, default name: String = defaultName) throws {
    let file = try Self.file(for: arguments.onlyArgument() ?? name)
    let written = try Experiment(file: file.path)
    let overrides = try Self.overrides(arguments, bits: written.possibleBits)
    experiment = written.overridden(by: overrides)
    if let name = file.name, name != experiment.name {
      throw InputError(
        file.path, at: "name",
        .unexpected(
          found: "\"\(experiment.name)\"", expected: "the name of its folder, \"\(name)\""))
    }
    let output = arguments.text("--output") ?? "results/runs"
    runFolder = "\(output)/\(experiment.name)\(overrides.suffix)"
    publishedFolder = "results/\(experiment.name)"
    isPublished = overrides.suffix.isEmpty && Files.resolved(output) == Files.resolved("results")
  }

  private static func overrides(
    _ arguments: Arguments, bits: ClosedRange<Int>
  ) throws(UsageError) -> Overrides {
    var overrides = Overrides()
    overrides.bits = try arguments.value(
      "--bits", "n in \(bits.lowerBound)...\(bits.upperBound), such as 2...6 or 2,4,8"
    ) { NumberList.parse($0, in: bits) }
    overrides.seeds = try arguments.value("--seeds", "a count such as 5, or seeds such as 3...7") {
      if let count = Int($0) { return NumberList.parse("1...\(count)", in: Experiment.seedRange) }
      return NumberList.parse($0, in: Experiment.seedRange)
    }
    overrides.epochs = try arguments.whole("--epochs", in: Experiment.epochRange)
    return overrides
  }

  /// A name is looked up under experiments/; anything with a slash or an ending is a file.
  private static func file(for word: String) throws(InputError) -> (path: String, name: String?) {
    if word.contains("/") || word.hasSuffix(".json5") || word.hasSuffix(".json") {
      return (word, nil)
    }
    let path = "experiments/\(word)/experiment.json5"
    guard Files.kind(of: path) != nil else {
      let valid = Files.names(in: "experiments").filter {
        Files.kind(of: "experiments/\($0)/experiment.json5") != nil
      }
      throw InputError("experiments", .notThere(kind: "experiment", name: word, valid: valid))
    }
    return (path, word)
  }
}
