public import Runs

/// What a part of a check is about.
public enum CheckedSubject: Hashable, Sendable {
  /// The trials of an arm at one n, with their certificates.
  case trials(arm: String, bits: Int)
  /// The rows of summary.csv about an arm.
  case summary(arm: String)
  /// A claim, by its sentence.
  case claim(String)
}

/// A row that is not the published one.
public struct RowDifference: Equatable, Sendable {
  /// What it belongs to.
  public let subject: CheckedSubject
  /// The published file.
  public let file: RunFolder.File
  /// The row: a trial's key, the arm, n and depth of a summary, or a claim's sentence.
  public let key: String
  /// The line of the published row in its file; 1, the header's, where there is none.
  public let line: Int
  /// What is different about it.
  public let kind: Kind

  /// The ways in which a row can differ.
  public enum Kind: Equatable, Sendable {
    /// Some fields have other values.
    case cells([Cell])
    /// There is no such row in the published file.
    case unpublished
    /// There is no such row in the experiment.
    case unplanned
  }

  /// A field with another value than the published one.
  public struct Cell: Equatable, Sendable {
    /// The column.
    public let column: String
    /// What was found now; empty where there is nothing.
    public let found: String
    /// What is published; empty where there is nothing.
    public let published: String

    /// A field of a column.
    public init(column: String, found: String, published: String) {
      (self.column, self.found, self.published) = (column, found, published)
    }
  }

  /// The row, the columns, and both values of each.
  public var sentence: String {
    let name = if case .claim = subject { "\"\(key)\"" } else { key }
    func text(_ value: String) -> String { value.isEmpty ? "missing" : value }
    return switch kind {
    case .cells(let cells):
      "\(name): "
        + cells.map {
          "\($0.column) is \(text($0.found)), published is \(text($0.published))"
        }.joined(separator: "; ")
    case .unpublished:
      "\(name): is in the experiment, not published"
    case .unplanned:
      "\(name): is published, not in the experiment"
    }
  }
}
