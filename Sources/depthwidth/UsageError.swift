import Experiments
import Tables

/// A command line that cannot be understood.
enum UsageError: Error, CustomStringConvertible {
  case unknownVerb(String)
  case unknownFlag(String, verb: Verb)
  case missingValue(Flag)
  case needlessValue(Flag, String)
  case repeated(Flag)
  case badValue(Flag, found: String, expected: String)
  case unexpectedArgument(String, verb: Verb)
  case missingArgument(String, verb: Verb)
  case conflict(String, String)
  case unknownWord(String, valid: [String])

  var description: String {
    switch self {
    case .unknownVerb(let word):
      "there is no verb \"\(word)\""
        + Self.suggestion(word, Verb.all.map(\.name))
        + "; depthwidth --help lists them"
    case .unknownFlag(let word, let verb):
      "depthwidth \(verb.name) has no flag \"\(word)\""
        + Self.suggestion(word, verb.flags.map(\.name))
        + "; depthwidth \(verb.name) --help lists them"
    case .missingValue(let flag):
      "\(flag.name): the value is missing, expected \(flag.name) \(flag.value ?? "")"
    case .needlessValue(let flag, let value):
      "\(flag.name): found the value \"\(value)\", expected none"
    case .repeated(let flag):
      "\(flag.name): found twice, expected once"
    case .badValue(let flag, let found, let expected):
      "\(flag.name): found \"\(found)\", expected \(expected)"
    case .unexpectedArgument(let word, let verb):
      "found the extra argument \"\(word)\", expected depthwidth \(verb.usage)"
    case .missingArgument(let name, let verb):
      "\(name) is missing, expected depthwidth \(verb.usage)"
    case .unknownWord(let word, let valid):
      "found \"\(word)\", expected one of \(valid.joined(separator: ", "))"
        + Self.suggestion(word, valid)
    case .conflict(let first, let second):
      "found \(first) together with \(second), expected one of them"
    }
  }

  private static func suggestion(_ word: String, _ valid: [String]) -> String {
    Spelling.nearest(to: word, among: valid).map { "; did you mean \"\($0)\"?" } ?? ""
  }
}
