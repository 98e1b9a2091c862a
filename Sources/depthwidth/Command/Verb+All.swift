extension Verb {
  /// Every verb, in the order in which the stages follow one another.
  static let all = [
    DatasetVerb.verb, PlanVerb.verb, RunVerb.verb, StatusVerb.verb, MergeVerb.verb,
    SummarizeVerb.verb, PublishVerb.verb, CheckVerb.verb, CertifyVerb.verb,
    NetworkVerb.verb, OptimumVerb.verb, BenchmarkVerb.verb, Help.verb,
  ]

  /// The verb of this name; `rest` is what stands behind it.
  static func named(_ name: String, with rest: [String] = []) throws(UsageError) -> Verb {
    if let verb = all.first(where: { $0.name == name }) { return verb }
    let valid = all.map(\.name) + ["run --list"]
    if let experiment = Selection.experiment(meantBy: name, besides: valid) {
      let words = ["depthwidth", "run", experiment] + rest
      throw .experimentAsVerb(name, command: words.map(\.shellWord).joined(separator: " "))
    }
    throw .unknownVerb(name, valid: valid)
  }

  /// The verb that the words name first, flags aside, and the other words.
  ///
  /// Without a verb the flags belong to `run`, since that is what the command does by itself.
  static func named(by words: [String]) throws(UsageError) -> (Verb, [String]) {
    let flags = all.flatMap(\.flags) + [.help]
    guard let place = Arguments.firstPositional(in: words, flags: flags) else {
      return words == ["--help"] || words == ["-h"] ? (Help.verb, []) : (RunVerb.verb, words)
    }
    let rest = Array(words[..<place] + words[(place + 1)...])
    return (try named(words[place], with: rest), rest)
  }
}
