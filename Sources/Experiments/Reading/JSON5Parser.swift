/// Reads JSON5 (json5.org, version 1.0.0) into a tree, by recursive descent.
///
/// The toolchain's decoder keeps one of two equal keys without a word and says nothing of where a
/// mistake stands; an experiment file needs both, so this reads the text itself.
package struct JSON5Parser {
  /// Deeper than any experiment; shallow enough that nesting cannot exhaust the stack.
  static let depthLimit = 50

  let scalars: [Unicode.Scalar]
  var position = 0

  private init(_ text: String) {
    var scalars: [Unicode.Scalar] = []
    var previous: Unicode.Scalar?
    // Every line end becomes "\n", so that comments, texts and places in messages know only that one.
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n", previous == "\r" { continue }
      scalars.append(scalar == "\r" ? "\n" : scalar)
    }
    self.scalars = scalars
  }

  /// The one value that `text` holds.
  package static func parse(_ text: String) throws(JSON5Error) -> JSONValue {
    var parser = JSON5Parser(text)
    let value = try parser.value(depth: 0)
    try parser.skipSpace()
    guard parser.peek == nil else { throw parser.unexpected("the end of the file") }
    return value
  }

  private mutating func value(depth: Int) throws(JSON5Error) -> JSONValue {
    try skipSpace()
    guard depth < Self.depthLimit else {
      throw unexpected("at most \(Self.depthLimit) objects and lists inside one another")
    }
    switch peek {
    case "{": return try object(depth)
    case "[": return try list(depth)
    case "\"", "'": return .string(try string())
    case let next? where "+-.0123456789IN".unicodeScalars.contains(next): return try number()
    default: return try literal()
    }
  }

  private mutating func object(_ depth: Int) throws(JSON5Error) -> JSONValue {
    var entries: [String: JSONValue] = [:]
    position += 1
    while try !closes("}") {
      let start = position
      let key = try key()
      guard entries[key] == nil else {
        position = start
        throw error("found the key \"\(key)\" a second time, expected every key once")
      }
      try skipSpace()
      guard take(":") else { throw unexpected("a colon after the key \"\(key)\"") }
      entries[key] = try value(depth: depth + 1)
      try separator(before: "}")
    }
    return .object(entries)
  }

  private mutating func list(_ depth: Int) throws(JSON5Error) -> JSONValue {
    var values: [JSONValue] = []
    position += 1
    while try !closes("]") {
      values.append(try value(depth: depth + 1))
      try separator(before: "]")
    }
    return .list(values)
  }

  private mutating func closes(_ end: Unicode.Scalar) throws(JSON5Error) -> Bool {
    try skipSpace()
    return take(end)
  }

  /// A comma, or nothing where the object or list ends.
  private mutating func separator(before end: Unicode.Scalar) throws(JSON5Error) {
    try skipSpace()
    guard take(",") || peek == end else { throw unexpected("a comma or \(end)") }
  }

  private mutating func literal() throws(JSON5Error) -> JSONValue {
    let start = position
    switch word({ $0.properties.isAlphabetic }) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      position = start
      throw unexpected("a value: a text in quotes, a number, a list [ … ] or an object { … }")
    }
  }

  private mutating func number() throws(JSON5Error) -> JSONValue {
    let start = position
    let text = word { $0.isNumeric || $0.properties.isAlphabetic }
    let unsigned = text.first == "+" || text.first == "-" ? String(text.dropFirst()) : text
    guard let magnitude = Self.magnitude(unsigned) else {
      position = start
      throw unexpected("a number")
    }
    let number = text.first == "-" ? -magnitude : magnitude
    if number.magnitude <= 0x1p53, let whole = Int(exactly: number) { return .whole(whole) }
    return .number(number)
  }

  private static func magnitude(_ text: String) -> Double? {
    if text == "Infinity" { return .infinity }
    if text == "NaN" { return .nan }
    if text.lowercased().hasPrefix("0x") {
      // UInt64 also reads a sign; and Double.init alone would take the number for a bit pattern.
      let digits = text.dropFirst(2)
      return digits.first == "+" ? nil : UInt64(digits, radix: 16).map { Double($0) }
    }
    // Double also reads a second sign, "nan" and hexadecimal fractions, which are not JSON5; nor are
    // a dot alone and a zero before other digits.
    let isDecimal = text.unicodeScalars.allSatisfy { $0.isNumeric || $0 == "e" || $0 == "E" }
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }.unicodeScalars
    guard
      isDecimal, mantissa.contains(where: \.isDigit), text.first != "+", text.first != "-",
      mantissa.count == 1 || mantissa.first != "0" || mantissa.dropFirst().first == "."
    else { return nil }
    return Double(text.hasPrefix(".") ? "0" + text : text.hasSuffix(".") ? text + "0" : text)
  }

  // MARK: Characters

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private mutating func word(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    while let next = peek, belongs(next) { position += 1 }
    return String(String.UnicodeScalarView(scalars[start..<position]))
  }

  /// Skips white space and comments.
  private mutating func skipSpace() throws(JSON5Error) {
    while let next = peek {
      if next.isSpace {
        position += 1
      } else if next == "/", follows("/") {
        while let next = peek, !next.endsLine { position += 1 }
      } else if next == "/", follows("*") {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(JSON5Error) {
    let start = position
    position += 2
    while position < scalars.count {
      if peek == "*", follows("/") {
        position += 2
        return
      }
      position += 1
    }
    position = start
    throw error("found a comment that does not end, expected */")
  }

  func follows(_ scalar: Unicode.Scalar) -> Bool {
    position + 1 < scalars.count && scalars[position + 1] == scalar
  }

  // MARK: Errors

  func unexpected(_ expected: String) -> JSON5Error {
    let found = peek.map { "found \"\($0)\"" } ?? "the file ends"
    return error("\(found), expected \(expected)")
  }

  func error(_ problem: String) -> JSON5Error {
    let before = scalars[..<position]
    let line = before.count { $0 == "\n" } + 1
    let column = position - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0) + 1
    return JSON5Error(line: line, column: column, problem: problem)
  }
}

/// Why a text is not JSON5, and where, counted from 1.
package struct JSON5Error: Error {
  package let line: Int
  package let column: Int
  package let problem: String
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isNumeric: Bool { isDigit || self == "+" || self == "-" || self == "." }

  /// The line ends of ECMAScript, of which a carriage return is none any more here.
  fileprivate var endsLine: Bool { self == "\n" || self == "\u{2028}" || self == "\u{2029}" }

  fileprivate var isSpace: Bool {
    switch self {
    case "\t", "\u{B}", "\u{C}", "\u{FEFF}": true
    default: endsLine || properties.generalCategory == .spaceSeparator
    }
  }
}
