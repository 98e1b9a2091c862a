import Platform

/// The texts that explain the command and its verbs.
enum Help {
  static let verb = Verb(
    name: "help",
    summary: "Explain the command or one of its verbs.",
    usage: "help [VERB]",
    details: "depthwidth VERB --help prints the same.",
    flags: [],
    example: "depthwidth help run",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let name = try arguments.onlyArgument()
    Terminal.write(try name.map { try text(for: .named($0)) } ?? overview)
    return .done
  }

  private static var width: Int { Streams.width(of: .output) }

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
