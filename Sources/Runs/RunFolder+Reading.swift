import Experiments
import Platform
public import Tables

extension RunFolder {
  /// There is no record to work with; `remedy` is the command that makes some.
  public func nothingThere(remedy: String) -> InputError {
    InputError(
      path,
      .foreign(
        found: "no finished trial", expected: "those of a run", remedy: "make them with \(remedy)"))
  }

  /// How many trials are missing; `remedy` is the command that goes on with them.
  public func incompleteness(remedy: String) -> String {
    "\(path): \(missing.count) of \(plan.count) trials are missing; \(remedy) goes on with them"
  }

  private var remedy: String {
    "start over with --fresh, or choose another folder with --output DIR"
  }

  /// Reads what is there; rows that are not the plan's any more are to be set aside, or refused, and
  /// where a run `makesNetworks` that an older version did not keep, their records are dropped.
  mutating func read(setsAside: Bool, makesNetworks: Bool = false) throws(InputError) {
    guard Files.kind(of: path(of: .trials)) != nil else { return }
    provenance = try readProvenance()
    let trials = try readRecords(setsAside)
    let left = try networks.read(&records, leaving: leaving.keys, required: makesNetworks)
    leaving.add(networks: left)
    for index in companionFiles.indices {
      let left = try companionFiles[index].read(
        trials, records, leaving: leaving.keys, remedy: remedy)
      leaving.add(left.rows, left.file)
    }
    if !leaving.isEmpty {
      try leaving.addFiles(besides: companionFiles.map(\.companion.name), in: path)
    }
    guard Files.kind(of: path(of: .timings)) != nil else { return }
    let file = path(of: .timings)
    let all = try Timing.read(CSV.parse(FileText.contents(of: file)), file: file)
    timings = all.filter { records[$0.key] != nil }
    guard !leaving.isEmpty else { return }
    let others = all.values.filter { trials[$0.key] == nil || leaving.keys.contains($0.key) }
    leaving.add(others.sorted { $0.key < $1.key })
  }

  private func readProvenance() throws(InputError) -> Provenance {
    let path = path(of: .provenance)
    do throws(InputError) {
      return try Provenance.read(path)
    } catch {
      // One that is not there, or cannot be read, has a sentence of its own.
      switch error.problem {
      case .notThere, .isFolder, .unreadable: throw error
      default:
        throw InputError(
          path,
          .foreign(
            found: "no provenance of a run", expected: "the file that a run of this version wrote",
            remedy: remedy))
      }
    }
  }

  /// Reads the records, which make the plan grow; returns its trials by key.
  private mutating func readRecords(_ setsAside: Bool) throws(InputError) -> [String: any Trial] {
    let file = path(of: .trials)
    let document = CSV.parse(try FileText.contents(of: file))
    if document.rows.first?.fields == Record.namesBeforeSettings {
      try document.checkDamage(Record.namesBeforeSettings, file: file)
      guard setsAside else {
        throw InputError(
          file, at: "line 1",
          .foreign(
            found: "rows of a version that did not record their settings",
            expected: "the column \"settings\"",
            remedy: "depthwidth run keeps them in a file beside and does the trials again"))
      }
      leaving.add(document.rows.dropFirst(), Record.namesBeforeSettings)
      return plan.trialsByKey
    }
    var found: [(row: CSV.Row, record: Record)] = []
    for row in try document.rows(under: Record.format.names, file: file) {
      found.append((row, try Record(row, file: file)))
    }
    plan.grow(by: found.map(\.record))
    let trials = plan.trialsByKey
    for (row, record) in found {
      guard let trial = trials[record.key], trial.settingsHash == record.settings else {
        if setsAside {
          leaving.add([row], Record.format.names)
          continue
        }
        let isKnown = trials[record.key] != nil
        throw InputError(
          file, at: "line \(row.line)",
          .foreign(
            found: isKnown
              ? "\"\(record.key)\" with other settings" : "the key \"\(record.key)\"",
            expected: "a row of the experiment as it is now",
            remedy: "depthwidth run keeps the rows that still belong and sets the others aside"))
      }
      if let (column, field) = trial.correction(of: record) {
        throw InputError(
          file, at: "line \(row.line), \(column)",
          .foreign(
            found: "another value than the trial's", expected: field.isEmpty ? "nothing" : field,
            remedy: remedy))
      }
      guard records.updateValue(record, forKey: record.key) == nil else {
        throw InputError(
          file, at: "line \(row.line)",
          .foreign(
            found: "\"\(record.key)\" a second time", expected: "every key once", remedy: remedy))
      }
    }
    return trials
  }
}
