/// What a finished trial leaves: its row, and the certificates behind it where there are any.
public struct Finished: Sendable {
  /// The row of trials.csv.
  public let record: Record
  /// The parts of certificates.csv that belong to it.
  public let certificates: [Certificate]

  /// A record with its certificates.
  public init(_ record: Record, certificates: [Certificate] = []) {
    self.record = record
    self.certificates = certificates
  }
}
