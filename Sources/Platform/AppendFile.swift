import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that only grows, by whole pieces: what was appended is on disk half a second later.
///
/// A piece is handed to the system by one write, so it survives the end of the process at once, and a
/// loss of power from the next flush on. A piece that could not be written whole is taken back.
public final class AppendFile: Sendable {
  /// The seconds until what was appended is flushed to disk.
  public static let flushInterval = 0.5

  private let descriptor: Int32
  private let state: Mutex<State>

  private struct State {
    var length: Int
    var isFlushPlanned = false
    var failure: SystemError?
  }

  /// Opens a file that is there, keeping its first `length` bytes.
  public init(_ path: String, keeping length: Int) throws(SystemError) {
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    state = Mutex(State(length: length))
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw .last }
  }

  /// Appends a piece, whole or not at all.
  public func append(_ text: String) throws(SystemError) {
    let bytes = Array(text.utf8)
    try state.withLock { state throws(SystemError) in
      if let failure = state.failure { throw failure }
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .last }
      guard status.st_nlink > 0 else {
        throw SystemError("it was removed or replaced while the run was writing to it")
      }
      do throws(SystemError) {
        try Files.writeAll(bytes[...], to: descriptor)
      } catch {
        _ = ftruncate(descriptor, off_t(state.length))
        throw error
      }
      state.length += bytes.count
      guard !state.isFlushPlanned else { return }
      state.isFlushPlanned = true
      DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.flushInterval) {
        try? self.flush()
      }
    }
  }

  /// Brings to disk what was appended; a failure is also that of every later `append`.
  public func flush() throws(SystemError) {
    state.withLock { $0.isFlushPlanned = false }
    guard !Files.synchronize(descriptor) else { return }
    let failure = SystemError.last
    state.withLock { $0.failure = failure }
    throw failure
  }

  deinit { close(descriptor) }
}
