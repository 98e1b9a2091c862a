#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps other processes out for as long as it lives.
///
/// It is an advisory lock of the system on a file of its own, and ends with the process however that
/// ends: the file may stay, it means nothing by itself and cannot be stale. (A lock on the folder
/// would need no file, but is not to be had on NFS.)
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Locks a file, made where there is none; nil when another process holds it for longer than
  /// `patience` seconds.
  public init?(_ path: String, patience: Double = 0) throws(SystemError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let isHeld = errno == EWOULDBLOCK
      let failure = SystemError.last
      if isHeld, waited < patience {
        usleep(10_000)
        waited += 0.01
        continue
      }
      close(descriptor)
      guard isHeld else { throw failure }
      return nil
    }
  }

  /// Whether some process holds the lock of a file; nothing is made where there is none.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    flock(descriptor, LOCK_UN)
    return false
  }

  deinit {
    // Closing alone would leave the lock to a child process that was just being started.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
