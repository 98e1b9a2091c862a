import Experiments
import Findings
import Platform
import Runs
import Tables

/// The texts that explain the command and its verbs.
enum Help {
  static let verb = Verb(
    name: "help",
    summary: "Explain the command, a verb, the columns of a file, the keys of a kind of arm.",
    usage: "help [VERB|FILE|KIND]",
    details: """
      A file is one that a run leaves, such as trials.csv; a kind is that of an arm in an experiment
      file, such as shallow. Both are listed as a table in Markdown where the output is no terminal.
      """,
    flags: [],
    example: "depthwidth help run",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let name = try arguments.onlyArgument()
    Terminal.write(try name.map { try topic($0) ?? text(for: .named($0)) } ?? overview)
    return .done
  }

  private static var width: Int { Streams.width(of: .output) }

  /// The columns of a file, or the keys of a kind of arm; nil for another word.
  private static func topic(_ name: String) -> String? {
    let tables =
      RunFolder.File.tables.map { ($0.file.rawValue, $0.columns) }
      + OptimumTables.files.map { ($0.name, $0.columns) }
    if let (_, columns) = tables.first(where: { $0.0 == name }) {
      return Topic.text(
        ["column", "holds", "meaning"], columns.map { [$0.name, $0.type.rawValue, $0.meaning] },
        width)
    }
    let keys = Arm.keys(of: name)
    guard !keys.isEmpty else { return nil }
    return Topic.text(
      ["key", "what can stand under it"], keys.map { [$0.name, $0.meaning] }, width)
  }

  /// The help of one verb.
  static func text(for verb: Verb) -> String {
    let flags = (verb.flags + [.help]).map { flag in
      (flag.name + (flag.value.map { " \($0)" } ?? ""), flag.help)
    }
    return """
      \(Wrap.text(verb.summary, width: width))
      \(Wrap.text("usage: depthwidth \(verb.usage)", width: width, indent: 2))
      \(Wrap.text(verb.details, width: width))
      flags:
      \(Wrap.entries(flags, width: width))
      example:
        \(verb.example)

      """
  }

  private static var overview: String {
    let question =
      "How many hidden units does n-bit parity take, with one hidden layer and with many?"
    let byDefault = """
      Without a verb it runs the experiment "claim": it trains the networks, prints the table and
      says how many of its rows equal the published ones.
      """
    let more = "depthwidth VERB --help explains a verb; depthwidth --version prints the version."
    let usage = "usage: depthwidth [VERB] [ARGUMENTS] [FLAGS]"
    return """
      \(Wrap.text(question, width: width))
      \(Wrap.text(usage, width: width, indent: 2))
      \(Wrap.text(byDefault, width: width))
      verbs:
      \(Wrap.entries(Verb.all.map { ($0.name, $0.summary) }, width: width))
      \(Wrap.text(more, width: width))
      \(Wrap.text("exit codes: \(ExitStatus.meanings)", width: width))
      """
  }
}
