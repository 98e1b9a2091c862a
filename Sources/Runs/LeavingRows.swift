import Experiments
import Platform
import Tables

/// The rows of a run's folder that its plan has no place for any more: they are set aside in files
/// beside, never deleted.
public struct LeavingRows: Sendable {
  /// The keys of the trials that leave.
  private(set) var keys: Set<String> = []
  /// The rows by the name of their file, the header first.
  private var tables: [String: [[String]]] = [:]
  /// The files that lose every row, since the plan keeps none in them.
  private(set) var emptied: [String] = []

  /// Whether nothing leaves.
  public var isEmpty: Bool { keys.isEmpty }

  /// How many trials leave.
  public var count: Int { keys.count }

  /// Whether they are of a version that did not record the settings of a row.
  private var isOfOldVersion: Bool {
    tables[RunFolder.File.trials.rawValue]?.first == Record.namesBeforeSettings
  }

  mutating func add(_ rows: some Sequence<CSV.Row>, _ names: [String]) {
    add(rows.map(\.fields), names, RunFolder.File.trials.rawValue)
    keys.formUnion(rows.map { $0.fields.first ?? "" })
  }

  mutating func add(_ rows: [CSV.Row], _ companion: Companion) {
    add(rows.map(\.fields), companion.columns.map(\.name), companion.name)
  }

  mutating func add(_ timings: [Timing]) {
    add(timings.map(Timing.format.fields), Timing.format.names, RunFolder.File.timings.rawValue)
  }

  mutating func add(networks rows: [[String]]) {
    add(rows, NetworkLog.columns, NetworkLog.name)
  }

  /// Adds the whole of every file beside trials.csv that the plan keeps no rows in.
  mutating func addFiles(besides kept: [String], in folder: String) throws(InputError) {
    for companion in Plan.allCompanions where !kept.contains(companion.name) {
      let path = "\(folder)/\(companion.name)"
      guard Files.kind(of: path) == .file else { continue }
      let document = CSV.parse(try FileText.contents(of: path))
      let companion = companion.asWritten(in: document)
      let names = companion.columns.map(\.name)
      add(Array(try document.rows(under: names, file: path)), companion)
      emptied.append(companion.name)
    }
  }

  private mutating func add(_ rows: [[String]], _ names: [String], _ file: String) {
    guard !rows.isEmpty else { return }
    tables[file, default: [names]] += rows
  }

  /// What becomes of the rows, before they are written; nil where nothing leaves.
  public func sentence(in folder: String) -> String? {
    guard !isEmpty else { return nil }
    let rows = count == 1 ? "1 row is" : "\(count) rows are"
    let path = "\(folder)/\(Self.name(RunFolder.File.trials.rawValue, number(in: folder)))"
    let reason =
      isOfOldVersion
      ? "the version that ran them recorded no settings" : "the experiment has changed"
    return "\(rows) set aside in \(path): \(reason)"
  }

  /// Writes the rows to files that are not there yet.
  func write(in folder: String) throws(InputError) {
    let number = number(in: folder)
    for (file, rows) in tables.sorted(by: { $0.key < $1.key }) {
      let text = rows.map(CSV.line).joined()
      try FileText.replace("\(folder)/\(Self.name(file, number))", with: text)
    }
  }

  /// The least number that no file has.
  private func number(in folder: String) -> Int {
    let names = Set(Files.names(in: folder))
    var number = 1
    while tables.keys.contains(where: { names.contains(Self.name($0, number)) }) { number += 1 }
    return number
  }

  /// `trials.set-aside-1.csv`.
  private static func name(_ file: String, _ number: Int) -> String {
    "\(file.dropLast(".csv".count)).set-aside-\(number).csv"
  }
}
