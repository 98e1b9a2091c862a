import Foundation

/// What is known of the terminal, and the line to stderr.
enum Terminal {
  /// Whether messages go to a terminal that can show a bar.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 && allowsEscapes }

  /// Whether stdout may carry colours.
  static var hasColors: Bool {
    isatty(STDOUT_FILENO) == 1 && allowsEscapes
  }

  private static var allowsEscapes: Bool {
    let environment = ProcessInfo.processInfo.environment
    return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The columns of a file's terminal, 80 where it is none.
  static func width(of file: Int32) -> Int {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// A line on stderr.
  static func message(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Text that takes the place of the current line of the terminal.
  static func replaceLine(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }
}

/// How a word is set off on a terminal that has colours.
enum Style: String {
  case bold = "1"
  case green = "32"
  case red = "31"
  case yellow = "33"

  func callAsFunction(_ text: String) -> String {
    Terminal.hasColors ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
