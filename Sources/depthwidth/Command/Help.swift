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
    print(try name.map { try text(for: .named($0)) } ?? overview, terminator: "")
    return .done
  }

  /// The help of one verb.
  static func text(for verb: Verb) -> String {
    var text = "\(verb.summary)\n\nusage: depthwidth \(verb.usage)\n\n\(verb.details)\n"
    text += "\nflags:\n"
    for flag in verb.flags + [.help] {
      let name = flag.name + (flag.value.map { " \($0)" } ?? "")
      text += "  \(name.padded(to: 22))\(flag.help)\n"
    }
    return text + "\nexample:\n  \(verb.example)\n"
  }

  private static var overview: String {
    var text = """
      How many hidden units does n-bit parity take, with one hidden layer and with many?

      usage: depthwidth [VERB] [ARGUMENTS] [FLAGS]

      Without a verb it runs the experiment "claim": it trains the networks, prints the table and
      says how many of its rows equal the published ones.

      verbs:

      """
    for verb in Verb.all {
      text += "  \(verb.name.padded(to: 12))\(verb.summary)\n"
    }
    return text + """

      depthwidth VERB --help explains a verb; depthwidth --version prints the version.

      exit codes: 0 done, 1 error, 2 a claim fails or a check finds a difference, 3 incomplete,
      64 usage, 65 bad data, 73 cannot write, 75 stopped and resumable, 130 interrupted

      """
  }
}
