import Platform

/// Times a session from its start to its end.
public struct SessionClock: Sendable {
  private let start = ContinuousClock.now
  private let started = Clock.now
  /// Asked for when a session starts, since another program has to answer.
  private var commit: ProgramAnswer?

  /// Starts a session.
  public init() {}

  /// What is known at the start of a session that works on a plan, or on a part of it.
  public mutating func session(jobs: Int, shard: Shard? = nil) -> Session {
    commit = Tool.commit()
    return Session(jobs: jobs, shard: shard, started: Clock.utc(started))
  }

  /// What is known of a session at its end.
  public func end(_ session: Session, trials: Int) -> Session {
    var session = session
    session.ended = Clock.utc(Clock.now)
    session.trials = trials
    session.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
    session.cpuSeconds = Clock.processSeconds
    session.commit = commit?.text() ?? ""
    return session
  }
}
