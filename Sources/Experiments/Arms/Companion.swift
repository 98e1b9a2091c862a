public import Tables

/// A file beside trials.csv that holds several rows of some trials, each with the trial's key first.
public struct Companion: Sendable {
  /// The name of the file.
  public let name: String
  /// Its columns.
  public let columns: [ColumnDescription]
  /// Whether a trial leaves rows in the file.
  package let isKept: @Sendable (any Trial) -> Bool
  /// What the rows of a finished trial should have been; nil where they are whole.
  package let flaw: Flaw

  /// Looks for the flaw of a trial's rows; `isCut` says that half a line follows them.
  package typealias Flaw =
    @Sendable (
      _ trial: any Trial, _ record: Record, _ rows: [CSV.Row], _ isCut: Bool, _ file: String
    ) throws(InputError) -> String?

  init(
    _ name: String, _ columns: [ColumnDescription],
    isKept: @escaping @Sendable (any Trial) -> Bool, flaw: @escaping Flaw
  ) {
    (self.name, self.columns, self.isKept, self.flaw) = (name, columns, isKept, flaw)
  }
}
