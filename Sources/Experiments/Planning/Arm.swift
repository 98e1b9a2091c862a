public import Networks
public import Parity
public import Training

/// One line in a picture: a family with its settings.
public struct Arm: Sendable {
  /// Unique within the experiment.
  public let name: String
  /// What it tries at each n.
  public private(set) var subject: Subject
  /// The n this arm is limited to, or nil for the experiment's.
  public let bits: [Int]?

  /// What an arm can be about.
  public enum Subject: Sendable {
    /// Networks that are trained.
    case trained(TrainedArm)
    /// Circuits and constructed networks, which are built and checked.
    case exact(ExactArm)
    /// Frozen random features, whose smallest number is searched for each seed.
    case frozen(FrozenArm)
  }

  /// The settings of a trained arm; nil for the others.
  public var trained: TrainedArm? {
    if case .trained(let arm) = subject { arm } else { nil }
  }

  /// The n that the arm can speak about.
  var possibleBits: ClosedRange<Int> {
    switch subject {
    case .trained: Experiment.trainedBitsRange
    case .exact: Experiment.bitsRange
    case .frozen: 1...FrozenFeatures.maximumBits
    }
  }

  /// The same arm with the experiment's budget.
  var withoutOwnBudget: Arm {
    guard var settings = trained else { return self }
    settings.epochs = nil
    var arm = self
    arm.subject = .trained(settings)
    return arm
  }

  /// Whether the arm compares depths and chooses one.
  public var choosesDepth: Bool {
    if case .depthSearch = trained?.shape { true } else { false }
  }
}

/// A family of networks that are trained, with its settings.
public struct TrainedArm: Sendable {
  /// The widest layer that can be asked for.
  static let widthRange = 1...(1 << 24)
  /// The deepest network that can be asked for.
  static let depthRange = 0...64

  /// Which architectures are tried.
  public let shape: Shape
  /// Which earlier values each layer sees.
  public let connections: Connections
  /// What every hidden unit applies.
  public let activation: Activation
  /// How weights are drawn.
  public let initialization: Initialization
  /// The rule of a step.
  public let optimizer: Optimizer
  /// The rows of a step.
  public let batch: Batch
  /// How bits become inputs.
  public let coding: InputCoding
  /// The relevant bits k as a formula in n, or nil for all of them.
  public let relevant: Formula?
  /// The share of rows that is held out of training, or nil to train on the whole truth table.
  public let heldOut: Double?
  /// The most times a trial that did not solve its rows starts anew.
  public let restarts: Int
  /// Whether the learning curves are recorded.
  public let recordsCurves: Bool
  /// The most epochs of each start of a trial, or nil for the experiment's.
  public internal(set) var epochs: Int?

  /// Which architectures an arm tries at each n.
  public enum Shape: Sendable {
    /// Depth 0: no hidden layer.
    case logistic
    /// Depth 1: the width swept up toward 2^(n−1).
    case shallow(widths: Sweep)
    /// A fixed depth, by default ceil(log2(n)), every layer of the same swept width.
    case deep(depth: Formula, widths: Sweep)
    /// Depth as the hyperparameter: one architecture a depth, under a budget of hidden units.
    case depthSearch(depths: Sweep, units: Formula)
  }
}
