/// How a network is trained.
public enum Optimizer: Hashable, Sendable {
  /// Steps against the gradient of a mean loss over the rows of a batch.
  case gradient(GradientRule, batch: Batch)

  /// Damped Gauss–Newton steps on the squared error over all rows, for small networks.
  case levenbergMarquardt(LevenbergMarquardt)
}

/// The rows that one step looks at.
public enum Batch: Hashable, Sendable {
  /// All rows, in one step an epoch.
  case full
  /// That many rows a step, in a new random order each epoch; the last step takes what is left.
  case rows(Int)
}

/// How long a training run may go on.
public struct Budget: Hashable, Sendable {
  /// The most epochs (passes over all rows) that may be spent.
  public var epochs: Int
  /// Whether the run ends as soon as every row is right.
  ///
  /// Otherwise it spends all its epochs, and is solved when every row is right at its end.
  public var stopsWhenSolved: Bool

  /// At most `epochs` passes over the rows.
  public init(epochs: Int, stopsWhenSolved: Bool = true) {
    precondition(epochs >= 0, "a budget of \(epochs) epochs")
    self.epochs = epochs
    self.stopsWhenSolved = stopsWhenSolved
  }
}

/// What a training run has to know besides the network and the rows.
public struct TrainingSettings: Hashable, Sendable {
  /// How each step is found.
  public var optimizer: Optimizer
  /// When the run ends.
  public var budget: Budget
  /// Loss, weight decay and schedule; those of ``LevenbergMarquardt`` are its own.
  public var options: GradientOptions

  /// Settings with the given optimizer, budget and options.
  public init(
    optimizer: Optimizer, budget: Budget, options: GradientOptions = GradientOptions()
  ) {
    if case .levenbergMarquardt = optimizer {
      precondition(
        options == GradientOptions(), "Levenberg–Marquardt has a loss and steps of its own")
    }
    self.optimizer = optimizer
    self.budget = budget
    self.options = options
  }
}
