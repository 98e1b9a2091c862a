package import Experiments
import Parity
import Platform

/// Where results come from: what differs from run to run and so stays out of the CSV files.
public struct Provenance: Equatable, Sendable {
  /// The experiment's name.
  let experiment: String
  /// The hash of the experiment's file.
  var experimentHash: String
  /// The fingerprint of the plan, which overrides and shards change as well.
  var plan: String
  /// The processes that worked on it, in order.
  var sessions: [Session] = []

  init(plan: Plan) {
    experiment = plan.experiment.name
    experimentHash = plan.experiment.hash
    self.plan = plan.fingerprint
  }

  /// Speaks of a plan that has grown or changed from now on.
  mutating func follow(_ plan: Plan) {
    experimentHash = plan.experiment.hash
    self.plan = plan.fingerprint
  }

  /// Adds a session, or takes the place of what was noted of it before.
  mutating func note(_ session: Session) {
    let index = sessions.lastIndex {
      $0.started == session.started && $0.process == session.process && $0.shard == session.shard
    }
    if let index { sessions[index] = session } else { sessions.append(session) }
  }
}

/// One process that worked on a run.
public struct Session: Equatable, Sendable {
  /// The version of the tool.
  var version = Tool.version
  /// The commit that the program was built from, or `unknown: ` and why; empty until the end.
  var commit = ""
  /// The compiler.
  var compiler = Tool.compiler
  /// The system, as `uname` names it.
  var system = Machine.system
  /// The processor.
  var processor = Machine.processor
  /// The cores that the process could use.
  var cores = Machine.cores
  /// The trials that ran at a time.
  var jobs: Int
  /// The part of the plan it worked on, `3/8`; empty for all of it.
  var shard = ""
  /// Its number in the system.
  let process: Int
  /// When it started, in UTC.
  var started: String
  /// When it ended, in UTC; empty where it was killed.
  var ended = ""
  /// The trials that it finished.
  var trials = 0
  /// The time from start to end, in seconds.
  var wallSeconds = 0.0
  /// The processor time of all its threads, in seconds.
  var cpuSeconds = 0.0

  package init(jobs: Int, shard: Shard? = nil, started: String) {
    self.jobs = jobs
    self.started = started
    process = Machine.process
    self.shard = shard?.description ?? ""
  }
}

/// The tool itself.
public enum Tool {
  /// Its version, by semantic versioning.
  public static let version = "0.1.0"

  /// What it was compiled with, as far as a program can tell.
  static var compiler: String {
    #if compiler(>=6.5)
      let name = "Swift 6.5 or later"
    #elseif compiler(>=6.4)
      let name = "Swift 6.4"
    #elseif compiler(>=6.3)
      let name = "Swift 6.3"
    #else
      let name = "Swift 6.2"
    #endif
    #if DEBUG
      return "\(name), debug"
    #else
      return name
    #endif
  }
}
