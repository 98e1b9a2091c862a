import Platform

/// Whole files, with a sentence for everything that can be wrong with them.
package enum FileText {
  /// The bytes of a file of at most `limit` bytes.
  package static func contents(of path: String, limit: Int = .max - 1) throws(InputError) -> [UInt8]
  {
    switch Files.kind(of: path) {
    case nil: throw InputError(path, .notThere(kind: "file", name: path, valid: []))
    case .folder: throw InputError(path, .isFolder)
    case .file: break
    }
    let bytes: [UInt8]
    do {
      bytes = try Files.contents(of: path, limit: limit)
    } catch {
      throw InputError(path, .unreadable(error.description))
    }
    guard bytes.count <= limit else {
      throw InputError(
        path, .unexpected(found: "more than \(limit) bytes", expected: "at most \(limit)"))
    }
    return bytes
  }

  /// Replaces a file, all or nothing; `isFlushed` where it could not be made again.
  package static func replace(
    _ path: String, with text: String, isFlushed: Bool = true
  ) throws(InputError) {
    try replace(path, with: Array(text.utf8), isFlushed: isFlushed)
  }

  /// Replaces a file, all or nothing; `isFlushed` where it could not be made again.
  package static func replace(
    _ path: String, with bytes: [UInt8], isFlushed: Bool = true
  ) throws(InputError) {
    try writing(path) { () throws(SystemError) in
      try Files.replace(path, with: bytes, isFlushed: isFlushed)
    }
  }

  /// Does something to a file or folder; what the system refuses is said in a sentence.
  package static func writing<Result, Failure: Error & CustomStringConvertible>(
    _ path: String, _ body: () throws(Failure) -> Result
  ) throws(InputError) -> Result {
    do {
      return try body()
    } catch {
      throw InputError(path, .unwritable(error.description))
    }
  }
}
