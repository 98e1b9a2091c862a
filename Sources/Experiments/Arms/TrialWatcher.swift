public import Training

/// Watches a trial on its way, and starts it from what an earlier session handed over.
///
/// Nothing of that reaches the record: a trial that was ended and goes on leaves the bytes of one that
/// was not.
public struct TrialWatcher {
  /// All of a trial on its way, as bytes; nil to begin it.
  let start: [UInt8]?
  /// The seconds that may lie between two questions.
  let grain: Double
  /// Who shares the parts of a large table.
  let crew: Crew
  /// Takes how much is done, of ``TrialWork/count``, and the rows that are right where that is known,
  /// else 0; says what is wanted.
  let ask: (_ done: Int, _ right: Int) -> Request
  /// Takes the loss.
  let loss: (Double) -> Void
  /// Takes all of the trial, as bytes.
  let keep: ([UInt8]) -> Void
  /// Takes note that the start is none of this trial, which begins anew.
  let refuse: () -> Void

  /// A watcher of a trial that begins, or goes on from `start`; about `grain` seconds may lie between
  /// two questions.
  public init(
    from start: [UInt8]?, grain: Double = 0, crew: Crew = .alone,
    ask: @escaping (_ done: Int, _ right: Int) -> Request,
    loss: @escaping (Double) -> Void, keep: @escaping ([UInt8]) -> Void,
    refuse: @escaping () -> Void
  ) {
    (self.start, self.grain, self.crew, self.ask) = (start, grain, crew, ask)
    (self.loss, self.keep, self.refuse) = (loss, keep, refuse)
  }

  /// Reads the start by `read`, or takes note that it is none.
  func start<State>(_ read: ([UInt8]) -> State?) -> State? {
    guard let start else { return nil }
    let state = read(start)
    if state == nil { refuse() }
    return state
  }

  /// Asks, and grants what is wanted; returns whether the trial goes on.
  func goesOn(_ done: Int, right: Int = 0, _ bytes: () -> [UInt8]) -> Bool {
    switch ask(done, right) {
    case .nothing, .loss: return true
    case .checkpoint:
      keep(bytes())
      return true
    case .end:
      keep(bytes())
      return false
    }
  }
}

/// What a trial counts while it is on its way.
public struct TrialWork: Equatable, Sendable {
  /// How much of it there is, at most.
  public let count: Int
  /// What is counted.
  public let unit: Unit

  /// The units of work.
  public enum Unit: String, CaseIterable, Sendable {
    /// Passes over the rows.
    case epochs
    /// Rows that are checked.
    case rows
    /// Numbers of units that are decided.
    case decisions
  }
}
