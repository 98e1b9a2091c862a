import Parity
public import Tables

/// The trials of an experiment in their order: arm by arm, n by n, from small to large, seed by seed.
public struct Plan: Sendable {
  /// More trials than this is a slip, not a plan.
  public static let trialLimit = 2_000_000

  /// The experiment it carries out.
  public let experiment: Experiment

  /// The trials, with different keys.
  public let trials: [Trial]

  /// The part of the experiment it is; nil for all of it.
  public let shard: Shard?

  /// Lays out every trial of `experiment`, or says which setting is impossible.
  public init(_ experiment: Experiment) throws(InputError) {
    try experiment.checkShapes()
    var trials: [Trial] = []
    for (index, arm) in experiment.arms.enumerated() {
      let place = "arms[\(index)]"
      for bits in experiment.bits where arm.bits?.contains(bits) ?? true {
        let room = Self.trialLimit - trials.count
        guard let more = try Self.trials(of: arm, place, bits, experiment, atMost: room) else {
          throw InputError(
            experiment.file, at: place,
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

  init(_ experiment: Experiment, _ trials: [Trial], _ shard: Shard?) {
    self.experiment = experiment
    self.trials = trials
    self.shard = shard
  }

  /// An upper bound of the work of all trials: Σ rows · epochs · parameters.
  public var work: UInt128 {
    trials.reduce(0) {
      let (sum, overflow) = $0.addingReportingOverflow($1.work)
      return overflow ? .max : sum
    }
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
    FNV1a.digits(of: Array(trials.map(\.settings).joined(separator: "\n").utf8))
  }
}

extension Plan {
  /// The trials of an arm at one n, or nil if there are more than `room`.
  private static func trials(
    of arm: Arm, _ place: String, _ bits: Int, _ experiment: Experiment, atMost room: Int
  ) throws(InputError) -> [Trial]? {
    do {
      let trials: [Trial]? =
        switch arm.subject {
        case .trained(let settings):
          try settings.trials(of: arm.name, atBits: bits, experiment, atMost: room)?
            .map(Trial.training)
        case .exact(let settings):
          try settings.trials(of: arm.name, atBits: bits, experiment).map(Trial.exact)
        case .frozen(let settings):
          try settings.trials(of: arm.name, atBits: bits, experiment).map(Trial.frozen)
        }
      return trials.flatMap { $0.count <= room ? $0 : nil }
    } catch {
      throw InputError(experiment.file, at: "\(place).\(error.key)", error.problem)
    }
  }
}
