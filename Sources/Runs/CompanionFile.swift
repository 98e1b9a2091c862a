import Experiments
import Platform
import Tables

/// A file beside trials.csv in the folder of a run.
///
/// What a trial leaves here is written before its record. Whatever a kill leaves without a record is
/// dropped when the run goes on, and its trial runs again.
struct CompanionFile {
  let companion: Companion
  private let path: String
  private var file: AppendFile?

  /// The rows of the trials that have records, by key.
  private(set) var rows: [String: [[String]]] = [:]

  /// A file without rows, not written yet.
  init(_ companion: Companion, in folder: String) {
    self.companion = companion
    path = "\(folder)/\(companion.name)"
  }

  /// Reads the file of a folder, writing nothing: every record must have its rows.
  ///
  /// Returns the rows that leave with the trials in `leaving`, and the file as it is written; where
  /// none leaves, the row of a trial that has none here is refused.
  mutating func read(
    _ known: [String: any Trial], _ records: [String: Record], leaving: Set<String>, remedy: String
  ) throws(InputError) -> (rows: [CSV.Row], file: Companion) {
    let kept = known.filter { companion.isKept($0.value) && !leaving.contains($0.key) }
    // The arm that keeps rows here may be newer than the folder.
    guard Files.kind(of: path) != nil || records.keys.contains(where: { kept[$0] != nil }) else {
      return ([], companion)
    }
    let document = CSV.parse(try FileText.contents(of: path))
    // An arm that fills further columns may be newer than the folder, or gone.
    let written = companion.asWritten(in: document)
    let names = written.columns.map(\.name)
    var groups: [String: [CSV.Row]] = [:]
    var left: [CSV.Row] = []
    for row in try document.rows(under: names, file: path) {
      try row.checkCount(names.count, file: path)
      let key = row.fields[0]
      if kept[key] != nil {
        if records[key] != nil { groups[key, default: []].append(row) }
      } else if !leaving.isEmpty {
        left.append(row)
      } else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "the key \"\(key)\"", expected: "that of a trial with rows here",
            remedy: remedy))
      }
    }
    let cut = document.isTorn ? document.rows.last?.fields[0] : nil
    for (key, record) in records.sorted(by: { $0.key < $1.key }) {
      guard let trial = kept[key] else { continue }
      let rows = groups[key] ?? []
      if let expected = try companion.flaw(trial, record, rows, key == cut, path) {
        throw InputError(
          path, at: key,
          .foreign(
            found: "\(rows.count) rows that are not those of its record", expected: expected,
            remedy: remedy))
      }
      self.rows[key] = rows.map { companion.fields($0.fields) }
    }
    return (left, written)
  }

  /// Writes anew what has a record, and keeps the file open for more.
  mutating func open(in plan: Plan) throws(InputError) {
    try FileText.replace(path, with: csv(in: plan))
    file = try FileText.writing(path) { [path] () throws(SystemError) in try AppendFile(path) }
  }

  /// Writes what a finished trial leaves to disk, if it leaves anything.
  mutating func append(_ new: [[String]], of key: String) throws(InputError) {
    guard !new.isEmpty else { return }
    guard let file else { preconditionFailure("\(path) is not open to write") }
    let new = new.map(companion.fields)
    let text = new.map(CSV.line).joined()
    // On disk before the record can be: a loss of power must not leave a record alone.
    try FileText.writing(path) { () throws(SystemError) in
      try file.append(text)
      try file.flush()
    }
    rows[key] = new
  }

  /// Brings what was appended to disk at once.
  func flush() throws(InputError) {
    guard let file else { return }
    try FileText.writing(path) { () throws(SystemError) in try file.flush() }
  }

  mutating func close() { file = nil }

  /// The whole file, in the plan's order.
  func csv(in plan: Plan) -> String {
    CSV.line(companion.columns.map(\.name))
      + plan.trials.map { (rows[$0.key] ?? []).map(CSV.line).joined() }.joined()
  }
}
