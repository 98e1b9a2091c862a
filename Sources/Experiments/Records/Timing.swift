package import Tables

/// How long a trial took: a row of timings.csv.
public struct Timing: Equatable, Sendable {
  /// The time from its start to its end, in seconds.
  public let wallSeconds: Double
  /// The processor time of its thread, in seconds.
  public let cpuSeconds: Double

  /// Rounds to millionths: what is finer is noise.
  public init(wallSeconds: Double, cpuSeconds: Double) {
    self.wallSeconds = (wallSeconds * 1e6).rounded() / 1e6
    self.cpuSeconds = (cpuSeconds * 1e6).rounded() / 1e6
  }

  /// The columns of timings.csv, in order.
  package static let columns = ["key", "wall_seconds", "cpu_seconds"]

  /// The line for a trial.
  package func line(_ key: String) -> String { CSV.line([key, "\(wallSeconds)", "\(cpuSeconds)"]) }

  /// The timings in a file, by key; a trial that stands twice was run twice, and the last counts.
  package static func read(_ document: CSV.Document, file: String) throws(InputError) -> [String:
    Timing]
  {
    var timings: [String: Timing] = [:]
    for row in try document.rows(under: columns, file: file) {
      let fields = try FieldReader(file: file, row: row, columns: columns)
      guard let wall = try fields.number("wall_seconds"), wall >= 0,
        let cpu = try fields.number("cpu_seconds"), cpu >= 0
      else { throw fields.unexpected("wall_seconds", "seconds") }
      timings[fields["key"]] = Timing(wallSeconds: wall, cpuSeconds: cpu)
    }
    return timings
  }
}
