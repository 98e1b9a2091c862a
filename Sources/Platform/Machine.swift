import CPlatform

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The machine that the process runs on.
public enum Machine {
  /// The cores that the process may use.
  public static var cores: Int {
    let usable = Int(usable_cores())
    return usable > 0 ? usable : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// The name of the processor; empty where the system does not tell.
  public static var processor: String {
    #if canImport(Darwin)
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var name = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return "" }
      return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #else
      let start = (try? Files.contents(of: "/proc/cpuinfo", limit: 4096)) ?? []
      let lines = String(decoding: start, as: UTF8.self).split(separator: "\n")
      let line = lines.first { $0.hasPrefix("model name") }
      return line?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? ""
    #endif
  }

  /// The system's name, version and architecture, as `uname` tells them.
  public static var system: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "" }
    return [text(&name.sysname), text(&name.release), text(&name.machine)].joined(separator: " ")
  }

  /// The most memory that the process has held, in bytes; nil where the system does not tell.
  public static var peakMemory: Int? {
    #if os(Linux)
      // getrusage would include the memory of the shell that became this process by exec.
      return status("VmHWM:").flatMap { Int($0) }.map { $0 * 1024 }
    #else
      var usage = rusage()
      return getrusage(RUSAGE_SELF, &usage) == 0 ? Int(usage.ru_maxrss) : nil
    #endif
  }

  /// The path of the running program; nil where the system does not tell.
  public static var program: String? {
    #if canImport(Darwin)
      var size: UInt32 = 0
      _NSGetExecutablePath(nil, &size)
      var path = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&path, &size) == 0 else { return nil }
      return Files.resolved(String(cString: path))
    #else
      return program_path().map { Files.resolved(String(cString: $0)) }
    #endif
  }

  /// The number of the running process.
  public static var process: Int { Int(getpid()) }

  /// A variable of the environment; nil where it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  #if os(Linux)
    /// The first word after a name in /proc/self/status.
    private static func status(_ name: String) -> Substring? {
      let text = String(
        decoding: (try? Files.contents(of: "/proc/self/status")) ?? [], as: UTF8.self)
      let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
      return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    }
  #endif

  private static func text<Characters>(_ characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
