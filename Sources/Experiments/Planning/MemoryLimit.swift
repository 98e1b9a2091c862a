import Foundation

/// How much memory there is.
enum MemoryLimit {
  /// The bytes this process may use: the machine's, or less where a container limits it.
  static var bytes: Int {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(physical, controlGroup ?? physical)
  }

  /// The limit of the Linux control group, if one is set.
  private static var controlGroup: Int? {
    let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
    return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }
}

extension Plan {
  /// Refuses a plan whose trials would not fit into memory with so many workers.
  public func checkMemory(jobs: Int) throws(InputError) {
    let needed = memory(jobs: jobs)
    let available = MemoryLimit.bytes
    guard needed <= available else {
      throw InputError(
        experiment.file, .memory(needed: needed, available: available, jobs: jobs))
    }
  }
}
