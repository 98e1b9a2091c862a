import Tables

extension Plan {
  /// The columns of a plan as CSV: rows, epochs and seconds are upper bounds.
  ///
  /// The seconds are those of one core of the machine of the published results, so that the file is
  /// the same everywhere.
  public static let columns = [
    "key", "arm", "n", "k", "depth", "widths", "units", "parameters", "seed", "rows", "epochs",
    "seconds", "memory_bytes",
  ]

  /// The whole plan: one line a trial, in order, after the header.
  public var csv: String {
    let names = Record.format.names
    let places = Self.columns.compactMap { names.firstIndex(of: $0) }
    return CSV.line(Self.columns)
      + trials.map { trial in
        let fields = trial.outline.fields
        let seconds = trial.mostSeconds.rounded(places: 6)
        return CSV.line(places.map { fields[$0] } + ["\(seconds)", "\(trial.memory)"])
      }.joined()
  }
}
