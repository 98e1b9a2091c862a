import Foundation
import Platform
import Testing

struct MemoryLimitTests {
  /// The limits read from a folder with these files in place of /.
  private func limits(_ files: [String: String]) throws -> [MemoryLimit] {
    try withFolder { folder in
      for (path, text) in files {
        let url = URL(fileURLWithPath: folder + path)
        try Files.makeFolder(url.deletingLastPathComponent().path)
        try Files.replace(url.path, with: Array(text.utf8))
      }
      return MemoryLimit.ofGroups(root: folder)
    }
  }

  private static let second =
    "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"

  @Test func `memory.max and memory.high of the cgroup and of those above it are limits`() throws {
    let found = try limits([
      "/proc/self/cgroup": "0::/a/b.slice/c d\n", "/proc/self/mountinfo": Self.second,
      "/sys/fs/cgroup/a/b.slice/c d/memory.max": "max\n",
      "/sys/fs/cgroup/a/b.slice/c d/memory.high": "3000\n",
      "/sys/fs/cgroup/a/b.slice/memory.max": "2000\n", "/sys/fs/cgroup/a/memory.max": "4000\n",
      "/sys/fs/cgroup/other/memory.max": "1\n",
    ])
    #expect(
      found == [
        MemoryLimit(name: "memory.high of the cgroup /a/b.slice/c d", bytes: 3000),
        MemoryLimit(name: "memory.max of the cgroup /a/b.slice", bytes: 2000),
        MemoryLimit(name: "memory.max of the cgroup /a", bytes: 4000),
      ])
  }

  @Test func `in a container the mount is the folder of its own cgroup`() throws {
    let mount = "31 23 0:28 /docker/7 /sys/fs/cgroup ro - cgroup2 cgroup2 rw\n"
    for group in ["0::/docker/7\n", "0::/\n"] {
      let found = try limits([
        "/proc/self/cgroup": group, "/proc/self/mountinfo": mount,
        "/sys/fs/cgroup/memory.max": "500\n",
      ])
      #expect(found == [MemoryLimit(name: "memory.max of the cgroup /", bytes: 500)])
    }
  }

  @Test func `memory.limit_in_bytes is the limit of the first version, beside the second`() throws {
    let found = try limits([
      "/proc/self/cgroup": "9:name=systemd:/x\n4:hugetlb,memory:/job/step\n1:cpu:/\n0::/\n",
      "/proc/self/mountinfo": """
      34 31 0:31 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
      35 31 0:32 / /sys/fs/cgroup/hm rw,relatime - cgroup cgroup rw,hugetlb,memory
      41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw

      """,
      "/sys/fs/cgroup/hm/job/step/memory.limit_in_bytes": "700\n",
      "/sys/fs/cgroup/hm/job/memory.limit_in_bytes": "600\n",
      "/sys/fs/cgroup/hm/memory.limit_in_bytes": "9223372036854771712\n",
      "/sys/fs/cgroup/cpuset/job/memory.limit_in_bytes": "1\n",
    ])
    #expect(found.map(\.bytes) == [700, 600, 9_223_372_036_854_771_712])
    #expect(found[1].name == "memory.limit_in_bytes of the cgroup /job")
  }

  @Test func `without /proc the usual places are looked at`() throws {
    #expect(try limits([:]).isEmpty)
    let found = try limits([
      "/sys/fs/cgroup/memory.max": "800\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "900\n",
    ])
    #expect(found.map(\.bytes) == [800, 900])
  }

  @Test(arguments: [
    ([:], []), (["SLURM_MEM_PER_NODE": "0"], []), (["SLURM_MEM_PER_NODE": "4G"], []),
    (["SLURM_MEM_PER_NODE": "4096"], [4 << 30]), (["SLURM_MEM_PER_CPU": "1024"], [1 << 30]),
    (
      ["SLURM_MEM_PER_CPU": "1024", "SLURM_CPUS_ON_NODE": "3", "SLURM_CPUS_PER_TASK": "2"],
      [3 << 30]
    ),
    (["SLURM_MEM_PER_CPU": "1024", "SLURM_CPUS_PER_TASK": "2"], [2 << 30]),
  ])
  func `Slurm's memory is a limit where it is one`(environment: [String: String], bytes: [Int]) {
    #expect(MemoryLimit.ofSlurm { environment[$0] }.map(\.bytes) == bytes)
  }

  @Test func `more than any address space is refused, a megabyte is not`() throws {
    #expect(MemoryLimit.onAddresses(needing: 1 << 20, workers: 1) == nil)
    for bytes in [1 << 60, Int.max] {
      let (needed, limit) = try #require(MemoryLimit.onAddresses(needing: bytes, workers: 2))
      #expect(needed >= bytes && limit.bytes < needed)
    }
  }
}
