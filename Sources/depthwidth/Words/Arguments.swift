/// The words after the verb, sorted into positional ones and flags.
struct Arguments {
  /// The words that are not flags, in order.
  private(set) var positional: [String] = []
  private var values: [String: String] = [:]
  private let usage: String

  /// Sorts `words`: `--flag value`, `--flag=value`, switches and positional words in any order.
  init(_ words: [String], verb: String, usage: String, flags: [Flag]) throws(UsageError) {
    self.usage = usage
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word.count > 1 else {
        positional.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "-h" ? "--help" : String(parts[0])
      guard let flag = flags.first(where: { $0.name == name }) else {
        throw .unknownFlag(name, verb: verb, valid: flags.map(\.name))
      }
      let attached = parts.count == 2 ? String(parts[1]) : nil
      let value: String
      if flag.value == nil {
        if let attached { throw .needlessValue(flag, attached) }
        value = ""
      } else if let attached {
        value = attached
      } else if let next = rest.first, !next.hasPrefix("--") {
        value = next
        rest.removeFirst()
      } else {
        throw .missingValue(flag)
      }
      guard values.updateValue(value, forKey: name) == nil else { throw .repeated(flag) }
    }
  }

  /// Whether a flag was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The text of a flag, if it was given.
  func text(_ name: String) -> String? { values[name] }

  /// The value of a flag read by `parse`, if it was given; `expected` says what can be read.
  func value<Value>(
    _ name: String, _ expected: String, _ parse: (String) -> Value?
  ) throws(UsageError) -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = parse(text) else {
      throw .badValue(flag: name, found: text, expected: expected)
    }
    return value
  }

  /// A whole number in a range.
  func whole(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    let upper = range.upperBound == .max ? "" : "\(range.upperBound)"
    return try value(name, "a whole number in \(range.lowerBound)...\(upper)") {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// At most one positional word.
  func onlyArgument() throws(UsageError) -> String? {
    guard positional.count <= 1 else { throw .unexpectedArgument(positional[1], usage: usage) }
    return positional.first
  }

  /// No positional word at all.
  func noArgument() throws(UsageError) {
    if let word = positional.first { throw .unexpectedArgument(word, usage: usage) }
  }
}
