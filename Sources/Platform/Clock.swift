#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The clocks of the system; only timings.csv and provenance.json may depend on them.
public enum Clock {
  /// The CPU seconds of the calling thread.
  public static var threadSeconds: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  /// The CPU seconds of the process, over all threads.
  public static var processSeconds: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// The whole seconds since 1970.
  public static var now: Int { time(nil) }

  /// The date and time in UTC, `2026-11-21T08:46:44Z`, so many seconds after 1970.
  public static func utc(_ seconds: Int) -> String {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var now = timespec()
    clock_gettime(clock, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
