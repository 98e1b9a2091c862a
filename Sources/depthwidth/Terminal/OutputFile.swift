import Experiments
import Platform
import Tables

/// Where a verb writes its data: stdout, or a new file.
struct OutputFile {
  private let file: NewFile
  private let name: String

  /// Opens a file that is not there yet, or stdout without a path.
  init(_ path: String?) throws(InputError) {
    guard let path else {
      (file, name) = (.output, "stdout")
      return
    }
    do {
      (file, name) = (try NewFile(path), path)
    } catch {
      throw InputError(path, .unwritable(error.description))
    }
  }

  func write(_ text: String) throws(InputError) {
    do {
      try file.write(text)
    } catch {
      throw InputError(name, .unwritable(error.description))
    }
  }
}
