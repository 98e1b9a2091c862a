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
  /// With `isGroup`, ending it also ends the programs that it has started itself.
  public init(
    _ program: String, _ arguments: [String], output: Int32, isGroup: Bool = false
  ) throws(SystemError) {
    var actions = Actions()
    posix_spawn_file_actions_init(&actions.files)
    posix_spawn_file_actions_addopen(&actions.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions.files, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions.files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // A child inherits which signals are ignored and blocked; it must get all of them.
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
    /// It ended by itself, with a status.
    case exited(Int32)
    /// A signal from elsewhere ended it.
    case killed(signal: Int32)
    /// It took too long, so ``ChildProcess/wait(seconds:)`` ended it.
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

  /// Waits for the end; a program that takes more than so many seconds is killed.
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

  /// Kills it; it must still be waited for.
  fileprivate func end() { kill(isGroup ? -identifier : identifier, SIGKILL) }
}

/// What another program prints, asked for now and read later.
///
/// No thread waits for it: on a single core that is busy, Dispatch takes a second to start one.
public final class ProgramAnswer: Sendable {
  private let child: ChildProcess
  private let pipe: Int32
  private let started = ContinuousClock.now
  private let isOver = Atomic(false)

  /// Starts the program.
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

  /// Waits for the end and returns what the program printed, without the last line feed.
  ///
  /// A program that has not ended so many seconds after its start is killed. To be called once.
  public func wait(seconds: Double) -> (ending: ChildProcess.Ending, text: String) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var left: Double { seconds - (ContinuousClock.now - started) / .seconds(1) }
    // Stops a program that prints without end.
    while bytes.count < 1 << 20 {
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

  /// Makes a pipe that other child processes do not inherit.
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
    // A child that nobody waits for stays in the system's table of processes, even when it has ended.
    if !isOver.load(ordering: .relaxed) { _ = child.wait(seconds: 0) }
  }
}
