import Tables

extension Plan {
  /// The columns of a plan as CSV: rows, epochs and work are upper bounds, memory is in bytes.
  public static let columns = [
    "key", "arm", "n", "k", "depth", "widths", "units", "parameters", "seed", "rows", "epochs",
    "work", "memory_bytes",
  ]

  /// The whole plan: one line a trial, in order, after the header.
  public var csv: String {
    let names = Record.format.names
    let places = Self.columns.compactMap { names.firstIndex(of: $0) }
    return CSV.line(Self.columns)
      + trials.map { trial in
        let fields = trial.outline.fields
        return CSV.line(places.map { fields[$0] } + ["\(trial.work)", "\(trial.memory)"])
      }.joined()
  }
}
