import Tables

/// What some trials leave beside their record, several rows each.
package protocol Companion: Sendable {
  /// The columns of the file.
  static var columns: [String] { get }

  /// The rows that it takes, one field a column.
  var rows: [[String]] { get }
}

extension Companion {
  /// The lines of the file.
  package var csv: String { rows.map(CSV.line).joined() }
}
