import Platform

/// How many trials run at a time.
enum Jobs {
  static let flag = Flag(
    name: "--jobs", value: "COUNT",
    help: "Trials at a time, as far as there are cores; all cores by default.")

  /// The number behind `--jobs`; without it the cores that Slurm gives this task, else all cores.
  static func count(_ arguments: Arguments) throws(UsageError) -> Int {
    if let jobs = try arguments.whole("--jobs", in: 1...1_024) { return jobs }
    // A task of Slurm may use only some of the machine's cores.
    let task = Machine.environment("SLURM_CPUS_PER_TASK").flatMap { Int($0) } ?? 0
    return task > 0 ? task : Machine.cores
  }
}
