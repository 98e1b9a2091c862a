import Experiments

/// `benchmark`: how fast the machine is at what the experiments do.
enum BenchmarkVerb {
  static let verb = Verb(
    name: "benchmark",
    summary: "Time the check of circuits on every row, beside the machine's bound, as CSV.",
    usage: "benchmark [WORKLOAD]",
    details: """
      Prints a line a workload on stdout: the least of three runs on one core. The bound is one
      256-bit operation for each gate and cycle; a check that need not look at every gate on every
      row can be above it. Build with -c release.
      """,
    flags: [],
    example: "depthwidth benchmark xor-tree-20",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let all = CircuitBenchmark.workloads
    let name = try arguments.onlyArgument()
    let chosen = all.filter { name == nil || $0.name == name }
    guard !chosen.isEmpty else {
      throw UsageError.unknownWord(name ?? "", valid: all.map(\.name))
    }
    #if DEBUG
      Terminal.message("a debug build: these times say nothing, use -c release")
    #endif
    let benchmark = CircuitBenchmark()
    print(CSV.line(CircuitBenchmark.columns), terminator: "")
    for workload in chosen {
      print(CSV.line(try benchmark.fields(of: workload)), terminator: "")
    }
    return .done
  }
}
