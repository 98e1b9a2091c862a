package import Experiments
import Tables

/// All fields of a record but the last, `settings`, which must be a hash of 16 digits, a dash and a seal
/// of 8 digits.
package func fieldsBeforeSettings(of record: Record) throws -> [String] {
  let fields = record.fields
  guard fields.last?.wholeMatch(of: /[0-9a-f]{16}-[0-9a-f]{8}/) != nil else { throw WrongShape() }
  return fields.dropLast()
}

/// The fields of a record with those of some columns replaced, and the seal that belongs to them.
package func fields(of record: Record, changing changes: [String: String]) -> [String] {
  Record.sealed(zip(Record.format.names, record.fields).map { changes[$0] ?? $1 })
}

/// A text of trials.csv in which every row has the seal that belongs to its fields, as if the changes
/// made by hand were what the program had written.
package func resealed(_ trials: String) -> String {
  let rows = CSV.parse(trials.utf8).rows.map(\.fields)
  return (rows.prefix(1) + rows.dropFirst().map(Record.sealed)).map(CSV.line).joined()
}
