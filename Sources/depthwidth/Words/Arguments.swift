/// The words after the verb, sorted into positional ones and flags.
struct Arguments {
  /// The words that are not flags, in order.
  private(set) var positional: [String] = []
  private var values: [String: String] = [:]
  private let usage: String

  /// Sorts `words`: `--flag value`, `--flag=value`, switches and positional words in any order; all
  /// behind `--` are positional.
  init(_ words: [String], verb: String, usage: String, flags: [Flag]) throws(UsageError) {
    self.usage = usage
    var rest = words[...]
    while let word = rest.popFirst() {
      guard Self.isFlag(word) else {
        positional += word == "--" ? Array(rest) : [word]
        if word == "--" { break }
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.name(of: word)
      guard let flag = flags.first(where: { $0.name == name }) else {
        throw .unknownFlag(name, verb: verb, valid: flags.map(\.name))
      }
      let attached = parts.count == 2 ? String(parts[1]) : nil
      let value: String
      if flag.value == nil {
        if let attached { throw .needlessValue(flag, attached) }
        value = ""
      } else {
        if let attached {
          value = attached
        } else if Self.isValue(rest.first) {
          value = rest.removeFirst()
        } else {
          throw .missingValue(flag)
        }
        if value.isEmpty { throw .emptyValue(flag) }
      }
      guard values.updateValue(value, forKey: name) == nil else { throw .repeated(flag) }
    }
    if positional.contains("") { throw .emptyArgument(usage: usage) }
  }

  /// Where the first word stands that is neither one of these flags nor the value of one; nil also
  /// where an unknown flag comes first.
  static func firstPositional(in words: [String], flags: [Flag]) -> Int? {
    var index = 0
    while index < words.count, isFlag(words[index]) {
      let name = name(of: words[index])
      guard let flag = flags.first(where: { $0.name == name }) else { return nil }
      let isAlone = flag.value == nil || words[index].contains("=")
      index += !isAlone && isValue(words.dropFirst(index + 1).first) ? 2 : 1
    }
    if index < words.count, words[index] == "--" { index += 1 }
    return index < words.count ? index : nil
  }

  /// The flag that a word names, without its value.
  private static func name(of word: String) -> String {
    word == "-h" ? "--help" : String(word.prefix { $0 != "=" })
  }

  /// A dash alone is a name, two end the flags.
  private static func isFlag(_ word: String) -> Bool {
    word.hasPrefix("-") && word != "-" && word != "--"
  }

  /// Whether a word can be the value of the flag before it.
  private static func isValue(_ word: String?) -> Bool { word?.hasPrefix("--") == false }

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

  /// Exactly the positional words that these names stand for.
  func all(_ names: [String]) throws(UsageError) -> [String] {
    guard positional.count <= names.count else {
      throw .unexpectedArgument(positional[names.count], usage: usage)
    }
    guard positional.count == names.count else {
      throw .missingArgument(names[positional.count], usage: usage)
    }
    return positional
  }

  /// No positional word at all.
  func noArgument() throws(UsageError) {
    if let word = positional.first { throw .unexpectedArgument(word, usage: usage) }
  }
}
