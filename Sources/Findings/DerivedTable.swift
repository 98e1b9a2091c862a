import Experiments
public import Runs
public import Tables

/// A file that is made of all records of a run together.
public struct DerivedTable: Sendable {
  /// The file.
  public let file: RunFolder.File
  /// Its columns.
  public let columns: [ColumnDescription]
  /// Its rows, one field a column.
  let rows: @Sendable (Results) -> [[String]]
  /// The places of the fields that identify a row.
  let identity: [Int]

  init<Row>(
    _ name: String, _ format: TableFormat<Row>, identity: [String],
    _ rows: @escaping @Sendable (Results) -> [Row]
  ) {
    file = RunFolder.File(rawValue: name)
    columns = format.description
    self.rows = { rows($0).map(format.fields) }
    self.identity = identity.compactMap { format.names.firstIndex(of: $0) }
  }

  /// Every such file: a new one is a file of its own and a name here.
  public static let all: [DerivedTable] = [.summary, .settings, .claims]

  static let summary = DerivedTable(
    "summary.csv", Summary.format, identity: ["arm", "n", "depth"], \.summary.rows)

  static let claims = DerivedTable(
    "claims.csv", JudgedClaim.format, identity: ["claim"], \.claims)

  /// The whole file.
  func csv(_ results: Results) -> String {
    CSV.line(columns.map(\.name)) + rows(results).map(CSV.line).joined()
  }

  /// What identifies each of the rows; the second claim in the same words gets a number.
  func keys(_ rows: [[String]]) -> [String] {
    var counts: [String: Int] = [:]
    return rows.map { fields in
      let parts = identity.enumerated().map { index, place in
        (index == 0 ? "" : "/\(columns[place].name)=") + fields[place]
      }
      let key = parts.joined()
      counts[key, default: 0] += 1
      return key + (counts[key] == 1 || file != .claims ? "" : " (\(counts[key] ?? 0))")
    }
  }

  /// What a check says a row is about.
  func subject(_ key: String, _ fields: [String]) -> CheckedSubject {
    guard file != .claims else { return .claim(key) }
    let place = columns.firstIndex { $0.name == "arm" }
    return .summary(arm: place.map { fields[$0] } ?? key)
  }
}

extension RunFolder.File {
  /// One row for each arm, n and depth.
  public static let summary = DerivedTable.summary.file
  /// One row a claim.
  public static let claims = DerivedTable.claims.file

  /// Every file that any run can leave.
  public static var all: [RunFolder.File] {
    tables.map(\.file) + [.experiment, .provenance, .networks, .networkLog]
  }

  /// Every table that any run can leave, with its columns.
  public static var tables: [(file: RunFolder.File, columns: [ColumnDescription])] {
    [(.trials, Record.format.description)] + DerivedTable.all.map { ($0.file, $0.columns) }
      + Plan.allCompanions.map { (RunFolder.File(rawValue: $0.name), $0.columns) }
      + [(.timings, Timing.format.description)]
  }
}

extension RunFolder {
  /// The files that a run of this plan has when it is done.
  public var files: [File] {
    // A part of a plan says nothing about the whole.
    [.trials] + (plan.shard == nil ? DerivedTable.all.map(\.file) + [.experiment] : [])
      + plan.companions.map { File(rawValue: $0.name) }
      + (plan.shard == nil && plan.trains ? [.networks] : []) + [.timings, .provenance]
  }
}
