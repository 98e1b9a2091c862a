#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Why the system refused something.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason in the system's own words, one line without the path.
  public let description: String

  /// A reason in words.
  public init(_ reason: String) { description = reason }

  /// The reader of a pipe has closed it.
  public static var brokenPipe: SystemError { SystemError(String(cString: strerror(EPIPE))) }

  /// The reason of the system call that has just failed.
  static var last: SystemError { SystemError(String(cString: strerror(errno))) }
}
