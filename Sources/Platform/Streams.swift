#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// stdout, stderr and the terminal behind them.
public enum Streams {
  /// The two streams that a program writes to.
  public enum Stream: Int32, Sendable {
    /// Data.
    case output = 1
    /// Progress and messages.
    case messages = 2
  }

  /// Whether a stream goes to a terminal.
  public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// The columns of a stream's terminal; where it is none, those that COLUMNS names, or 80.
  public static func width(of stream: Stream) -> Int {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      let named = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
      return named.flatMap { (20...1000).contains($0) ? $0 : nil } ?? 80
    }
    return Int(size.ws_col)
  }

  /// Writes to stderr at once; a failure is ignored.
  public static func message(_ text: String) {
    try? Files.writeAll(Array(text.utf8)[...], to: STDERR_FILENO)
  }
}
