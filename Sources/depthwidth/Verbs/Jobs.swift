import Platform

/// How many trials run at a time.
enum Jobs {
  static let flag = Flag(
    name: "--jobs", value: "COUNT",
    help: "Trials at a time, as far as there are cores; all cores by default.")

  /// What `--jobs` says, or the cores that the scheduler gives this task, or all.
  static func count(_ arguments: Arguments) throws(UsageError) -> Int {
    if let jobs = try arguments.whole("--jobs", in: 1...1_024) { return jobs }
    // Inside a task of Slurm the cores of the machine are not all ours.
    let task = Machine.environment("SLURM_CPUS_PER_TASK").flatMap { Int($0) } ?? 0
    return task > 0 ? task : Machine.cores
  }
}
