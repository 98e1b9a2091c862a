/// The fields of one row by the names of their columns.
package struct FieldReader {
  package let file: String
  package let row: CSV.Row
  package let columns: [String]

  /// A row of a file with these columns; one with more or fewer fields is refused.
  package init(file: String, row: CSV.Row, columns: [String]) throws(InputError) {
    guard row.fields.count == columns.count else {
      throw InputError(
        file, at: "line \(row.line)",
        .unexpected(found: "\(row.fields.count) fields", expected: "\(columns.count)"))
    }
    (self.file, self.row, self.columns) = (file, row, columns)
  }

  package subscript(column: String) -> String {
    columns.firstIndex(of: column).map { row.fields[$0] } ?? ""
  }

  package func unexpected(_ column: String, _ expected: String) -> InputError {
    InputError(
      file, at: "line \(row.line), \(column)",
      .unexpected(found: "\"\(self[column].prefix(60))\"", expected: expected))
  }

  /// Only as it is written: 05 or +5 is a field that something else has changed.
  package func whole(_ column: String, in range: ClosedRange<Int> = 0...Int.max) throws(InputError)
    -> Int
  {
    guard let number = Int(self[column]), range.contains(number), "\(number)" == self[column] else {
      let upper = range.upperBound == .max ? "" : "\(range.upperBound)"
      throw unexpected(column, "a whole number in \(range.lowerBound)...\(upper)")
    }
    return number
  }

  package func wholeOrMissing(
    _ column: String, in range: ClosedRange<Int> = 0...Int.max
  ) throws(InputError) -> Int? {
    self[column].isEmpty ? nil : try whole(column, in: range)
  }

  /// A count that may be beyond what can be built, or missing.
  package func count(_ column: String) throws(InputError) -> UInt128? {
    guard !self[column].isEmpty else { return nil }
    guard let count = UInt128(self[column]), "\(count)" == self[column] else {
      throw unexpected(column, "a whole number in 0..., or nothing")
    }
    return count
  }

  package func number(_ column: String) throws(InputError) -> Double? {
    guard !self[column].isEmpty else { return nil }
    guard let number = Double(self[column]), number.isFinite else {
      throw unexpected(column, "a finite number or nothing")
    }
    return number
  }

  package func word<Word: RawRepresentable & CaseIterable>(
    _ column: String
  ) throws(InputError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: self[column]) else {
      throw unexpected(
        column, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }
}

extension CSV.Document {
  /// The rows below the header, which must be that of these columns.
  package func rows(under columns: [String], file: String) throws(InputError) -> ArraySlice<CSV.Row>
  {
    try checkDamage(columns, file: file)
    guard rows.first?.fields == columns else {
      throw InputError(
        file, at: "line 1",
        .unexpected(found: "another header", expected: columns.joined(separator: ",")))
    }
    return rows.dropFirst()
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
