/// What a finished trial leaves: its row, the certificates or the learning curve behind it where there
/// are any, and how long it took.
public struct Finished: Sendable {
  /// The row of trials.csv.
  public let record: Record
  /// The parts of certificates.csv that belong to it.
  public let certificates: [Certificate]
  /// The rows of curves.csv that belong to it.
  public let curve: [CurvePoint]
  /// The row of timings.csv; nil where nobody measured.
  public var timing: Timing?

  /// A record with its certificates.
  public init(
    _ record: Record, certificates: [Certificate] = [], curve: [CurvePoint] = [],
    timing: Timing? = nil
  ) {
    self.record = record
    self.certificates = certificates
    self.curve = curve
    self.timing = timing
  }
}
