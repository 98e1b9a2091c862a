/// Text in columns, cut into blocks of columns where the terminal is narrow.
struct Table {
  /// The column of names that every block begins with, its heading first.
  let names: [String]
  /// The other columns, each as long as the names, their headings first.
  let columns: [[String]]

  /// The table in lines of at most `width` characters; a wider column stands alone.
  func text(width: Int) -> String {
    let nameWidth = names.map(\.count).max() ?? 0
    var blocks: [String] = []
    var rest = columns[...]
    repeat {
      var block: [[String]] = []
      var used = nameWidth
      while let column = rest.first {
        let columnWidth = 2 + (column.map(\.count).max() ?? 0)
        if used + columnWidth > width && !block.isEmpty { break }
        used += columnWidth
        block.append(column.map { $0.padded(to: columnWidth - 2) })
        rest = rest.dropFirst()
      }
      blocks.append(Self.lines(names.map { $0.padded(to: nameWidth) }, block))
    } while !rest.isEmpty
    return blocks.joined(separator: "\n")
  }

  private static func lines(_ names: [String], _ columns: [[String]]) -> String {
    names.indices.map { row in
      var line = ([names[row]] + columns.map { $0[row] }).joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return row == 0 ? Style.bold(line) + "\n" : line + "\n"
    }.joined()
  }
}
