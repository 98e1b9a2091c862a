/// Breaks sentences into lines.
enum Wrap {
  /// Lines of at most `width` characters, broken between words; a longer word stands alone.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }

  /// The text in lines of at most `width` characters, those behind the first one indented.
  static func text(_ text: String, width: Int, indent: Int = 0) -> String {
    let lines = lines(text, width: width - indent)
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
  }

  /// Names with what they mean beside them, or below where that would leave too little room.
  static func entries(_ entries: [(name: String, meaning: String)], width: Int) -> String {
    let column = 4 + (entries.map(\.name.count).max() ?? 0)
    let isBeside = width - column >= 24
    return entries.map { name, meaning in
      let start = isBeside ? "  \(name)".padded(to: column) : "  \(name)\n      "
      return start + text(meaning, width: width, indent: isBeside ? column : 6)
    }.joined()
  }
}

extension String {
  /// The text with spaces up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text as one word that can be typed in a shell.
  var shellWord: String {
    let isPlain = allSatisfy { $0.isLetter || $0.isNumber || "-_./+=,%".contains($0) }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }

  /// The text behind spaces up to a width.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
