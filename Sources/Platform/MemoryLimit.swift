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
    // Lines such as 4:memory:/a/b, and 0::/a/b for the second version.
    let groups = lines("/proc/self/cgroup").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }
    // Where nothing tells of the mounts they may be at their usual places.
    let usual = [
      "0 0 0 / /sys/fs/cgroup - cgroup2 x x", "0 0 0 / /sys/fs/cgroup/memory - cgroup x memory",
    ]
    let mounts = lines("/proc/self/mountinfo")
    return (mounts.isEmpty ? usual.map { $0[...] } : mounts).flatMap { mount -> [MemoryLimit] in
      // Number, parent, device, root, place, options and more, a dash, type, source, options.
      let words = mount.split(separator: " ")
      guard let dash = words.dropFirst(5).firstIndex(of: "-"), dash + 3 < words.count else { return [] }
      let isSecond = words[dash + 1] == "cgroup2"
      guard isSecond || words[dash + 1] == "cgroup" && words[dash + 3].split(separator: ",").contains("memory")
      else { return [] }
      let group = groups.first {
        $0.count == 3 && (isSecond ? $0[1].isEmpty : $0[1].split(separator: ",").contains("memory"))
      }
      // In a container the folder of the mount may be that of the group itself.
      let (top, whole) = (words[3] == "/" ? "" : words[3], group?[2] ?? "")
      var below = whole.hasPrefix(top) ? whole.dropFirst(top.count) : ""
      var limits: [MemoryLimit] = []
      let names = isSecond ? ["memory.max", "memory.high"] : ["memory.limit_in_bytes"]
      while true {
        for name in names {
          guard let bytes = lines("\(words[4])\(below)/\(name)").first.flatMap({ Int($0) }) else { continue }
          limits.append(
            MemoryLimit(name: "\(name) of the cgroup \(below.isEmpty ? "/" : below)", bytes: bytes))
        }
        guard let slash = below.lastIndex(of: "/") else { return limits }
        below = below[..<slash]
      }
    }
  }

  /// What Slurm grants the job on this node, in megabytes; 0 stands for all there is.
  package static func ofSlurm(_ environment: (String) -> String?) -> [MemoryLimit] {
    func whole(_ name: String) -> Int? {
      environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    let node = "SLURM_MEM_PER_NODE", core = "SLURM_MEM_PER_CPU"
    let cores = whole("SLURM_CPUS_ON_NODE") ?? whole("SLURM_CPUS_PER_TASK") ?? 1
    return [(node, whole(node)), (core, whole(core).map { $0 * cores })].compactMap { name, megabytes in
      megabytes.map { MemoryLimit(name: name, bytes: $0 << 20) }
    }
  }

  /// What is left of the address space, where that is less than `bytes` beside the program and so many
  /// workers need; nil where all of it fits.
  public static func onAddresses(
    needing bytes: Int, workers: Int
  ) -> (needed: Int, limit: MemoryLimit)? {
    // A thread takes the room of its stack, used or not. Dispatch has some beside the workers.
    let stack = min(Int(stack_limit()), 8 << 20) + (1 << 16)
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

  /// Whether the system would still give so many bytes: it knows best what it counts.
  private static func fits(_ bytes: Int) -> Bool {
    let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
    guard let place = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), place != MAP_FAILED
    else { return false }
    munmap(place, bytes)
    return true
  }
}
