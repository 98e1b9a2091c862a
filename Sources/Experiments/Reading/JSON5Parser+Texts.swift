/// Keys, texts and what stands for a character in them.
extension JSON5Parser {
  mutating func key() throws(JSON5Error) -> String {
    if peek == "\"" || peek == "'" { return try string() }
    var word = String.UnicodeScalarView()
    while let next = peek {
      var scalar = next
      let start = position
      if follows("u"), take("\\") {
        position += 1
        scalar = try unicode(from: start)
      } else if next.isPartOfName {
        position += 1
      }
      guard position > start else { break }
      guard word.isEmpty ? scalar.isStartOfName : scalar.isPartOfName else {
        position = start
        break
      }
      word.append(scalar)
    }
    guard !word.isEmpty else { throw unexpected("a key or }") }
    return String(word)
  }

  mutating func string() throws(JSON5Error) -> String {
    let start = position
    let quote = scalars[position]
    var text = String.UnicodeScalarView()
    position += 1
    while let next = peek, next != "\n" {
      position += 1
      if next == quote { return String(text) }
      if next == "\\" {
        if let escaped = try escape() { text.append(escaped) }
      } else {
        text.append(next)
      }
    }
    position = start
    throw error("found a text that does not end, expected \(quote) on the same line")
  }

  /// What stands for an escape sequence; nothing for a line continued.
  private mutating func escape() throws(JSON5Error) -> Unicode.Scalar? {
    let start = position - 1
    guard let next = peek else { throw unexpected("a character after \\") }
    position += 1
    switch next {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "v": return "\u{B}"
    case "0" where !(peek?.isDigit ?? false): return "\0"
    case "\n", "\u{2028}", "\u{2029}": return nil
    case "x": return Unicode.Scalar(UInt8(try hexadecimal(digits: 2)))
    case "u": return try unicode(from: start)
    case _ where next.isDigit:
      position = start
      throw error("found \\ before a digit, expected \\0 with no digit after it, or \\x and two")
    default: return next
    }
  }

  /// The character of an escape that begins at `start`, of which the u is read: four digits, or twice
  /// four where JSON, which counts in UTF-16, needs two halves.
  private mutating func unicode(from start: Int) throws(JSON5Error) -> Unicode.Scalar {
    let first = try hexadecimal(digits: 4)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, peek == "\\", follows("u") {
      position += 2
      let second = try hexadecimal(digits: 4)
      if (0xDC00...0xDFFF).contains(second) {
        let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        if let scalar = Unicode.Scalar(code) { return scalar }
      }
    }
    position = start
    let half = first < 0xDC00 ? "first" : "second"
    throw error(
      "found \\u\(String(first, radix: 16)), the \(half) half of a character, expected both halves, "
        + "such as \\ud83c\\udfaf")
  }

  private mutating func hexadecimal(digits: Int) throws(JSON5Error) -> UInt32 {
    let end = min(position + digits, scalars.count)
    let text = String(String.UnicodeScalarView(scalars[position..<end]))
    guard
      text.unicodeScalars.count == digits, !text.hasPrefix("+"), let code = UInt32(text, radix: 16)
    else { throw unexpected("\(digits) hexadecimal digits of a character") }
    position = end
    return code
  }
}

extension Unicode.Scalar {
  /// Whether a name of ECMAScript 5.1 may begin with it.
  fileprivate var isStartOfName: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      true
    default: self == "$" || self == "_"
    }
  }

  fileprivate var isPartOfName: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: true
    default: isStartOfName || self == "\u{200C}" || self == "\u{200D}"
    }
  }
}
