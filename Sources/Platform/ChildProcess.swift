import Synchronization

// The environment is a global variable of C; nothing here changes it.
#if canImport(Darwin)
  @preconcurrency import Darwin
#elseif canImport(Musl)
  @preconcurrency import Musl
#else
  @preconcurrency import Glibc
#endif

/// Another program, run to its end.
public struct ChildProcess: Sendable {
  private let identifier: pid_t
  private let isGroup: Bool

  /// Starts a program, found on the search path if its name has no slash; it reads nothing, and what
  /// it prints goes to the open file `output`.
  ///
  /// As a group it ends with all the programs that it has started itself.
  public init(
    _ program: String, _ arguments: [String], output: Int32, isGroup: Bool = false
  ) throws(SystemError) {
    var actions = Actions()
    posix_spawn_file_actions_init(&actions.files)
    posix_spawn_file_actions_addopen(&actions.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions.files, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions.files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // A run ignores some signals, and a thread of Dispatch blocks most: not so its children.
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_init(&actions.attributes)
    posix_spawnattr_setsigdefault(&actions.attributes, &all)
    posix_spawnattr_setsigmask(&actions.attributes, &none)
    let group = isGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &actions.attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group))
    defer {
      posix_spawn_file_actions_destroy(&actions.files)
      posix_spawnattr_destroy(&actions.attributes)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(
      &identifier, program, &actions.files, &actions.attributes, &words, environ)
    guard code == 0 else { throw SystemError(String(cString: strerror(code))) }
    (self.identifier, self.isGroup) = (identifier, isGroup)
  }

  #if canImport(Darwin)
    private struct Actions {
      var files: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    }
  #else
    private struct Actions {
      var files = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    }
  #endif

  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    /// By itself, with a status.
    case exited(Int32)
    /// By a signal from elsewhere.
    case killed(signal: Int32)
    /// Its time ran out, so it was ended.
    case outOfTime
  }

  /// Waits for the end.
  public func wait() -> Ending { ending(0) ?? .outOfTime }

  /// How it ended; nil where it has not and `options` say not to wait.
  fileprivate func ending(_ options: Int32) -> Ending? {
    var status: Int32 = 0
    var found: pid_t
    repeat { found = waitpid(identifier, &status, options) } while found < 0 && errno == EINTR
    guard found != 0 else { return nil }
    // The low seven bits are the signal, the next byte the status.
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
  }

  /// Waits for the end, but no longer than some seconds: then it is ended.
  public func wait(seconds: Double) -> Ending {
    let deadline = ContinuousClock.now + .seconds(seconds)
    repeat {
      if let ending = ending(WNOHANG) { return ending }
      usleep(1000)
    } while ContinuousClock.now < deadline
    end()
    _ = wait()
    return .outOfTime
  }

  /// Ends it, whatever it does; it must still be waited for.
  fileprivate func end() { kill(isGroup ? -identifier : identifier, SIGKILL) }
}

/// A short answer from another program, which works on it while nobody waits.
///
/// No thread is held: on a single core Dispatch takes a second to make one beside a busy one.
public final class ProgramAnswer: Sendable {
  private let child: ChildProcess
  private let pipe: Int32
  private let started = ContinuousClock.now
  private let isOver = Atomic(false)

  /// Asks a program.
  public init(_ program: String, _ arguments: [String]) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard Self.makePipe(&ends) else { throw .last }
    defer { close(ends[1]) }
    do {
      child = try ChildProcess(program, arguments, output: ends[1], isGroup: true)
    } catch {
      close(ends[0])
      throw error
    }
    pipe = ends[0]
  }

  /// Waits for the end, until so many seconds after the question, and gives how it ended and what the
  /// program printed, without the last line end.
  ///
  /// To be asked for once.
  public func wait(seconds: Double) -> (ending: ChildProcess.Ending, text: String) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var left: Double { seconds - (ContinuousClock.now - started) / .seconds(1) }
    // Whoever prints more than this has no short answer, and is not listened to any longer.
    while bytes.count < 1 << 16 {
      var state = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, Int32(max(0, left * 1000))) > 0 else { break }
      let count = read(pipe, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    let ending = child.wait(seconds: left)
    isOver.store(true, ordering: .relaxed)
    if bytes.last == 0x0A { bytes.removeLast() }
    return (ending, String(decoding: bytes, as: UTF8.self))
  }

  /// A pipe whose ends no other program inherits.
  private static func makePipe(_ ends: inout [Int32]) -> Bool {
    #if canImport(Darwin)
      guard Darwin.pipe(&ends) == 0 else { return false }
    #elseif canImport(Musl)
      guard Musl.pipe(&ends) == 0 else { return false }
    #else
      guard Glibc.pipe(&ends) == 0 else { return false }
    #endif
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return true
  }

  deinit {
    close(pipe)
    // Nobody wants to know any more. A child that ended and is not waited for stays in the system's
    // table, and whoever waits for any child finds it there again and again.
    if !isOver.load(ordering: .relaxed) { _ = child.wait(seconds: 0) }
  }
}
