import Experiments
import Platform
import Runs
import Tables

/// A published CSV file as it stands: rows with their keys and lines, not yet taken for anything.
struct PublishedTable: Sendable {
  let file: RunFolder.File
  let path: String
  let columns: [String]
  /// The rows in the file's order, each beside its key.
  let rows: [(key: String, row: CSV.Row)]
  private let places: [String: Int]

  /// Reads a file of `folder`, whose rows `keys` identifies, each but those of a companion once;
  /// `remedy` says how to get one that can be read.
  init(
    _ file: RunFolder.File, in folder: String, columns: [ColumnDescription], remedy: String,
    keys: ([[String]]) -> [String] = { $0.map { $0[0] } }, isUnique: Bool = true
  ) throws(InputError) {
    self.file = file
    self.columns = columns.map(\.name)
    let path = "\(folder)/\(file.rawValue)"
    self.path = path
    func foreign(_ place: String, _ found: String, _ expected: String) -> InputError {
      InputError(path, at: place, .foreign(found: found, expected: expected, remedy: remedy))
    }
    guard Files.kind(of: path) != nil else { throw foreign("", "no file", "the published one") }
    let document = CSV.parse(try FileText.contents(of: path))
    let written: ArraySlice<CSV.Row>
    do throws(InputError) {
      written = try document.rows(under: self.columns, file: path)
    } catch {
      // What to do about another header is to publish again.
      guard case .foreign(let found, let expected, _) = error.problem, document.damage == nil
      else { throw error }
      throw foreign(error.keyPath, found, expected)
    }
    guard !document.isTorn else {
      throw foreign(
        "line \((document.rows.last?.line ?? 0) + 1)", "a line without its end",
        "the whole published file")
    }
    if let row = document.rows.first(where: { $0.fields.count != columns.count }) {
      throw foreign("line \(row.line)", "\(row.fields.count) fields", "\(columns.count)")
    }
    rows = Array(zip(keys(written.map(\.fields)), written))
    places = Dictionary(rows.indices.map { [rows] in (rows[$0].key, $0) }) { first, _ in first }
    guard isUnique else { return }
    for (index, (key, row)) in rows.enumerated() where places[key] != index {
      throw InputError(path, at: "line \(row.line)", .duplicate(key))
    }
  }

  /// The published row of a key.
  subscript(key: String) -> CSV.Row? { places[key].map { rows[$0].row } }

  /// How `fields` differ from the published row of the same key; nil if they do not.
  func difference(
    _ subject: CheckedSubject, _ key: String, _ fields: [String], _ tolerances: Tolerances
  ) -> RowDifference? {
    guard let row = self[key] else { return difference(subject, key, .unpublished) }
    let cells = cells(fields, row.fields, tolerances)
    return cells.isEmpty ? nil : difference(subject, key, .cells(cells), line: row.line)
  }

  /// How a record differs from the published one; nil if it does not.
  func difference(_ record: Record, _ tolerances: Tolerances) -> RowDifference? {
    let subject = CheckedSubject.trials(arm: record.arm, bits: record.bits)
    guard let row = self[record.key] else { return difference(subject, record.key, .unpublished) }
    // The seal differs with any other field, and says nothing more.
    let cells = cells(
      Record.unsealed(record.fields), Record.unsealed(row.fields), tolerances)
    return cells.isEmpty ? nil : difference(subject, record.key, .cells(cells), line: row.line)
  }

  /// The fields that differ, in the order of the columns.
  func cells(
    _ found: [String], _ published: [String], _ tolerances: Tolerances
  ) -> [RowDifference.Cell] {
    columns.indices.filter {
      !tolerances.allow(found[$0], published[$0], in: columns[$0])
    }.map {
      RowDifference.Cell(column: columns[$0], found: found[$0], published: published[$0])
    }
  }

  /// The published rows whose keys are none of these.
  func strangers(
    besides keys: Set<String>, _ subject: (String, [String]) -> CheckedSubject
  ) -> [RowDifference] {
    var seen = keys
    return rows.filter { seen.insert($0.key).inserted }.map {
      difference(subject($0.key, $0.row.fields), $0.key, .unplanned, line: $0.row.line)
    }
  }

  /// A difference in this file.
  func difference(
    _ subject: CheckedSubject, _ key: String, _ kind: RowDifference.Kind, line: Int = 1
  ) -> RowDifference {
    RowDifference(subject: subject, file: file, key: key, line: line, kind: kind)
  }
}
