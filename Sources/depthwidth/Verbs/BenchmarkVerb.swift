import Benchmarks
import Experiments
import Tables

/// `benchmark`: how fast the machine is at what the experiments do.
enum BenchmarkVerb {
  static let verb = Verb(
    name: "benchmark",
    summary: "Time training, solvers, or the check of circuits, as CSV.",
    usage: "benchmark [GROUP-or-WORKLOAD] [--jobs COUNT]",
    details: """
      Prints a line for each workload on stdout. The groups are training (the default), solvers,
      circuits and peak; a workload of a group can be named alone. training: networks on whole truth
      tables (W) and in batches, on samples and on streams (M), all seeds at once, beside the core's
      multiply-add peak; the time is the median of the runs in a second, of three at least. FLOPs are
      those of dense products, rows × (4 × first-layer weights + 6 × the others); a kernel that knows
      the table or bits needs fewer and can be above the peak. fraction_of_floor is the least time for the operations that it does need over the time it took.
      solvers: iterations of Levenberg-Marquardt and searches for the fewest frozen units. circuits:
      the check of every row, beside one 256-bit operation for each gate and cycle. The times of both
      are the least of three runs or more. Build with -c release.
      """,
    flags: [
      Flag(name: "--jobs", value: "COUNT", help: "Seeds of a training at a time; 1 by default.")
    ],
    example: "depthwidth benchmark W2 --jobs 2",
    run: run)

  private static let groups = ["training", "solvers", "circuits", "peak"]

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let name = try arguments.onlyArgument() ?? "training"
    let jobs = try arguments.whole("--jobs", in: 1...1_024) ?? 1
    let circuits = CircuitBenchmark.workloads.filter { name == "circuits" || $0.name == name }
    let trainings = TrainingBenchmark.workloads.filter { name == "training" || $0.name == name }
    let solvers = SolverBenchmark.workloads.filter { name == "solvers" || $0.name == name }
    guard !circuits.isEmpty || !trainings.isEmpty || !solvers.isEmpty || name == "peak" else {
      throw UsageError.unknownWord(
        name,
        valid: groups + TrainingBenchmark.workloads.map(\.name)
          + SolverBenchmark.workloads.map(\.name) + CircuitBenchmark.workloads.map(\.name))
    }
    // Only a training has seeds that several workers can share.
    if trainings.isEmpty, arguments.has("--jobs") { throw UsageError.conflict("--jobs", name) }
    #if DEBUG
      Terminal.message("a debug build: these times say nothing, use -c release")
    #endif
    if !circuits.isEmpty {
      try runCircuits(circuits)
    } else if !solvers.isEmpty {
      runSolvers(solvers)
    } else {
      await runTrainings(trainings, jobs: jobs, showsPeak: groups.contains(name))
    }
    return .done
  }

  @MainActor
  private static func runTrainings(
    _ workloads: [TrainingBenchmark.Workload], jobs: Int, showsPeak: Bool
  ) async {
    let benchmark = TrainingBenchmark()
    Terminal.write(CSV.line(TrainingBenchmark.columns))
    if showsPeak { Terminal.write(CSV.line(benchmark.peakFields)) }
    for workload in workloads {
      Terminal.write(CSV.line(await benchmark.fields(of: workload, jobs: jobs)))
    }
  }

  private static func runSolvers(_ workloads: [SolverBenchmark.Workload]) {
    Terminal.write(CSV.line(SolverBenchmark.columns))
    for workload in workloads {
      Terminal.write(CSV.line(SolverBenchmark.fields(of: workload)))
    }
  }

  private static func runCircuits(_ workloads: [CircuitBenchmark.Workload]) throws {
    let benchmark = CircuitBenchmark()
    Terminal.write(CSV.line(CircuitBenchmark.columns))
    for workload in workloads {
      Terminal.write(CSV.line(try benchmark.fields(of: workload)))
    }
  }
}
