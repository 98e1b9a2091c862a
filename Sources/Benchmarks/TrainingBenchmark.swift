import Networks
import Parity
import Platform
import Runs
import Synchronization
import Training

/// How fast networks are trained, beside the multiply-add peak of the core.
public struct TrainingBenchmark: Sendable {
  /// Trainings of one shape: ±1 inputs, logistic loss, exactly `epochs` epochs.
  public struct Workload: Sendable {
    /// The name in the first column.
    public let name: String
    let bits: Int
    let hidden: [Int]
    let activation: Activation
    let seeds: Int
    let epochs: Int
    var examples = TrainingExamples.table

    var architecture: Architecture {
      Architecture(inputs: bits, hidden: hidden, activation: activation)
    }

    /// The floating-point operations of one epoch as dense products of matrices: a multiply-add is
    /// two, for each row, each weight, forward and backward and, but in the first layer, once more
    /// for the gradient of the values below.
    var operations: Double {
      let layers = architecture.layers
      let weights = layers.map { Double($0.weights.count) }
      let rows = Double(examples.rows(ofBits: bits))
      return rows * (4 * weights[0] + 6 * weights.dropFirst().reduce(0, +))
    }

    /// The least seconds that one epoch can take by what the kernels have to do, on a core with this
    /// multiply-add peak; nil for activations whose operations are not counted.
    ///
    /// Along the cube that is, for each unit and eight rows, an addition, a maximum and a multiply-add
    /// forward, a comparison, a selection and 14/8 additions backward, with units for four of them in
    /// a cycle, two of which are for multiply-adds. Deeper layers are three products each.
    func floor(peak: Double) -> Double? {
      guard activation == .relu, case .table = examples else { return nil }
      let rows = Double(1 << bits)
      if hidden.count == 1 {
        return rows / 8 * Double(hidden[0]) * (5 + 14.0 / 8) / (peak / 8)
      }
      let deeper = architecture.layers.dropFirst().reduce(0) { $0 + $1.weights.count }
      return rows * 6 * Double(deeper) / peak
    }
  }

  /// The workloads on whole tables with ReLU, then the same with tanh, one training that all workers
  /// share, and those in batches.
  public static let workloads = tables + [shared] + batches

  private static let shared = Workload(
    name: "W7-tanh", bits: 18, hidden: [108], activation: .tanh, seeds: 1, epochs: 20)

  private static let tables = [Activation.relu, .tanh].flatMap { activation in
    [
      ("W1", 6, [16], 64, 2000),
      ("W2", 10, [512], 4, 200),
      ("W3a", 12, [2048], 1, 50),
      ("W3b", 14, [8192], 1, 5),
      ("W4", 8, [32, 32, 32], 32, 1000),
      ("W5", 12, [64, 64, 64, 64], 4, 100),
    ].map { name, bits, hidden, seeds, epochs in
      Workload(
        name: activation == .relu ? name : "\(name)-\(activation.rawValue)", bits: bits,
        hidden: hidden, activation: activation, seeds: seeds, epochs: epochs)
    }
  }

  /// The columns of ``fields(of:jobs:)``.
  public static let columns = [
    "workload", "implementation", "version", "cores", "trials", "epochs", "seconds",
    "microseconds_per_trial_epoch", "gflop_per_second", "fraction_of_peak", "peak_megabytes",
    "fraction_of_floor",
  ]

  /// The multiply-add peak of a core, in floating-point operations a second.
  public let peak: Double

  /// Measures the peak first.
  public init() {
    let steps = 20_000_000
    var best = Double.infinity
    for _ in 0..<5 {
      let start = ContinuousClock.now
      let sum = MultiplyAddPeak.run(steps: steps)
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
      precondition(sum.isFinite, "chains that shrink stay finite")
    }
    peak = Double(MultiplyAddPeak.operations(steps: steps)) / best
  }

  /// The row of the peak itself.
  public var peakFields: [String] {
    [
      "peak", "depthwidth", Tool.version, "1", "", "", "", "", "\(peak / 1e9)", "1.0",
      "\(Self.peakMegabytes)", "",
    ]
  }

  /// Trains all seeds of a workload on `jobs` workers and says how long that took: the median of the
  /// runs that go into a second, three at least, after one that warms all cores up.
  ///
  /// The least time would be that of a moment without neighbours, and of one that a short run is more
  /// likely to meet: on a shared machine neither the speed of a sweep nor comparable with a peer's.
  public func fields(of workload: Workload, jobs: Int) async -> [String] {
    let starts = (0..<workload.seeds).map { workload.start(seed: $0) }
    await Self.train(workload, starts, jobs: jobs)
    var runs: [Double] = []
    while runs.count < 3 || runs.reduce(0, +) < 1 {
      let start = ContinuousClock.now
      await Self.train(workload, starts, jobs: jobs)
      runs.append((ContinuousClock.now - start) / .seconds(1))
    }
    let seconds = runs.sorted()[runs.count / 2]
    let trialEpochs = Double(workload.seeds * workload.epochs)
    let rate = workload.operations * trialEpochs / seconds
    let floor = workload.floor(peak: peak).map { $0 * trialEpochs / seconds / Double(jobs) }
    return [
      workload.name, "depthwidth", Tool.version, "\(jobs)", "\(workload.seeds)",
      "\(workload.epochs)", "\(seconds)", "\(seconds / trialEpochs * 1e6)", "\(rate / 1e9)",
      "\(rate / peak / Double(jobs))", "\(Self.peakMegabytes)", floor.map { "\($0)" } ?? "",
    ]
  }

  /// Workers without a seed help the others with their tables, as those of a run do.
  private static func train(_ workload: Workload, _ starts: [Start], jobs: Int) async {
    let idle = IdleWorkers(workers: jobs)
    let busy = Count(jobs)
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<jobs {
        group.addTask {
          for seed in stride(from: worker, to: workload.seeds, by: jobs) {
            workload.train(starts[seed], idle.crew)
          }
          if busy.decrement() == 0 { idle.end() } else { await idle.help() }
        }
      }
    }
  }

  /// The workers that have a seed.
  private final class Count: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func decrement() -> Int {
      left.withLock { left in
        left -= 1
        return left
      }
    }
  }

  /// The most memory the process has held, in 10^6 bytes.
  private static var peakMegabytes: Double {
    Machine.peakMemory.map { Double($0) / 1e6 } ?? .nan
  }
}
