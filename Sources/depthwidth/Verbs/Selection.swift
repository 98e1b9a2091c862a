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
  /// Whether the experiment is as its file states it, without overrides.
  let isWhole: Bool
  /// The name or file as it can be typed in a shell.
  let typedName: String
  /// `--output` and the overrides, as they can be typed behind it.
  private let typedFlags: (output: String, overrides: String)

  static let defaultName = "claim"

  static let flags = [
    Flag(name: "--bits", value: "LIST", help: "The n in place of the file's: 2...6 or 2,4,8."),
    Flag(name: "--seeds", value: "LIST", help: "How many seeds (5), or which (3...7; 1,5; 5...5)."),
    Flag(name: "--epochs", value: "COUNT", help: "The epoch budget of every trial."),
    Flag(name: "--output", value: "DIR", help: "Work in DIR in place of results/runs."),
  ]

  init(_ arguments: Arguments, default name: String = defaultName) throws {
    try self.init(arguments, named: arguments.onlyArgument() ?? name)
  }

  init(_ arguments: Arguments, named word: String) throws {
    let file = try Self.file(for: word)
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
    isWhole = overrides.suffix.isEmpty
    isPublished = isWhole && Files.resolved(output) == Files.resolved("results")
    let flags = Self.flags.map(\.name).map { flag in
      arguments.text(flag).map { " \(flag) \($0.shellWord)" } ?? ""
    }
    typedName = word.shellWord
    typedFlags = (flags.last ?? "", flags.dropLast().joined())
  }

  /// The command that does something else with the same run.
  func command(_ verb: String) -> String {
    let overrides = verb == "publish" ? "" : typedFlags.overrides
    return "depthwidth \(verb) \(typedName)\(overrides)\(typedFlags.output)"
  }

  /// The command that makes what is missing here.
  var remedy: String {
    isPublished
      ? "depthwidth run \(typedName); depthwidth publish \(typedName)" : command("run")
  }

  private static func overrides(
    _ arguments: Arguments, bits: ClosedRange<Int>
  ) throws(UsageError) -> Overrides {
    var overrides = Overrides()
    overrides.bits = try arguments.value(
      "--bits", "n in \(bits.lowerBound)...\(bits.upperBound), such as 2...6 or 2,4,8"
    ) { NumberList.parse($0, in: bits) }
    overrides.seeds = try arguments.value(
      "--seeds", "a count such as 5, or seeds such as 3...7 or 5...5", NumberList.seeds)
    overrides.epochs = try arguments.whole("--epochs", in: Conditions.epochRange)
    return overrides
  }

  /// The experiments that have a folder here.
  static var names: [String] {
    Files.names(in: "experiments").filter { Files.kind(of: path(ofName: $0)) != nil }
  }

  /// The experiment or file that a word names; a slip is one where it is none of the other words.
  static func experiment(meantBy word: String, besides others: [String]) -> String? {
    if isPath(word) { return Files.kind(of: word) == .file ? word : nil }
    if names.contains(word) { return word }
    let isOther = Spelling.nearest(to: word, among: others) != nil
    return isOther ? nil : Spelling.nearest(to: word, among: names)
  }

  static func path(ofName name: String) -> String { "experiments/\(name)/experiment.json5" }

  private static func isPath(_ word: String) -> Bool {
    word.contains("/") || word.hasSuffix(".json5") || word.hasSuffix(".json")
  }

  /// A name is looked up under experiments/; anything with a slash or an ending is a file.
  private static func file(for word: String) throws(InputError) -> (path: String, name: String?) {
    if isPath(word) { return (word, nil) }
    let path = path(ofName: word)
    guard Files.kind(of: path) == nil else { return (path, word) }
    guard names.isEmpty else {
      throw InputError("experiments", .notThere(kind: "experiment", name: word, valid: names))
    }
    throw noExperiments(expected: path)
  }

  /// There is no experiment here at all, whatever its name.
  static func noExperiments(expected: String) -> InputError {
    let found =
      Files.kind(of: "experiments") == nil
      ? "no such folder in \(Files.resolved("."))" : "no experiment in this folder"
    return InputError(
      "experiments",
      .foreign(
        found: found, expected: expected,
        remedy: "start depthwidth in the folder that holds experiments, or give the path of a file")
    )
  }
}
