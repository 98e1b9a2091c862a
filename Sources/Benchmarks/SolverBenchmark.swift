import Experiments
import Networks
import Parity
import Training

/// How long the solvers take that need no learning rate: an iteration of Levenberg–Marquardt, and the
/// search for the fewest frozen random units, with its certificates.
public enum SolverBenchmark {
  /// Steps of one solver on one core.
  public struct Workload: Sendable {
    /// The name in the first column.
    public let name: String
    let trials: Int
    /// The work of one trial, given its seed; says how many steps it was.
    let run: @Sendable (_ seed: Int) -> Int
  }

  /// The workloads: Levenberg–Marquardt by n and tanh units, then frozen units by n.
  public static let workloads =
    [(8, 5), (10, 6), (12, 7)].map { bits, units in
      Workload(name: "lm-\(bits)-\(units)", trials: 6) {
        iterations(bits: bits, units: units, seed: $0)
      }
    }
    + [8, 10].flatMap { bits in
      [Activation.step, .relu, .tanh].map { activation in
        Workload(name: "frozen-\(activation.rawValue)-\(bits)", trials: bits == 8 ? 4 : 1) {
          bisection(of: activation, bits: bits, seed: $0)
        }
      }
    }

  /// The columns of ``fields(of:)``: a step is an iteration, or a whole search; seconds are those of
  /// all steps, the least of three runs, or of those that go into a second.
  public static let columns = ["workload", "trials", "steps", "seconds", "milliseconds_per_step"]

  /// Runs all trials of a workload one after the other, and says how long that took.
  public static func fields(of workload: Workload) -> [String] {
    var steps = 0
    var seconds: [Double] = []
    while seconds.count < 3 || seconds.reduce(0, +) < 1 {
      let start = ContinuousClock.now
      steps = (1...workload.trials).reduce(0) { $0 + workload.run($1) }
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    let best = seconds.min() ?? .nan
    return [
      workload.name, "\(workload.trials)", "\(steps)", "\(best)", "\(best / Double(steps) * 1e3)",
    ]
  }

  private static func iterations(bits: Int, units: Int, seed: Int) -> Int {
    let architecture = Architecture(inputs: bits, hidden: [units], activation: .tanh)
    var generator = SeededGenerator(seed: UInt64(seed), stream: "benchmark")
    let start = Initialization.glorot(architecture, using: &generator)
    let table = ParityTable(ParityTask(bits: bits), coding: .plusMinusOne)
    let settings = TrainingSettings(
      optimizer: .levenbergMarquardt(LevenbergMarquardt()),
      budget: Budget(epochs: 300, stopsWhenSolved: false))
    let end = train(start, on: table, settings, order: &generator)
    // A training that did something else would be worth nothing.
    precondition(end.reason != .diverged && end.epochs > 0, "n=\(bits), seed \(seed) diverged")
    return end.epochs
  }

  private static func bisection(of activation: Activation, bits: Int, seed: Int) -> Int {
    let features = FrozenFeatures(activation: activation, bits: bits, seed: UInt64(seed))
    let trial = FrozenTrial(
      arm: "benchmark", features: features, labels: .parity, range: features.usualRange, seed: seed)
    let record = trial.run()
    precondition(record.outcome == .solved, "n=\(bits), seed \(seed): no number of units is enough")
    return 1
  }
}
