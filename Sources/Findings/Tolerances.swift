import Runs
import Tables

/// How far a number may lie from the published one, column by column; nothing else may differ at all.
public struct Tolerances: Equatable, Sendable {
  /// The columns that can have a tolerance: those with floating-point numbers, in any file but
  /// timings.csv, which is not compared.
  public static let columns: [String] = RunFolder.File.tables.filter { $0.file != .timings }
    .flatMap(\.columns).filter { $0.type == .number }.map(\.name)
    .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }

  /// The largest share of the greater of two numbers that they may lie apart, by column.
  private let shares: [String: Double]

  /// No tolerance: every number must be the published one.
  public init() { shares = [:] }

  /// Reads `loss=1e-6,margin=1e-3`.
  public init(_ text: String) throws(Slip) {
    var shares: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else { throw .notAPair(String(part)) }
      let column = sides[0]
      guard Self.columns.contains(column) else { throw .notAFloatColumn(column) }
      guard let share = Double(sides[1]), (0...1).contains(share) else {
        throw .notAShare(sides[1], column: column)
      }
      guard shares.updateValue(share, forKey: column) == nil else { throw .twice(column) }
    }
    self.shares = shares
  }

  /// What can be wrong with tolerances as they were written.
  public enum Slip: Error, Equatable, Sendable {
    /// Something else than a column and its number.
    case notAPair(String)
    /// A column that is unknown, or of whole numbers or words.
    case notAFloatColumn(String)
    /// Something else than a number from 0 to 1.
    case notAShare(String, column: String)
    /// A column that was there before.
    case twice(String)
  }

  /// Whether two fields count as equal: the same text, or numbers as near as their column allows.
  func allow(_ found: String, _ published: String, in column: String) -> Bool {
    if found == published { return true }
    guard let share = shares[column], let found = Double(found), let published = Double(published)
    else { return false }
    // A distance that is not finite is above every share.
    return abs(found - published) <= share * max(abs(found), abs(published))
      && found.isFinite && published.isFinite
  }
}
