public import Tables

/// A file beside trials.csv that holds several rows of some trials, each with the trial's key first.
public struct Companion: Sendable {
  /// The name of the file.
  public let name: String
  /// Its columns.
  public var columns: [ColumnDescription] { Array(all.prefix(count)) }
  /// Whether a trial leaves rows in the file.
  package let isKept: @Sendable (any Trial) -> Bool
  /// What the rows of a finished trial should have been; nil where they are whole.
  package let flaw: Flaw

  /// All columns there can be.
  private let all: [ColumnDescription]
  /// The columns that are always there.
  private let least: Int
  /// Whether a trial fills the further ones.
  private let isWide: @Sendable (any Trial) -> Bool
  /// The columns there are.
  private var count: Int

  /// Looks for the flaw of a trial's rows; `isCut` says that half a line follows them.
  package typealias Flaw =
    @Sendable (
      _ trial: any Trial, _ record: Record, _ rows: [CSV.Row], _ isCut: Bool, _ file: String
    ) throws(InputError) -> String?

  /// A file with these columns, of which those behind the first `least` stand only where some trial
  /// `isWide`.
  init(
    _ name: String, _ columns: [ColumnDescription], least: Int? = nil,
    isWide: @escaping @Sendable (any Trial) -> Bool = { _ in true },
    isKept: @escaping @Sendable (any Trial) -> Bool, flaw: @escaping Flaw
  ) {
    (self.name, self.isKept, self.flaw, self.isWide) = (name, isKept, flaw, isWide)
    (all, count, self.least) = (columns, columns.count, least ?? columns.count)
  }

  /// The file with the columns that these trials need.
  func fitted(to trials: [any Trial]) -> Companion {
    var companion = self
    let isWide = trials.contains { isKept($0) && self.isWide($0) }
    companion.count = isWide ? all.count : least
    return companion
  }

  /// The file with the columns that its header names, where that is one it can have.
  package func asWritten(in document: CSV.Document) -> Companion {
    let header = document.rows.first?.fields ?? []
    var companion = self
    for count in [least, all.count] where header == all.prefix(count).map(\.name) {
      companion.count = count
    }
    return companion
  }

  /// The fields of a row brought to the columns there are: filled up with nothing, or cut.
  package func fields(_ fields: [String]) -> [String] {
    Array((fields + Array(repeating: "", count: max(count - fields.count, 0))).prefix(count))
  }
}
