import Dispatch
import Platform

/// Times a session from its start to its end.
public struct SessionClock: Sendable {
  /// What is known of the session at its start.
  public private(set) var session: Session
  private let start = ContinuousClock.now
  private let commit = Commit()

  /// Starts a session that works on a plan, or on a part of it.
  public init(jobs: Int, shard: Shard? = nil) {
    session = Session(jobs: jobs, shard: shard)
  }

  /// What is known of the session at its end.
  public mutating func end(trials: Int) -> Session {
    session.ended = Clock.utc
    session.trials = trials
    session.wallSeconds = (ContinuousClock.now - start) / .seconds(1)
    session.cpuSeconds = Clock.processSeconds
    session.commit = commit.text
    return session
  }

  /// Asks for the commit beside the trials, since another program has to answer.
  private final class Commit: @unchecked Sendable {
    private var found = ""
    private let answered = DispatchGroup()

    init() {
      DispatchQueue.global().async(group: answered) { [self] in found = Tool.commit() }
    }

    var text: String {
      answered.wait()
      return found
    }
  }
}
