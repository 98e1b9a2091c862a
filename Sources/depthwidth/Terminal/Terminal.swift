import Experiments
import Platform
import Tables

/// What stdout and stderr can show, and how text gets there.
enum Terminal {
  /// Whether messages go to a terminal that can show a bar.
  static var isInteractive: Bool { Streams.isTerminal(.messages) && allowsEscapes }

  /// Whether stdout may carry colours.
  static var hasColors: Bool { Streams.isTerminal(.output) && allowsEscapes }

  private static var allowsEscapes: Bool {
    (Machine.environment("NO_COLOR") ?? "").isEmpty && Machine.environment("TERM") != "dumb"
  }

  /// A line on stdout, at once.
  static func line(_ text: String) { write(text + "\n") }

  /// Text on stdout, at once; ends the program where it cannot be written.
  ///
  /// A reader that closes the pipe, as `head` does, is no error: the exit code is that of SIGPIPE.
  static func write(_ text: String) {
    do {
      try NewFile.output.write(text)
    } catch {
      if error == .brokenPipe { Program.end(status: ExitStatus.unread.rawValue) }
      message("error: stdout: cannot be written: \(error.description)")
      Program.end(status: ExitStatus.cannotWrite.rawValue)
    }
  }

  /// A line on stderr.
  static func message(_ text: String) { Streams.message(text + "\n") }

  /// Prints an error on stderr, in one line; returns the exit code.
  static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let error as UsageError:
      message("error: \(error.description)")
      return .usage
    case let error as InputError:
      message("error: \(error.description)")
      return error.status
    default:
      message("error: \(error)")
      return .error
    }
  }

  /// Replaces the current line of the terminal.
  static func replaceLine(_ text: String) { Streams.message("\r\u{1B}[K\(text)") }
}

/// Bold and colours, on a terminal that has them.
enum Style: String {
  case bold = "1"
  case green = "32"
  case red = "31"
  case yellow = "33"

  func callAsFunction(_ text: String) -> String {
    Terminal.hasColors ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
