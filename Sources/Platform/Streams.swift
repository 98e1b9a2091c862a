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

  /// The columns of a stream's terminal, 80 where it is none.
  public static func width(of stream: Stream) -> Int {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes to stderr at once; a failure is ignored.
  public static func message(_ text: String) {
    try? Files.writeAll(Array(text.utf8)[...], to: STDERR_FILENO)
  }
}
