#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file to write from its beginning to its end, or stdout.
public final class NewFile: Sendable {
  /// The number by which the system knows the open file.
  public let descriptor: Int32

  /// Makes a new file; throws where one is there already.
  public init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// What the program prints.
  public static let output = NewFile(descriptor: STDOUT_FILENO)

  /// Writes a text at once.
  public func write(_ text: String) throws(SystemError) {
    try Files.writeAll(Array(text.utf8)[...], to: descriptor)
  }

  deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }
}
