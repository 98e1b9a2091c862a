public import Circuits
import Parity

/// How fast circuits are checked on every row, beside the bound of the machine.
public struct CircuitBenchmark: Sendable {
  /// One circuit, checked on all its rows.
  public struct Workload: Sendable {
    /// The name in the first column.
    public let name: String
    let family: CircuitFamily
    let bits: Int
  }

  /// The workloads, small ones first.
  public static let workloads = [
    Workload(name: "xor-tree-20", family: .xorTree, bits: 20),
    Workload(name: "xor-tree-24", family: .xorTree, bits: 24),
    Workload(name: "xor-tree-30", family: .xorTree, bits: 30),
    Workload(name: "nand-tree-24", family: .nandTree, bits: 24),
    Workload(name: "blocks-3-20", family: .blocks(depth: 3), bits: 20),
    Workload(name: "dnf-16", family: .dnf, bits: 16),
    Workload(name: "dnf-20", family: .dnf, bits: 20),
  ]

  /// The columns of ``fields``: seconds are the least of three runs of the check alone, and the bound
  /// is one 256-bit operation for each gate in each cycle of one core.
  public static let columns = [
    "workload", "rows", "gates", "seconds", "row_gates_per_second", "bound_row_gates_per_second",
    "fraction_of_bound",
  ]

  private let cyclesPerSecond: Double

  /// Measures the clock of the core first.
  public init() {
    cyclesPerSecond = Self.measureClock()
  }

  /// Builds and checks one circuit, and says how long the check took.
  public func fields(of workload: Workload) throws(CircuitError) -> [String] {
    let circuit = try workload.family.circuit(inputs: workload.bits)
    let task = ParityTask(bits: workload.bits)
    var best = Double.infinity
    for _ in 0..<3 {
      let start = ContinuousClock.now
      let verification = try circuit.verify(task)
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
      // A check that timed something else would be worth nothing.
      guard verification == .verified(rows: task.rowCount) else {
        preconditionFailure("\(workload.name) is wrong: \(verification)")
      }
    }
    let size = circuit.size
    let rate = Double(task.rowCount) * Double(size.gates) / best
    let bound = 256 * cyclesPerSecond
    return [
      workload.name, "\(task.rowCount)", "\(size.gates)", "\(best)", "\(rate)", "\(bound)",
      "\(rate / bound)",
    ]
  }

  /// Cycles per second, from a chain of shifts and exclusive ors that each take one cycle and wait
  /// for one another: the least time of five chains.
  private static func measureClock() -> Double {
    let steps = 20_000_000
    var word: UInt64 = 0x9E37_79B9_7F4A_7C15
    var best = Double.infinity
    for _ in 0..<5 {
      let start = ContinuousClock.now
      for _ in 0..<steps {
        word ^= word >> 7
        word ^= word << 9
      }
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
    }
    // Using the word keeps the chain from being left out.
    precondition(word != 0, "an invertible chain cannot reach 0")
    return 4 * Double(steps) / best
  }
}
