public import Networks

/// What a finished trial leaves: its row, the rows of the files beside trials.csv that belong to it,
/// its network, and how long it took.
public struct Finished: Sendable {
  /// The row of trials.csv.
  public let record: Record
  /// Its rows in the files beside trials.csv, one field a column, by the name of the file.
  public let companions: [String: [[String]]]
  /// The network that a training ended with, solved or not; nil where nothing was trained.
  public let network: Network?
  /// The row of timings.csv; nil where nobody measured.
  public var timing: Timing?

  /// A record with its rows in other files and its network.
  public init(
    _ record: Record, companions: [String: [[String]]] = [:], network: Network? = nil,
    timing: Timing? = nil
  ) {
    (self.record, self.companions) = (record, companions)
    (self.network, self.timing) = (network, timing)
  }
}
