public import Networks

/// How a training run ended.
public enum StopReason: String, Sendable {
  /// Every row has a logit of the right sign.
  case solved
  /// The epochs were used up, or ``LevenbergMarquardt`` no longer finds a step that helps.
  case budget
  /// The loss or a parameter stopped being finite.
  case diverged
  /// A ``Watcher`` asked for the end and has the checkpoint; nothing is decided.
  case stopped
}

/// The end of a training run.
public struct TrainingResult: Sendable {
  /// Why it ended.
  public let reason: StopReason
  /// The epochs spent before the end, 0 when the initial network already solved all rows.
  public let epochs: Int
  /// The score on the training rows at the end.
  public let score: Score
  /// The network at the end.
  public let network: Network
  /// The smallest |logit| on the training rows; nil where the trainer did not ask for it.
  public var margin: Double?
}
