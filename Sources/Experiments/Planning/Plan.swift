import Networks
import Parity
import Training

/// The trials of an experiment in their order: arm by arm, n by n, from small to large, seed by seed.
public struct Plan: Sendable {
  /// More trials than this is a slip, not a plan.
  public static let trialLimit = 2_000_000

  /// The experiment it carries out.
  public let experiment: Experiment

  /// The trials, with different keys.
  public let trials: [Trial]

  /// Lays out every trial of `experiment`, or says which setting is impossible.
  public init(_ experiment: Experiment) throws(InputError) {
    self.experiment = experiment
    try experiment.checkShapes()
    var trials: [Trial] = []
    for (index, arm) in experiment.arms.enumerated() {
      let place = "arms[\(index)]"
      for bits in experiment.bits where arm.bits?.contains(bits) ?? true {
        let shapes = try Self.shapes(of: arm, place, bits, experiment)
        guard trials.count + shapes.count * experiment.seeds.count <= Self.trialLimit else {
          throw InputError(
            experiment.file, at: place,
            .unexpected(
              found: "more than \(Self.trialLimit) trials up to n = \(bits)",
              expected: "fewer widths, seeds or bits"))
        }
        trials += try Self.trials(of: arm, place, bits, shapes, experiment)
      }
    }
    self.trials = trials
  }

  /// An upper bound of the work of all trials: Σ rows · epochs · parameters.
  public var work: UInt128 { trials.reduce(0) { $0 + $1.work } }

  /// The most bytes that the trials of `jobs` workers can hold at a time.
  public func memory(jobs: Int) -> Int {
    trials.map(\.memory).sorted(by: >).prefix(jobs).reduce(0) {
      let (sum, overflow) = $0.addingReportingOverflow($1)
      return overflow ? .max : sum
    }
  }

  /// The hash of every trial's settings: two plans with the same fingerprint have the same results.
  public var fingerprint: String {
    let text = trials.map(\.settings).joined(separator: "\n")
    let digits = String(FNV1a.hash(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Plan {
  private static func shapes(
    of arm: Arm, _ place: String, _ bits: Int, _ experiment: Experiment
  ) throws(InputError) -> [[Int]] {
    do {
      return try arm.hiddenWidths(atBits: bits)
    } catch {
      throw InputError(experiment.file, at: "\(place).\(error.key)", error.inputProblem)
    }
  }

  private static func trials(
    of arm: Arm, _ place: String, _ bits: Int, _ shapes: [[Int]], _ experiment: Experiment
  ) throws(InputError) -> [Trial] {
    let task = try task(of: arm, place, bits, experiment)
    let heldOut = try heldOutRows(of: arm, place, bits, experiment)
    var trials: [Trial] = []
    for hidden in shapes {
      let training = TrainingSettings(
        optimizer: arm.optimizer, batch: arm.batch, epochs: arm.epochs ?? experiment.epochs,
        // Stopping because the held-out rows are right would be looking at them.
        stopsWhenSolved: heldOut == 0)
      for seed in experiment.seeds {
        trials.append(
          Trial(
            arm: arm.name, task: task,
            architecture: Architecture(
              inputs: bits, hidden: hidden, connections: arm.connections,
              activation: arm.activation),
            initialization: arm.initialization, coding: arm.coding, training: training,
            heldOutRows: heldOut, seed: seed))
      }
    }
    return trials
  }

  private static func task(
    of arm: Arm, _ place: String, _ bits: Int, _ experiment: Experiment
  ) throws(InputError) -> ParityTask {
    guard let relevant = arm.relevant else { return ParityTask(bits: bits) }
    do {
      return ParityTask(
        bits: bits, firstRelevant: try relevant.whole(atBits: bits, in: 1...bits))
    } catch {
      throw InputError(experiment.file, at: "\(place).k", .formula(relevant.text, error))
    }
  }

  /// The share of the rows to the nearest whole number: at least one on either side.
  private static func heldOutRows(
    of arm: Arm, _ place: String, _ bits: Int, _ experiment: Experiment
  ) throws(InputError) -> Int {
    guard let share = arm.heldOut else { return 0 }
    let rows = 1 << bits
    let heldOut = Int((share * Double(rows)).rounded())
    guard (1..<rows).contains(heldOut) else {
      throw InputError(
        experiment.file, at: "\(place).heldOut",
        .unexpected(
          found: "\(share), which is \(heldOut) of \(rows) rows at n = \(bits)",
          expected: "at least one row on either side"))
    }
    return heldOut
  }
}
