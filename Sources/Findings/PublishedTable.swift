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

  /// Reads a file of `folder`; `remedy` says how to get one that can be read.
  init(
    _ file: RunFolder.File, in folder: String, columns: [String], remedy: String
  ) throws(InputError) {
    self.file = file
    self.columns = columns
    let path = "\(folder)/\(file.rawValue)"
    self.path = path
    func foreign(_ line: Int?, _ found: String, _ expected: String) -> InputError {
      InputError(
        path, at: line.map { "line \($0)" } ?? "",
        .foreign(found: found, expected: expected, remedy: remedy))
    }
    guard Files.kind(of: path) != nil else {
      throw foreign(nil, "no file", "the published one")
    }
    let document = CSV.parse(try FileText.contents(of: path))
    try document.checkDamage(columns, file: path)
    guard document.rows.first?.fields == columns else {
      throw foreign(1, "another header", columns.joined(separator: ","))
    }
    guard !document.isTorn else {
      throw foreign(
        (document.rows.last?.line ?? 0) + 1, "a line without its end", "the whole published file")
    }
    if let row = document.rows.first(where: { $0.fields.count != columns.count }) {
      throw foreign(row.line, "\(row.fields.count) fields", "\(columns.count)")
    }
    let written = document.rows.dropFirst()
    rows = Array(zip(file.keys(written.map(\.fields)), written))
    places = Dictionary(rows.indices.map { [rows] in (rows[$0].key, $0) }) { first, _ in first }
    if file.namesKeysOnce, places.count < rows.count {
      for (index, (key, row)) in rows.enumerated() where places[key] != index {
        throw InputError(path, at: "line \(row.line)", .duplicate(key))
      }
    }
  }

  /// The published row of a key.
  subscript(key: String) -> CSV.Row? { places[key].map { rows[$0].row } }

  /// How `fields` differ from the published row of the same key; nil if they do not.
  func difference(
    _ key: String, _ fields: [String], _ tolerances: Tolerances
  ) -> RowDifference? {
    guard let row = self[key] else { return difference(key, .unpublished) }
    let cells = cells(fields, row.fields, tolerances)
    return cells.isEmpty ? nil : difference(key, .cells(cells), line: row.line)
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
  func strangers(besides keys: Set<String>) -> [RowDifference] {
    var seen = keys
    return rows.filter { seen.insert($0.key).inserted }.map {
      difference($0.key, .unplanned, line: $0.row.line)
    }
  }

  /// A difference in this file.
  func difference(_ key: String, _ kind: RowDifference.Kind, line: Int = 1) -> RowDifference {
    RowDifference(
      subject: file.subject(ofKey: key), file: file, key: key, line: line, kind: kind)
  }
}

extension RunFolder.File {
  /// Whether a key can stand in one row only.
  fileprivate var namesKeysOnce: Bool { self == .trials || self == .summary }

  /// What identifies each of the rows; of equal claims the second one gets a number.
  func keys(_ rows: [[String]]) -> [String] {
    var counts: [String: Int] = [:]
    return rows.map { fields in
      switch self {
      case .summary:
        return "\(fields[0])/n=\(fields[2])/depth=\(fields[3])"
      case .claims:
        let count = counts[fields[0], default: 0] + 1
        counts[fields[0]] = count
        return fields[0] + (count == 1 ? "" : " (\(count))")
      case .trials, .certificates, .curves, .timings, .provenance:
        return fields[0]
      }
    }
  }

  fileprivate func subject(ofKey key: String) -> CheckedSubject {
    switch self {
    case .claims:
      return .claim(key)
    case .trials, .summary, .certificates, .curves, .timings, .provenance:
      let trials = CheckedSubject(trialKey: key)
      if self == .summary, case .trials(let arm, _) = trials { return .summary(arm: arm) }
      return trials
    }
  }
}
