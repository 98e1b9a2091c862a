import Dispatch
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

  /// Starts a program, found on the search path if its name has no slash; it reads nothing, and what
  /// it prints goes to the open file `output`.
  public init(_ program: String, _ arguments: [String], output: Int32) throws(SystemError) {
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
    posix_spawnattr_setflags(
      &actions.attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
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
    self.identifier = identifier
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
  public func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    // The low seven bits are the signal, the next byte the status.
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
  }

  /// Waits for the end, but no longer than some seconds.
  public func wait(seconds: Double) -> Ending {
    let ended = DispatchSemaphore(value: 0)
    let ending = Found()
    DispatchQueue.global().async {
      let found = wait()
      ending.value.withLock { $0 = found }
      ended.signal()
    }
    guard ended.wait(timeout: .now() + seconds) == .success else {
      end()
      ended.wait()
      return .outOfTime
    }
    return ending.value.withLock { $0 }
  }

  /// Ends it, whatever it does; it must still be waited for.
  fileprivate func end() { kill(identifier, SIGKILL) }

  private final class Found: Sendable {
    let value = Mutex(Ending.outOfTime)
  }
}

/// A short answer from another program, which works on it while nobody waits.
///
/// No thread is held: on a single core Dispatch takes a second to make one beside a busy one.
public final class ProgramAnswer: Sendable {
  private let child: ChildProcess
  private let pipe: Int32
  private let isWaitedFor = Atomic(false)

  /// Asks a program; nil when it cannot be run.
  public init?(_ program: String, _ arguments: [String]) {
    var ends: [Int32] = [-1, -1]
    guard Self.makePipe(&ends) else { return nil }
    defer { close(ends[1]) }
    guard let child = try? ChildProcess(program, arguments, output: ends[1]) else {
      close(ends[0])
      return nil
    }
    self.child = child
    pipe = ends[0]
  }

  /// Waits for the end and gives what the program printed, without the last line end.
  ///
  /// Nil when it failed. To be asked for once.
  public func text() -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(pipe, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    isWaitedFor.store(true, ordering: .relaxed)
    guard child.wait() == .exited(0) else { return nil }
    if bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
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
    guard !isWaitedFor.load(ordering: .relaxed) else { return }
    // Nobody wants to know any more. A child that ended and is not waited for stays in the system's
    // table, and whoever waits for any child finds it there again and again.
    child.end()
    _ = child.wait()
  }
}
