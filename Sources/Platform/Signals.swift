import CPlatform

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The signals that stop a run.
public enum Signal: CaseIterable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// What systems and schedulers send before they kill.
  case terminate
  /// What a scheduler can be told to send some time before a limit.
  case user1

  /// The number of the signal.
  public var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .user1: SIGUSR1
    }
  }

  /// The name of the signal.
  public var name: String {
    switch self {
    case .interrupt: "SIGINT"
    case .terminate: "SIGTERM"
    case .user1: "SIGUSR1"
    }
  }

  /// Ignores the signal from now on.
  public func ignore() { signal(number, SIG_IGN) }

  /// Lets the signal end the program again.
  public func restore() { signal(number, SIG_DFL) }
}

/// The running program.
public enum Program {
  /// Its name and the words after it; empty where the system handed over nothing.
  ///
  /// `CommandLine.arguments` is read from /proc on Linux, and is empty where that is not mounted.
  public static var arguments: [String] {
    (0..<program_argument_count()).map { String(cString: program_argument($0)) }
  }

  /// Shares one heap among all threads where addresses are limited.
  ///
  /// Returns what the program needs to start its threads and what the limit leaves, where that is less;
  /// otherwise nil.
  public static func lackOfAddresses() -> (needed: Int, limit: MemoryLimit)? {
    guard min(address_space_limit(), data_limit()) < .max else { return nil }
    share_heap()
    return MemoryLimit.onAddresses(needing: 0, workers: 1)
  }

  /// Ends it with a status.
  public static func end(status: Int32) -> Never { exit(status) }

  /// Opens /dev/null in place of stdin, stdout and stderr where they are closed.
  ///
  /// Otherwise the next file to be opened would get one of their numbers, and messages would be written
  /// into it.
  public static func holdsStandardStreams() {
    while true {
      // stdin to write and the others to read, so that using them fails as with a closed stream.
      let place = open("/dev/null", fcntl(STDIN_FILENO, F_GETFD) < 0 ? O_WRONLY : O_RDONLY)
      guard (STDIN_FILENO...STDERR_FILENO).contains(place) else {
        if place >= 0 { close(place) }
        return
      }
    }
  }

  /// Makes a write to a closed pipe, or beyond the limit on the size of files, an error instead of a
  /// signal that ends the program.
  public static func survivesFailingWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
