/// A JSON value that is to be written: its keys have an order, so that the bytes are always the same.
package indirect enum JSONTree: Sendable {
  case bool(Bool)
  case whole(Int)
  /// A finite number; it is written as the shortest decimal that reads back as the same number.
  case number(Double)
  case string(String)
  case list([JSONTree])
  case object([Entry])

  /// A key with its value.
  package struct Entry: Sendable {
    package let key: String
    package let value: JSONTree

    package init(_ key: String, _ value: JSONTree) { (self.key, self.value) = (key, value) }
  }

  /// The text of a file with this value: two spaces a level, a list of plain values on one line.
  package var text: String { text(indent: "") + "\n" }

  private var isPlain: Bool {
    switch self {
    case .bool, .whole, .number, .string: true
    case .list, .object: false
    }
  }

  /// The value where the line that it begins on is indented so far.
  func text(indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .bool(let flag): return "\(flag)"
    case .whole(let number): return "\(number)"
    case .number(let number):
      precondition(number.isFinite, "\(number) cannot be written as JSON")
      return "\(number)"
    case .string(let text): return Self.quoted(text)
    case .list(let values) where values.allSatisfy(\.isPlain):
      return "[" + values.map { $0.text(indent: "") }.joined(separator: ", ") + "]"
    case .list(let values):
      let lines = values.map { inner + $0.text(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let entries):
      let lines = entries.map { "\(inner)\(Self.quoted($0.key)): \($0.value.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  /// A text in quotes.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
