/// What is known of one finished trial: one row of trials.csv.
///
/// Optional numbers are missing where they do not apply, texts are then empty; 0 means zero.
public struct Record: Equatable, Sendable {
  /// The trial's key.
  public let key: String
  /// The arm.
  public let arm: String
  /// What kind of thing was judged.
  public let family: Family
  /// The inputs, n.
  public let bits: Int
  /// The relevant inputs, k.
  public let relevant: Int
  /// The number of hidden layers; for circuits the levels of gates.
  public let depth: Int
  /// The hidden widths, `8x8x4`; empty at depth 0 and for circuits.
  public internal(set) var widths = ""
  /// Sequential or bridged; empty for circuits.
  public internal(set) var connections = ""
  /// The hidden units; for circuits the gates without the output gate.
  public let units: UInt128?
  /// The weights and biases; missing for circuits.
  public internal(set) var parameters: Int?
  /// What every hidden unit applies; empty for circuits.
  public internal(set) var activation = ""
  /// The optimizer's name; empty where nothing was trained.
  public internal(set) var optimizer = ""
  /// The seed of the training or of the sampled rows.
  public internal(set) var seed: Int?
  /// How the trial ended.
  public let outcome: Outcome
  /// The rows that were judged: the whole truth table, or the sample.
  public let rows: Int?
  /// Those of them that are right at the end.
  public let solvedRows: Int?
  /// The mean logistic loss on the training rows at the end, in nats; missing when not finite.
  public internal(set) var loss: Double?
  /// The epochs spent, over all starts.
  public internal(set) var epochs: Int?
  /// How the weights were drawn.
  public internal(set) var initialization = ""
  /// The optimizer's learning rate; missing where it has none.
  public internal(set) var learningRate: Double?
  /// The rows of a step, or `full`.
  public internal(set) var batch = ""
  /// How bits became inputs.
  public internal(set) var coding = ""
  /// The rows trained on.
  public internal(set) var trainRows: Int?
  /// Those of them that were right at the end.
  public internal(set) var trainSolvedRows: Int?
  /// The rows held out.
  public internal(set) var heldOutRows: Int?
  /// Those of them that were right at the end.
  public internal(set) var heldOutSolvedRows: Int?
  /// The family of circuits or constructed networks, for frozen features the labels; empty for
  /// trained networks.
  public internal(set) var construction = ""
  /// AND, OR and NAND gates, the output gate included.
  public internal(set) var gates: UInt128?
  /// NOT gates, where negation is counted.
  public internal(set) var notGates: UInt128?
  /// The inputs of all AND, OR and NAND gates.
  public internal(set) var wires: UInt128?
  /// The smallest |logit| of a network over the rows: of a constructed one, or of a trained or frozen
  /// one that solves them all.
  public internal(set) var margin: Double?
  /// The first row that a circuit or constructed network gets wrong; missing when none is.
  public internal(set) var firstWrongRow: UInt64?
  /// The times the training started anew.
  public internal(set) var restarts: Int?
  /// The most frozen features that are proven, by exact arithmetic's standards, not to separate.
  public internal(set) var refutedUnits: Int?

  /// The kinds of things that are judged.
  public enum Family: String, CaseIterable, Sendable {
    /// AND/OR/NOT circuits.
    case circuit
    /// Networks whose weights are written down.
    case constructed
    /// Networks whose first layer is random and stays so.
    case frozen
    /// Networks that were trained.
    case trained

    /// Whether seeds are tries of which some succeed.
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
