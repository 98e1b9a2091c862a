/// What a training on its way is asked for.
public enum Request: Sendable {
  /// Nothing: it goes on.
  case nothing
  /// The loss, to be shown and not to be relied on; then it goes on.
  case loss
  /// A checkpoint; then it goes on.
  case checkpoint
  /// A checkpoint, and to end with ``StopReason/stopped``.
  case end
}

/// Watches a training, and starts it from a checkpoint if there is one.
///
/// A training tells its watcher how far it is in every epoch, or in every so many, and does what it is
/// asked for. Nothing of that reaches a result: a training that was stopped and goes on from
/// its checkpoint ends with the bytes of one that was not.
public struct Watcher {
  /// Where the training goes on; nil to begin with the network given.
  ///
  /// It must fit: ``Checkpoint/fits(_:on:_:)``.
  public let start: Checkpoint?
  /// How many epochs less one lie between two questions, in bits: 0 where every epoch asks.
  let mask: Int
  /// Who shares the parts of a large table.
  public let crew: Crew
  /// Takes the epochs spent and the rows that are right, and says what is wanted.
  public let ask: (_ epoch: Int, _ solvedRows: Int) -> Request
  /// Takes the mean logistic loss on the training rows, or on some of them where there are many.
  public let loss: (Double) -> Void
  /// Takes a checkpoint.
  public let keep: (Checkpoint) -> Void

  /// A watcher of a training that begins, or goes on from `start`.
  ///
  /// A question takes some ten nanoseconds. Where that counts, only the epochs that 2^`sparseness`
  /// divides ask.
  public init(
    from start: Checkpoint? = nil, sparseness: Int = 0, crew: Crew = .alone,
    ask: @escaping (_ epoch: Int, _ solvedRows: Int) -> Request,
    loss: @escaping (Double) -> Void = { _ in }, keep: @escaping (Checkpoint) -> Void
  ) {
    precondition((0...30).contains(sparseness), "2^\(sparseness) epochs between two questions")
    self.start = start
    self.crew = crew
    mask = (1 << sparseness) - 1
    self.ask = ask
    self.loss = loss
    self.keep = keep
  }

  /// Grants what was asked for; returns whether the training ends.
  func grants(_ request: Request, loss: () -> Double, checkpoint: () -> Checkpoint) -> Bool {
    switch request {
    case .nothing: return false
    case .loss:
      self.loss(loss())
      return false
    case .checkpoint, .end:
      keep(checkpoint())
      return request == .end
    }
  }
}
