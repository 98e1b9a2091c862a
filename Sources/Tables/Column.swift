/// One column of a table: its name, its type, the sentence that documents it, and how a field of it is
/// written and read.
public struct Column<Row>: Sendable {
  /// The name in the header, the unit in it where there is one.
  public let name: String
  /// What kind of value stands in it.
  public let type: ColumnType
  /// What the value means, in a sentence.
  public let meaning: String
  let write: @Sendable (Row) -> String
  let read: @Sendable (Field, inout Row) throws(InputError) -> Void

  package init(
    _ name: String, _ type: ColumnType, _ meaning: String,
    _ write: @escaping @Sendable (Row) -> String,
    _ read: @escaping @Sendable (Field, inout Row) throws(InputError) -> Void
  ) {
    (self.name, self.type, self.meaning) = (name, type, meaning)
    (self.write, self.read) = (write, read)
  }

  /// A column that follows from the others, or whose table is never read: a field that is read must
  /// be the one that would be written.
  package init(
    _ name: String, _ type: ColumnType, _ meaning: String,
    _ write: @escaping @Sendable (Row) -> String
  ) {
    self.init(
      name, type, meaning, write,
      { field, row throws(InputError) in
        let expected = write(row)
        if field.text != expected { throw field.unexpected(expected) }
      })
  }
}

/// The kinds of values in a column.
public enum ColumnType: String, Sendable {
  /// Any text.
  case text
  /// A word of a fixed list.
  case word
  /// A whole number.
  case whole = "whole number"
  /// A number with a fraction: the shortest decimal that reads back as the same number.
  case number
}

extension Column {
  /// A property's path that can be shared between threads.
  package typealias Path<Value> = any WritableKeyPath<Row, Value> & Sendable

  package static func text(_ name: String, _ path: Path<String>, _ meaning: String) -> Column {
    Column(
      name, .text, meaning, { $0[keyPath: path] }, { $1[keyPath: path] = $0.text })
  }

  package static func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Word>, _ meaning: String
  ) -> Column where Word.RawValue == String {
    Column(
      name, .word, meaning, { $0[keyPath: path].rawValue },
      { field, row throws(InputError) in row[keyPath: path] = try field.word() })
  }

  package static func whole(
    _ name: String, _ path: Path<Int>, in range: ClosedRange<Int> = 0...Int.max, _ meaning: String
  ) -> Column {
    Column(
      name, .whole, meaning, { "\($0[keyPath: path])" },
      { field, row throws(InputError) in row[keyPath: path] = try field.whole(in: range) })
  }

  package static func whole(
    _ name: String, _ path: Path<Int?>, in range: ClosedRange<Int> = 0...Int.max,
    _ meaning: String
  ) -> Column {
    optional(name, .whole, path, meaning) { field throws(InputError) in try field.whole(in: range) }
  }

  package static func count(_ name: String, _ path: Path<UInt128?>, _ meaning: String) -> Column {
    optional(name, .whole, path, meaning) { field throws(InputError) in try field.count() }
  }

  package static func number(
    _ name: String, _ path: Path<Double?>,
    in range: ClosedRange<Double> = -.infinity ... .infinity, _ meaning: String
  ) -> Column {
    optional(name, .number, path, meaning) { field throws(InputError) in
      try field.number(in: range)
    }
  }

  package static func number(
    _ name: String, _ path: Path<Double>,
    in range: ClosedRange<Double> = -.infinity ... .infinity, _ meaning: String
  ) -> Column {
    Column(
      name, .number, meaning, { "\($0[keyPath: path])" },
      { field, row throws(InputError) in row[keyPath: path] = try field.number(in: range) })
  }

  /// An empty field is a missing value.
  private static func optional<Value: CustomStringConvertible & SendableMetatype>(
    _ name: String, _ type: ColumnType, _ path: Path<Value?>, _ meaning: String,
    _ read: @escaping @Sendable (Field) throws(InputError) -> Value
  ) -> Column {
    Column(
      name, type, meaning, { $0[keyPath: path]?.description ?? "" },
      { field, row throws(InputError) in
        row[keyPath: path] = field.text.isEmpty ? nil : try read(field)
      })
  }
}
