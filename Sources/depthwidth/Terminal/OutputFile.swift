import Experiments
import Foundation

/// Where a verb writes its data: stdout, or a new file.
struct OutputFile {
  private let handle: FileHandle
  private let name: String

  /// Opens a file that is not there yet, or stdout without a path.
  init(_ path: String?) throws(InputError) {
    guard let path else {
      (handle, name) = (.standardOutput, "stdout")
      return
    }
    do {
      try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      (handle, name) = (try FileHandle(forWritingTo: URL(fileURLWithPath: path)), path)
    } catch {
      throw InputError(path, .unwritable(SystemReason.text(error)))
    }
  }

  func write(_ text: String) throws(InputError) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw InputError(name, .unwritable(SystemReason.text(error)))
    }
  }
}
