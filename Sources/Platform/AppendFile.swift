import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A text file that only grows, by whole lines: what was appended is on disk half a second later.
///
/// Lines that are appended together are one write. They survive the end of the process at once, and a
/// loss of power after the next flush. Where the write fails, what was written of them is cut off again.
public final class AppendFile: Sendable {
  /// The seconds until what was appended is flushed to disk.
  public static let flushInterval = 0.5

  private let descriptor: Int32
  private let state: Guarded<State>

  private struct State {
    var length: Int
    var isFlushPlanned = false
    var failure: SystemError?
  }

  /// Opens a file that is there, and cuts off half a line at its end, which a kill leaves.
  public init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    state = Guarded(State(length: 0))
    let length = try wholeLines()
    state.withLock { $0.length = length }
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw .last }
  }

  /// The bytes up to the last line feed.
  private func wholeLines() throws(SystemError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    var end = Int(status.st_size)
    var bytes = [UInt8](repeating: 0, count: 4096)
    while end > 0 {
      let start = max(0, end - bytes.count)
      let count = pread(descriptor, &bytes, end - start, off_t(start))
      guard count == end - start else { throw count < 0 ? .last : SystemError("it shrinks") }
      if let last = bytes[..<count].lastIndex(of: 0x0A) { return start + last + 1 }
      end = start
    }
    return 0
  }

  /// Appends whole lines, all or nothing.
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

  /// Flushes what was appended to disk; after a failure every later `append` throws the same error.
  public func flush() throws(SystemError) {
    state.withLock { $0.isFlushPlanned = false }
    guard !Files.synchronize(descriptor) else { return }
    let failure = SystemError.last
    state.withLock { $0.failure = failure }
    throw failure
  }

  deinit { close(descriptor) }
}
