/// The columns of a CSV file whose rows are made of values of one type.
public struct TableFormat<Row>: Sendable {
  /// The columns, in order; more may follow them in later versions, none changes its meaning.
  public let columns: [Column<Row>]

  /// A table with these columns.
  package init(_ columns: [Column<Row>]) { self.columns = columns }

  /// The names of the columns: the header's fields.
  public var names: [String] { columns.map(\.name) }

  /// One field a column.
  public func fields(_ row: Row) -> [String] { columns.map { $0.write(row) } }

  /// The whole file: the header, then the rows.
  public func csv(_ rows: [Row]) -> String {
    CSV.line(names) + rows.map { CSV.line(fields($0)) }.joined()
  }

  /// Reads a row into `empty`, or says which column does not hold what it should.
  package func read(_ row: CSV.Row, into empty: Row, file: String) throws(InputError) -> Row {
    try row.checkCount(columns.count, file: file)
    var result = empty
    for (column, text) in zip(columns, row.fields) {
      try column.read(
        Field(text, file: file, line: row.line, column: column.name), &result)
    }
    return result
  }

  /// What the documentation says of the table.
  public var description: [ColumnDescription] {
    columns.map { ColumnDescription(name: $0.name, type: $0.type, meaning: $0.meaning) }
  }
}

/// What the documentation says of a column.
public struct ColumnDescription: Sendable {
  /// The name in the header.
  public let name: String
  /// What kind of value stands in it.
  public let type: ColumnType
  /// What the value means, in a sentence.
  public let meaning: String
}

extension CSV.Row {
  /// Refuses a row with more or fewer fields than the header has.
  package func checkCount(_ count: Int, file: String) throws(InputError) {
    guard fields.count == count else {
      throw InputError(
        file, at: "line \(line)",
        .unexpected(found: "\(fields.count) fields", expected: "\(count)"))
    }
  }
}

extension CSV.Document {
  /// The rows below the header, which must be `names`; a damaged file is refused.
  package func rows(under names: [String], file: String) throws(InputError) -> ArraySlice<CSV.Row> {
    try checkDamage(names, file: file)
    let header = rows.first?.fields ?? []
    guard header != names else { return rows.dropFirst() }
    let place = zip(header, names).prefix { $0 == $1 }.count
    func column(_ list: [String]) -> String {
      list.indices.contains(place) ? "the column \"\(list[place].prefix(60))\"" : "no column"
    }
    throw InputError(
      file, at: "line 1",
      .foreign(
        found: "\(column(header)) at place \(place + 1) of the header", expected: column(names),
        remedy: "use the version of depthwidth that wrote the file, or put the file elsewhere"))
  }

  /// Refuses a file that is damaged, by line and column.
  package func checkDamage(_ columns: [String], file: String) throws(InputError) {
    guard let damage else { return }
    let column =
      damage.field <= columns.count ? columns[damage.field - 1] : "field \(damage.field)"
    throw InputError(
      file, at: "line \(damage.line), \(column)",
      .foreign(
        found: damage.found, expected: damage.expected,
        remedy: "put the line right, or the file back from a copy"))
  }
}
