#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An exclusive lock on a file, held until the object is released.
///
/// The system ends the lock with the process, also when that is killed. A lock file that is left over
/// is not locked. (A lock on the folder would need no file, but NFS has none.)
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

  /// Whether some process holds the lock of a file; a file that is not there is not made.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    flock(descriptor, LOCK_UN)
    return false
  }

  deinit {
    // A child process that is being started at this moment has a copy of the descriptor: closing ours
    // alone would leave the file locked until the child closes its own.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
