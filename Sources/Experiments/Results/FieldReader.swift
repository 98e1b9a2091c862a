/// The fields of one row by the names of their columns.
struct FieldReader {
  let file: String
  let row: CSV.Row
  let columns: [String]

  subscript(column: String) -> String {
    columns.firstIndex(of: column).map { row.fields[$0] } ?? ""
  }

  func unexpected(_ column: String, _ expected: String) -> InputError {
    InputError(
      file, at: "line \(row.line), \(column)",
      .unexpected(found: "\"\(self[column].prefix(60))\"", expected: expected))
  }

  func whole(_ column: String, in range: ClosedRange<Int> = 0...Int.max) throws(InputError) -> Int {
    guard let number = Int(self[column]), range.contains(number) else {
      let upper = range.upperBound == .max ? "" : "\(range.upperBound)"
      throw unexpected(column, "a whole number in \(range.lowerBound)...\(upper)")
    }
    return number
  }

  func wholeOrMissing(
    _ column: String, in range: ClosedRange<Int> = 0...Int.max
  ) throws(InputError) -> Int? {
    self[column].isEmpty ? nil : try whole(column, in: range)
  }

  /// A count that may be beyond what can be built, or missing.
  func count(_ column: String) throws(InputError) -> UInt128? {
    guard !self[column].isEmpty else { return nil }
    guard let count = UInt128(self[column]) else {
      throw unexpected(column, "a whole number in 0..., or nothing")
    }
    return count
  }

  func number(_ column: String) throws(InputError) -> Double? {
    guard !self[column].isEmpty else { return nil }
    guard let number = Double(self[column]), number.isFinite else {
      throw unexpected(column, "a finite number or nothing")
    }
    return number
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ column: String
  ) throws(InputError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: self[column]) else {
      throw unexpected(
        column, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }
}
