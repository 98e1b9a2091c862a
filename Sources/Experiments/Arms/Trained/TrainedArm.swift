package import Networks
package import Parity
package import Training

/// A family of networks that are trained, with its settings.
package struct TrainedArm: ArmSettings {
  /// The n whose truth table can be trained on.
  package static let bitsRange = 1...30
  /// The widest layer that can be asked for.
  package static let widthRange = 1...(1 << 24)
  /// The deepest network that can be asked for.
  package static let depthRange = 0...64

  /// Which architectures are tried.
  package let shape: Shape
  package let connections: Connections
  package let activation: Activation
  package let initialization: Initialization
  /// How each step is found, and on which rows.
  package let optimizer: Optimizer
  /// Loss, weight decay and schedule.
  package let options: GradientOptions
  package let coding: InputCoding
  /// The relevant bits, or nil for all of them.
  package let relevant: Relevant?
  /// The share of rows that is held out of training, or nil to train on the whole truth table.
  package let heldOut: Double?
  /// The share of the rows trained on whose label is flipped in training, or nil for none.
  package let labelNoise: Double?
  /// The most times a trial that did not solve its rows starts anew.
  package let restarts: Int
  /// Whether the learning curves are recorded.
  package let recordsCurves: Bool
  /// Whether the network of every solved trial is kept, not only those behind a minimum.
  package let keepsWeights: Bool
  /// Whether the widths are tried upward until one succeeds for half of the seeds.
  package let searches: Bool
  /// The seeds that a search may ask for, counted from 1, or nil for the experiment's.
  package internal(set) var searchSeeds: Int?
  /// The most epochs of each start of a trial, or nil for the experiment's.
  package internal(set) var epochs: Int?

  /// Which architectures an arm tries at each n.
  package enum Shape: Sendable {
    /// Depth 0: no hidden layer.
    case logistic
    /// Depth 1: the width swept up toward 2^(n−1).
    case shallow(widths: Sweep)
    /// A fixed depth, by default ceil(log2(n)), every layer of the same swept width.
    case deep(depth: Formula, widths: Sweep)
    /// Every layer of a width of its own: one architecture.
    case layers([Formula])
    /// Depth as the hyperparameter: one architecture a depth, under a budget of hidden units.
    case depthSearch(depths: Sweep, units: Formula)
  }

  /// The bits whose parity the label is.
  package enum Relevant: Equatable, Sendable {
    /// The first k.
    case first(Formula)
    /// Those at these positions, counted from 0.
    case positions([Formula])
  }

  package var possibleBits: ClosedRange<Int> { Self.bitsRange }

  package var choosesDepth: Bool {
    if case .depthSearch = shape { true } else { false }
  }

  package var withoutOwnBudget: TrainedArm {
    var arm = self
    arm.epochs = nil
    return arm
  }

  package var withoutOwnSeeds: TrainedArm {
    var arm = self
    arm.searchSeeds = nil
    return arm
  }
}
