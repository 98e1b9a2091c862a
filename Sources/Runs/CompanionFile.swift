import Experiments
import Platform
import Tables

/// A file of companions in the folder of a run.
///
/// What a trial leaves here is written before its record. Whatever a kill leaves without a record is
/// dropped when the run goes on, and its trial runs again.
struct CompanionFile<Entry: Companion> {
  let path: String
  private var file: AppendFile?

  /// The entries of the trials that have records, by key.
  private(set) var entries: [String: [Entry]] = [:]

  /// A file with these entries, not written yet.
  init(_ path: String, _ entries: [String: [Entry]] = [:]) {
    self.path = path
    self.entries = entries
  }

  /// Writes anew what has a record, and keeps the file open for more.
  mutating func open(in plan: Plan) throws(InputError) {
    try FileText.replace(path, with: csv(in: plan))
    file = try FileText.writing(path) { [path] () throws(SystemError) in try AppendFile(path) }
  }

  /// Writes what a finished trial leaves to disk, if it leaves anything.
  mutating func append(_ new: [Entry], of key: String) throws(InputError) {
    guard !new.isEmpty else { return }
    guard let file else { preconditionFailure("\(path) is not open to write") }
    let text = new.map(\.csv).joined()
    // On disk before the record can be: a loss of power must not leave a record alone.
    try FileText.writing(path) { () throws(SystemError) in
      try file.append(text)
      try file.flush()
    }
    entries[key] = new
  }

  /// Brings what was appended to disk at once.
  func flush() throws(InputError) {
    guard let file else { return }
    try FileText.writing(path) { () throws(SystemError) in try file.flush() }
  }

  mutating func close() { file = nil }

  /// The whole file, in the plan's order.
  func csv(in plan: Plan) -> String {
    let all = plan.trials.flatMap { entries[$0.key] ?? [] }
    return CSV.line(Entry.columns) + all.map(\.csv).joined()
  }
}
