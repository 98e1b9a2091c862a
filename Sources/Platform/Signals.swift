import CPlatform

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What other processes and the keyboard can ask of a program.
public enum Signal: CaseIterable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// The polite end that systems and schedulers ask for.
  case terminate
  /// What schedulers send ahead of a time limit, as they are told to.
  case user1

  /// The number by which the system knows it.
  public var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .user1: SIGUSR1
    }
  }

  /// The name by which people know it.
  public var name: String {
    switch self {
    case .interrupt: "SIGINT"
    case .terminate: "SIGTERM"
    case .user1: "SIGUSR1"
    }
  }

  /// Lets nothing happen by itself when the signal comes.
  public func ignore() { signal(number, SIG_IGN) }

  /// Gives the signal its usual meaning back.
  public func restore() { signal(number, SIG_DFL) }
}

/// The running program.
public enum Program {
  /// Its name and the words after it; empty where the system did not even hand the name over.
  ///
  /// Swift reads its own from /proc on Linux, and has none where that is not mounted.
  public static var arguments: [String] {
    (0..<program_argument_count()).map { String(cString: program_argument($0)) }
  }

  /// Makes do with few addresses where the system limits them; what it needs at least, and what the
  /// limit leaves, where that is not enough to start a thread or two.
  public static func lackOfAddresses() -> (needed: Int, limit: MemoryLimit)? {
    guard min(address_space_limit(), data_limit()) < .max else { return nil }
    share_heap()
    return MemoryLimit.onAddresses(needing: 0, workers: 1)
  }

  /// Ends it with a status.
  public static func end(status: Int32) -> Never { exit(status) }

  /// Holds the places of stdin, stdout and stderr where they are closed: the next file to be opened
  /// would have their number, and messages would end between the records.
  public static func holdsStandardStreams() {
    while true {
      // The wrong way round, so that using it fails as using a closed stream does.
      let place = open("/dev/null", fcntl(STDIN_FILENO, F_GETFD) < 0 ? O_WRONLY : O_RDONLY)
      guard (STDIN_FILENO...STDERR_FILENO).contains(place) else {
        if place >= 0 { close(place) }
        return
      }
    }
  }

  /// Lets a write that nobody reads, or that makes a file too large, fail with a reason instead of
  /// ending the program.
  public static func survivesFailingWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
