import CPlatform

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A limit on the memory of the process, as the system or the scheduler states it.
public struct MemoryLimit: Equatable, Sendable {
  /// What sets the limit, such as `memory.max of the cgroup /a/b`.
  public let name: String
  /// The bytes that it allows.
  public let bytes: Int

  package init(name: String, bytes: Int) {
    (self.name, self.bytes) = (name, bytes)
  }

  /// The lowest limit on the memory that is in use at a time: that of the machine, of a cgroup or one
  /// above it, or of Slurm.
  public static var lowest: MemoryLimit {
    let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let stated = ofGroups() + ofSlurm(Machine.environment)
    return stated.reduce(MemoryLimit(name: "this machine", bytes: physical)) {
      $1.bytes < $0.bytes ? $1 : $0
    }
  }

  /// The limits of the cgroup of the process and of every one above it, in both versions of cgroups;
  /// `root` is the folder in which /proc and /sys lie.
  package static func ofGroups(root: String = "") -> [MemoryLimit] {
    func lines(_ path: String) -> [Substring] {
      let bytes = (try? Files.contents(of: root + path)) ?? []
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
    func parts(_ text: Substring) -> [Substring] {
      text.split(separator: ",", omittingEmptySubsequences: false)
    }
    // Lines such as 4:memory:/a/b, and 0::/a/b for the second version.
    let groups = lines("/proc/self/cgroup").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }.filter { $0.count == 3 }
    let mounts = lines("/proc/self/mountinfo")
    // Where nothing tells of the mounts they may be at their usual places.
    let usual: [Substring] = [
      "0 0 0 / /sys/fs/cgroup - cgroup2 x x", "0 0 0 / /sys/fs/cgroup/memory - cgroup x memory",
    ]
    return (mounts.isEmpty ? usual : mounts).flatMap { mount -> [MemoryLimit] in
      // Number, parent, device, root, place, options and more, a dash, type, source, options.
      let words = mount.split(separator: " ")
      guard let dash = words.dropFirst(5).firstIndex(of: "-"), dash + 3 < words.count,
        words[dash + 1] == "cgroup2"
          || words[dash + 1] == "cgroup" && parts(words[dash + 3]).contains("memory")
      else { return [] }
      let controller = words[dash + 1] == "cgroup2" ? "" : "memory"
      let group = groups.first { parts($0[1]).contains(controller[...]) }?[2] ?? ""
      // In a container the folder of the mount may be that of the group itself.
      let top = words[3] == "/" ? "" : words[3]
      var below = group.hasPrefix(top) ? group.dropFirst(top.count) : ""
      var limits: [MemoryLimit] = []
      while true {
        for file in ["memory.max", "memory.high", "memory.limit_in_bytes"] {
          let text = lines("\(words[4])\(below)/\(file)").first ?? ""
          guard let bytes = Int(text) else { continue }
          let name = "\(file) of the cgroup \(below.isEmpty ? "/" : below)"
          limits.append(MemoryLimit(name: name, bytes: bytes))
        }
        guard let slash = below.lastIndex(of: "/") else { return limits }
        below = below[..<slash]
      }
    }
  }

  /// What Slurm grants the job on this node, in megabytes; 0 stands for all there is.
  package static func ofSlurm(_ environment: (String) -> String?) -> [MemoryLimit] {
    func limit(_ name: String, times count: Int = 1) -> MemoryLimit? {
      let megabytes = environment(name).flatMap { Int($0) } ?? 0
      let (bytes, overflow) = megabytes.multipliedReportingOverflow(by: count << 20)
      return bytes > 0 && !overflow ? MemoryLimit(name: name, bytes: bytes) : nil
    }
    let cores = environment("SLURM_CPUS_ON_NODE") ?? environment("SLURM_CPUS_PER_TASK")
    return [
      limit("SLURM_MEM_PER_NODE"),
      limit("SLURM_MEM_PER_CPU", times: max(1, cores.flatMap { Int($0) } ?? 1)),
    ].compactMap(\.self)
  }

  /// The addresses that are left, and those needed for `bytes`, the program and so many workers, where
  /// these are more; otherwise nil.
  public static func onAddresses(
    needing bytes: Int, workers: Int
  ) -> (needed: Int, limit: MemoryLimit)? {
    // A thread takes the addresses of its whole stack. Dispatch has up to 8 beside the workers.
    let stack = (stack_limit() == .max ? 8 << 20 : Int(stack_limit())) + (1 << 16)
    let program = (32 << 20) + (min(workers, Machine.cores) + 8) * stack
    let (sum, overflow) = bytes.addingReportingOverflow(program)
    let needed = overflow ? .max : sum
    guard !fits(needed) else { return nil }
    var (low, high) = (0, needed >> 20)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(middle << 20) { low = middle } else { high = middle - 1 }
    }
    let (addresses, data) = (address_space_limit(), data_limit())
    let name =
      min(addresses, data) == .max
      ? "the system, by its overcommit_memory,"
      : addresses <= data ? "ulimit -v (RLIMIT_AS)" : "ulimit -d (RLIMIT_DATA)"
    return (needed, MemoryLimit(name: name, bytes: low << 20))
  }

  /// Whether the system still gives so many bytes; it is asked, since it alone knows what it counts.
  private static func fits(_ bytes: Int) -> Bool {
    let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
    guard let place = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), place != MAP_FAILED
    else { return false }
    munmap(place, bytes)
    return true
  }
}
