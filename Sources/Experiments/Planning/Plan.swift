import Parity
public import Tables

/// The trials of an experiment in their order: arm by arm, n by n, from small to large, seed by seed.
public struct Plan: Sendable {
  /// More trials than this is a slip, not a plan.
  public static let trialLimit = 2_000_000

  /// The experiment it carries out.
  public let experiment: Experiment

  /// The trials, with different keys.
  public let trials: [any Trial]

  /// The part of the experiment it is; nil for all of it.
  public let shard: Shard?

  /// Lays out every trial of `experiment`, or says which setting is impossible.
  public init(_ experiment: Experiment) throws(InputError) {
    var trials: [any Trial] = []
    for arm in experiment.arms {
      try Self.checkBits(of: arm, experiment)
      for bits in experiment.bits where arm.bits?.contains(bits) ?? true {
        let room = Self.trialLimit - trials.count
        guard let more = try Self.trials(of: arm, bits, experiment, atMost: room) else {
          throw InputError(
            experiment.file, at: arm.place,
            .unexpected(
              found: "more than \(Self.trialLimit) trials up to n = \(bits)",
              expected: "fewer widths, seeds or bits"))
        }
        trials += more
      }
    }
    guard !trials.isEmpty else {
      throw InputError(
        experiment.file, at: "arms",
        .unexpected(
          found: "no trial at n = \(experiment.bits.map(String.init).joined(separator: ", "))",
          expected: "an arm that has one"))
    }
    self.init(experiment, trials, nil)
  }

  init(_ experiment: Experiment, _ trials: [any Trial], _ shard: Shard?) {
    self.experiment = experiment
    self.trials = trials
    self.shard = shard
  }

  /// The most bytes that the trials of `jobs` workers can hold at a time.
  public func memory(jobs: Int) -> Int {
    trials.map(\.memory).sorted(by: >).prefix(jobs).reduce(0) {
      let (sum, overflow) = $0.addingReportingOverflow($1)
      return overflow ? .max : sum
    }
  }

  /// The hash of every trial's settings: two plans with the same fingerprint have the same results.
  public var fingerprint: String {
    FNV1a.digits(of: Array(trials.map(\.settingsHash).joined(separator: "\n").utf8))
  }

  /// The files beside trials.csv that its trials leave rows in.
  public var companions: [Companion] {
    Self.allCompanions.filter { companion in trials.contains { companion.isKept($0) } }
      .map { $0.fitted(to: trials) }
  }

  /// The files there can be beside trials.csv: a new one is a file of its own and a name here.
  public static let allCompanions: [Companion] = [.certificates, .curves]
}

extension Plan {
  /// Refuses an n that an arm cannot speak about.
  private static func checkBits(
    of arm: Arm, _ experiment: Experiment
  ) throws(InputError) {
    let range = arm.settings.possibleBits
    guard let other = (arm.bits ?? experiment.bits).first(where: { !range.contains($0) }) else {
      return
    }
    throw InputError(
      experiment.file, at: arm.bits == nil ? "bits" : "\(arm.place).bits",
      .unexpected(
        found: "n = \(other)",
        expected: "n in \(range.lowerBound)...\(range.upperBound) for the arm \(arm.name)"))
  }

  /// The trials of an arm at one n, or nil if there are more than `room`.
  private static func trials(
    of arm: Arm, _ bits: Int, _ experiment: Experiment, atMost room: Int
  ) throws(InputError) -> [any Trial]? {
    do {
      let trials = try arm.settings.trials(
        of: arm.name, atBits: bits, experiment.conditions, atMost: room)
      return trials.flatMap { $0.count <= room ? $0 : nil }
    } catch {
      throw InputError(experiment.file, at: arm.path(of: error.key), error.problem)
    }
  }
}
