import Platform

/// A table of names and what they mean.
enum Topic {
  /// The rows, whose first field is a name: entries on a terminal, elsewhere a table in Markdown.
  static func text(_ header: [String], _ rows: [[String]], _ width: Int) -> String {
    if Streams.isTerminal(.output) {
      let entries = rows.map { ($0[0], $0.dropFirst().joined(separator: ": ")) }
      return Wrap.entries(entries, width: width)
    }
    let rule = header.map { _ in "---" }
    let cells = rows.map { ["`\($0[0])`"] + $0.dropFirst().map(escaped) }
    return ([header, rule] + cells).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// A bar within a cell would end it.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
