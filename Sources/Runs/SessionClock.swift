public import Experiments
import Platform

/// Times a session from its start to its end.
public struct SessionClock: Sendable {
  private let began = ContinuousClock.now
  private let started = Clock.now
  /// Asked for when the session is, since another program has to answer.
  private var commit: BuildCommit?
  private let sources: String
  private var session: Session?

  /// Starts; `sources` is the hash of those that the program is built from, empty where unknown.
  public init(sources: String = "") { self.sources = sources }

  /// What is known at the start of a session that works on a plan, or on a part of it.
  public mutating func session(jobs: Int, shard: Shard? = nil) -> Session {
    commit = BuildCommit(of: sources)
    let session = Session(jobs: jobs, shard: shard, started: Clock.utc(started))
    self.session = session
    return session
  }

  /// What is known of the session at its end.
  public func end(trials: Int) -> Session {
    guard var session else { preconditionFailure("no session was started") }
    session.ended = Clock.utc(Clock.now)
    session.trials = trials
    session.wallSeconds = (ContinuousClock.now - began) / .seconds(1)
    session.cpuSeconds = Clock.processSeconds
    session.commit = commit?.text ?? ""
    return session
  }
}
