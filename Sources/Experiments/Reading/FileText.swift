import Foundation

/// Reads whole files, with a sentence for everything that can be wrong with them.
enum FileText {
  /// The bytes of a file of at most `limit` bytes.
  static func contents(of path: String, limit: Int = .max) throws(InputError) -> Data {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputError(path, .notThere(kind: "file", name: path, valid: []))
    }
    guard !isFolder.boolValue else { throw InputError(path, .isFolder) }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard data.count <= limit else {
        throw InputError(
          path, .unexpected(found: "\(data.count) bytes", expected: "at most \(limit)"))
      }
      return data
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(path, .unreadable(SystemReason.text(error)))
    }
  }
}

/// The system's own words for why a file operation failed.
package enum SystemReason {
  /// One line, without the path.
  package static func text(_ error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? any Error
    let cause = underlying.map { $0 as NSError } ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
    return String(cString: strerror(Int32(cause.code)))
  }
}
