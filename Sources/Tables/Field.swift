/// One field of a CSV file with its place, read strictly.
///
/// Every method returns what was asked for or throws the sentence that says what was found.
public struct Field: Sendable {
  /// The field's text.
  public let text: String
  private let file: String
  private let line: Int
  private let column: String

  /// The text in a column of a row.
  package init(_ text: String, file: String, line: Int, column: String) {
    (self.text, self.file, self.line, self.column) = (text, file, line, column)
  }

  package func unexpected(_ expected: String) -> InputError {
    InputError(
      file, at: "line \(line), \(column)",
      .unexpected(found: "\"\(text.prefix(60))\"", expected: expected))
  }

  /// A whole number, written without a sign or leading zeros.
  package func whole(in range: ClosedRange<Int> = 0...Int.max) throws(InputError) -> Int {
    guard let number = Int(text), range.contains(number), "\(number)" == text else {
      let upper = range.upperBound == .max ? "" : "\(range.upperBound)"
      throw unexpected("a whole number in \(range.lowerBound)...\(upper)")
    }
    return number
  }

  /// A whole number of up to 128 bits.
  package func count() throws(InputError) -> UInt128 {
    guard let count = UInt128(text), "\(count)" == text else {
      throw unexpected("a whole number in 0..., or nothing")
    }
    return count
  }

  /// A finite number, written with the fewest digits that read back as the same number.
  package func number(in range: ClosedRange<Double>) throws(InputError) -> Double {
    guard let number = Double(text), number.isFinite, range.contains(number),
      "\(number)" == text
    else {
      let lower = range.lowerBound == 0 ? " from 0" : ""
      let upper = range.upperBound.isFinite ? " to \(range.upperBound)" : ""
      throw unexpected("a finite number\(lower)\(upper) in its shortest form, or nothing")
    }
    return number
  }

  /// One of the words of an enumeration.
  package func word<Word: RawRepresentable & CaseIterable>() throws(InputError) -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: text) else {
      throw unexpected("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }
}
