extension Verb {
  /// Every verb, in the order in which the stages follow one another.
  static let all = [
    DatasetVerb.verb, PlanVerb.verb, RunVerb.verb, StatusVerb.verb, MergeVerb.verb,
    SummarizeVerb.verb, PublishVerb.verb, CheckVerb.verb, CertifyVerb.verb,
    OptimumVerb.verb, BenchmarkVerb.verb, Help.verb,
  ]

  /// The verb of this name.
  static func named(_ name: String) throws(UsageError) -> Verb {
    guard let verb = all.first(where: { $0.name == name }) else {
      throw .unknownVerb(name, valid: all.map(\.name))
    }
    return verb
  }

  /// The verb that the words begin with, and the words that follow it.
  ///
  /// Flags without a verb belong to `run`, since that is what the command does by itself.
  static func named(by words: [String]) throws(UsageError) -> (Verb, [String]) {
    guard let word = words.first else { return (RunVerb.verb, []) }
    if word == "--help" || word == "-h" { return (Help.verb, Array(words.dropFirst())) }
    if word.hasPrefix("-") { return (RunVerb.verb, words) }
    return (try named(word), Array(words.dropFirst()))
  }
}
