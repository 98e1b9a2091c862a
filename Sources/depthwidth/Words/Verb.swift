/// One verb of the command: what it is called, what it takes and what it does.
struct Verb {
  let name: String
  /// What it does, in a line.
  let summary: String
  /// The verb with its arguments.
  let usage: String
  /// More about it, in a paragraph.
  let details: String
  let flags: [Flag]
  /// A line that can be typed as it stands.
  let example: String
  let run: @MainActor (Arguments) async throws -> ExitStatus

  /// The words behind the verb, sorted.
  func arguments(_ words: [String]) throws(UsageError) -> Arguments {
    try Arguments(words, verb: name, usage: usage, flags: flags + [.help])
  }
}
