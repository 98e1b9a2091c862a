import Tables

/// What is known of one finished trial: one row of trials.csv.
///
/// ``format`` says what each value means. Optional numbers are missing where they do not apply, texts
/// are then empty; 0 means zero.
public struct Record: Equatable, Sendable {
  /// The n that a record can speak of.
  package static let bitsRange = 1...1024

  package internal(set) var key = ""
  package internal(set) var arm = ""
  package internal(set) var family = Family.trained
  package internal(set) var bits = 1
  package internal(set) var relevant = 1
  package internal(set) var depth = 0
  package internal(set) var hidden: [Int] = []
  package internal(set) var connections = ""
  package internal(set) var units: UInt128?
  package internal(set) var parameters: Int?
  package internal(set) var activation = ""
  package internal(set) var optimizer = ""
  package internal(set) var seed: Int?
  package internal(set) var outcome = Outcome.budget
  package internal(set) var rows: Int?
  package internal(set) var solvedRows: Int?
  package internal(set) var loss: Double?
  package internal(set) var epochs: Int?
  package internal(set) var initialization = ""
  package internal(set) var learningRate: Double?
  package internal(set) var batch = ""
  package internal(set) var coding = ""
  package internal(set) var trainRows: Int?
  package internal(set) var trainSolvedRows: Int?
  package internal(set) var heldOutRows: Int?
  package internal(set) var heldOutSolvedRows: Int?
  package internal(set) var construction = ""
  package internal(set) var gates: UInt128?
  package internal(set) var notGates: UInt128?
  package internal(set) var wires: UInt128?
  package internal(set) var margin: Double?
  package internal(set) var firstWrongRow: UInt128?
  package internal(set) var restarts: Int?
  package internal(set) var refutedUnits: Int?
  package internal(set) var settings = ""

  /// The kinds of things that are judged.
  public enum Family: String, CaseIterable, Sendable {
    /// AND/OR/NOT circuits.
    case circuit
    /// Networks whose weights are written down.
    case constructed
    /// Networks whose first layer is random and is not trained.
    case frozen
    /// Networks that were trained.
    case trained

    /// Whether a row is one of several seeds, of which some succeed.
    public var hasSeeds: Bool { self == .trained || self == .frozen }
  }

  /// The ends a trial can have.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Trained or frozen: every row of the truth table is right.
    case solved
    /// Trained: the epoch budget was used up; frozen: not within the units allowed, or undecided.
    case budget
    /// Trained: the loss or a parameter stopped being finite.
    case diverged
    /// Not trained: some row is wrong.
    case failed
    /// Not trained: every row of the truth table is right.
    case verified
    /// Not trained: every row of a sample is right.
    case sampled
    /// Not trained: the size is known, nothing was built.
    case counted
  }

  /// Solved rows by rows judged.
  public var accuracy: Double? {
    guard let rows, let solvedRows else { return nil }
    return Double(solvedRows) / Double(rows)
  }
}
