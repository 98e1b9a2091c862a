import Experiments
import Tables

/// A command line that cannot be understood; each case carries the facts of its sentence.
enum UsageError: Error, CustomStringConvertible {
  case unknownVerb(String, valid: [String])
  case unknownFlag(String, verb: String, valid: [String])
  /// An experiment where a verb belongs; the command that runs it.
  case experimentAsVerb(String, command: String)
  case missingValue(Flag)
  case emptyValue(Flag)
  case needlessValue(Flag, String)
  case repeated(Flag)
  case badValue(flag: String, found: String, expected: String)
  case unexpectedArgument(String, usage: String)
  case emptyArgument(usage: String)
  case missingArgument(String, usage: String)
  case conflict(String, String)
  case unknownWord(String, valid: [String])

  var description: String {
    switch self {
    case .unknownVerb(let word, let valid):
      "there is no verb \"\(word)\""
        + Self.suggestion(word, valid, otherwise: "; depthwidth --help lists them")
    case .unknownFlag(let word, let verb, let valid):
      "depthwidth \(verb) has no flag \"\(word)\""
        + Self.suggestion(word, valid, otherwise: "; depthwidth \(verb) --help lists them")
    case .experimentAsVerb(let word, let command):
      "there is no verb \"\(word)\"; to run the experiment: \(command)"
    case .missingValue(let flag):
      "\(flag.name): the value is missing, expected \(flag.name) \(flag.value ?? "")"
    case .emptyValue(let flag):
      "\(flag.name): the value is empty, expected \(flag.name) \(flag.value ?? "")"
    case .needlessValue(let flag, let value):
      "\(flag.name): found the value \"\(value)\", expected none"
    case .repeated(let flag):
      "\(flag.name): found twice, expected once"
    case .badValue(let flag, let found, let expected):
      "\(flag): found \"\(found)\", expected \(expected)"
    case .unexpectedArgument(let word, let usage):
      "found the extra argument \"\(word)\", expected depthwidth \(usage)"
    case .emptyArgument(let usage):
      "found an empty argument, expected depthwidth \(usage)"
    case .missingArgument(let name, let usage):
      "\(name) is missing, expected depthwidth \(usage)"
    case .unknownWord(let word, let valid):
      "found \"\(word)\", expected one of \(valid.joined(separator: ", "))"
        + Self.suggestion(word, valid)
    case .conflict(let first, let second):
      "found \(first) together with \(second), expected one of them"
    }
  }

  private static func suggestion(
    _ word: String, _ valid: [String], otherwise: String = ""
  ) -> String {
    Spelling.nearest(to: word, among: valid).map { "; did you mean \"\($0)\"?" } ?? otherwise
  }
}
