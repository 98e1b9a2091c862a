/// What is known of one finished trial: one row of trials.csv.
///
/// Optional numbers are missing where they do not apply; 0 means zero.
public struct Record: Equatable, Sendable {
  /// The trial's key.
  public let key: String
  /// The arm.
  public let arm: String
  /// `trained` for networks that were trained.
  public let family: String
  /// The inputs, n.
  public let bits: Int
  /// The relevant inputs, k.
  public let relevant: Int
  /// The number of hidden layers.
  public let depth: Int
  /// The hidden widths, `8x8x4`; empty at depth 0.
  public let widths: String
  /// Sequential or bridged.
  public let connections: String
  /// The hidden units.
  public let units: Int
  /// The weights and biases.
  public let parameters: Int
  /// What every hidden unit applies.
  public let activation: String
  /// The optimizer's name.
  public let optimizer: String
  /// The seed.
  public let seed: Int
  /// How the trial ended.
  public let outcome: Outcome
  /// The rows of the truth table.
  public let rows: Int
  /// The rows of the truth table with a logit of the right sign at the end.
  public let solvedRows: Int
  /// The mean logistic loss on the training rows at the end, in nats; missing when not finite.
  public let loss: Double?
  /// The epochs spent.
  public let epochs: Int
  /// How the weights were drawn.
  public let initialization: String
  /// The optimizer's learning rate; missing where it has none.
  public let learningRate: Double?
  /// The rows of a step, or `full`.
  public let batch: String
  /// How bits became inputs.
  public let coding: String
  /// The rows trained on.
  public let trainRows: Int
  /// Those of them that were right at the end.
  public let trainSolvedRows: Int
  /// The rows held out.
  public let heldOutRows: Int
  /// Those of them that were right at the end.
  public let heldOutSolvedRows: Int

  /// The ends a trial can have.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Every row of the truth table is right.
    case solved
    /// The epoch budget was used up.
    case budget
    /// The loss or a parameter stopped being finite.
    case diverged
  }

  /// Solved rows by rows of the truth table.
  public var accuracy: Double { Double(solvedRows) / Double(rows) }
}
