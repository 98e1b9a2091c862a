import Foundation

/// Keeps a second run out of a folder for as long as it lives.
///
/// It is an advisory lock of the system on the folder itself, which ends with the process however
/// that ends: nothing is left behind that could be stale.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Makes the folder where there is none and locks it, or says that another run holds it.
  init(making path: String) throws(InputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw InputError(path, .unwritable(SystemReason.text(error)))
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(path, .unwritable(String(cString: strerror(errno))))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw InputError(path, isHeld ? .inUse : .unwritable(reason))
    }
  }

  deinit {
    // Closing alone would leave the lock to a child process that was just being started.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
