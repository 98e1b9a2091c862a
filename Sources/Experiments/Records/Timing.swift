public import Tables

/// How long a trial took: a row of timings.csv.
public struct Timing: Equatable, Sendable {
  package internal(set) var key = ""
  package internal(set) var wallSeconds = 0.0
  package internal(set) var cpuSeconds = 0.0

  /// Rounds to millionths: what is finer is noise.
  public init(_ key: String, wallSeconds: Double, cpuSeconds: Double) {
    self.key = key
    self.wallSeconds = (wallSeconds * 1e6).rounded() / 1e6
    self.cpuSeconds = (cpuSeconds * 1e6).rounded() / 1e6
  }

  private init() {}

  /// The columns of timings.csv.
  public static let format = TableFormat<Timing>([
    .text("key", \.key, "The trial's key in trials.csv."),
    .number(
      "wall_seconds", \.wallSeconds, in: 0 ... .infinity, "The time from its start to its end."),
    .number(
      "cpu_seconds", \.cpuSeconds, in: 0 ... .infinity,
      "The processor time of its thread; not that of workers who helped with a large table."),
  ])

  /// The timings in a file, by key; a trial that stands twice was run twice, and the last counts.
  package static func read(
    _ document: CSV.Document, file: String
  ) throws(InputError) -> [String: Timing] {
    var timings: [String: Timing] = [:]
    for row in try document.rows(under: format.names, file: file) {
      let timing = try format.read(row, into: Timing(), file: file)
      timings[timing.key] = timing
    }
    return timings
  }
}
