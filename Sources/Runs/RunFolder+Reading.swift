import Experiments
import Tables

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
    "\(path): \(missing.count) of \(plan.trials.count) trials are missing; \(remedy) goes on with them"
  }

  var remedy: String {
    "start over with --fresh, or choose another folder with --output DIR"
  }

  func readProvenance() throws(InputError) -> Provenance {
    let path = path(of: .provenance)
    let provenance: Provenance
    do throws(InputError) {
      provenance = try Provenance.read(path)
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
    guard provenance.plan == plan.fingerprint else {
      throw InputError(
        path,
        .foreign(
          found: "results of the plan \(provenance.plan)",
          expected: "those of \(plan.fingerprint): the experiment has changed since",
          remedy: remedy))
    }
    return provenance
  }

  mutating func readRecords(_ document: CSV.Document) throws(InputError) {
    let path = path(of: .trials)
    try document.checkDamage(Record.columns, file: path)
    guard document.rows.first?.fields == Record.columns else {
      throw InputError(
        path, at: "line 1",
        .foreign(
          found: "\"\(document.rows.first?.fields.joined(separator: ",").prefix(60) ?? "")\"",
          expected: "the header \"\(Record.columns.joined(separator: ",").prefix(60))…\"",
          remedy: remedy))
    }
    let trials = Dictionary(plan.trials.map { ($0.key, $0) }) { first, _ in first }
    for row in document.rows.dropFirst() {
      let record = try Record(row, file: path)
      guard let trial = trials[record.key] else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "the key \"\(record.key)\"", expected: "a key of the plan", remedy: remedy))
      }
      if let column = trial.contradiction(in: record) {
        throw InputError(
          path, at: "line \(row.line), \(column)",
          .foreign(
            found: "another value than the trial's", expected: "the setting of \(record.key)",
            remedy: remedy))
      }
      guard records.updateValue(record, forKey: record.key) == nil else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "\"\(record.key)\" a second time", expected: "every key once", remedy: remedy))
      }
    }
  }
}
