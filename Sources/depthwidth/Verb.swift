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
}

/// A flag of a verb; `value` names what follows it, nil for a switch.
struct Flag {
  let name: String
  let value: String?
  let help: String

  static let help = Flag(name: "--help", value: nil, help: "Print this and do nothing else.")
}

extension Verb {
  /// Every verb, in the order in which the stages follow one another.
  static let all = [
    DatasetVerb.verb, PlanVerb.verb, RunVerb.verb, StatusVerb.verb, MergeVerb.verb,
    SummarizeVerb.verb, PublishVerb.verb, CheckVerb.verb, CertifyVerb.verb,
    OptimumVerb.verb, BenchmarkVerb.verb, Help.verb,
  ]

  /// The verb that the words begin with, and the words that follow it.
  ///
  /// Flags without a verb belong to `run`, since that is what the command does by itself.
  static func named(by words: [String]) throws(UsageError) -> (Verb, [String]) {
    guard let word = words.first else { return (RunVerb.verb, []) }
    if word == "--help" || word == "-h" { return (Help.verb, Array(words.dropFirst())) }
    if word.hasPrefix("-") { return (RunVerb.verb, words) }
    guard let verb = all.first(where: { $0.name == word }) else { throw .unknownVerb(word) }
    return (verb, Array(words.dropFirst()))
  }
}
