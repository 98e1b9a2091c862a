/// What a finished trial leaves: its row, the rows of the files beside trials.csv that belong to it,
/// and how long it took.
public struct Finished: Sendable {
  /// The row of trials.csv.
  public let record: Record
  /// Its rows in the files beside trials.csv, one field a column, by the name of the file.
  public let companions: [String: [[String]]]
  /// The row of timings.csv; nil where nobody measured.
  public var timing: Timing?

  /// A record with its rows in other files.
  public init(
    _ record: Record, companions: [String: [[String]]] = [:], timing: Timing? = nil
  ) {
    (self.record, self.companions, self.timing) = (record, companions, timing)
  }
}
