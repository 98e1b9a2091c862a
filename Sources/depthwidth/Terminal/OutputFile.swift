import Experiments
import Platform
import Tables

/// Where a verb writes its data: stdout, or a new file.
enum OutputFile {
  case output
  case file(NewFile, path: String)

  /// Opens a file that is not there yet, or stdout without a path.
  init(_ path: String?) throws(InputError) {
    guard let path else {
      self = .output
      return
    }
    do {
      self = .file(try NewFile(path), path: path)
    } catch {
      throw InputError(path, .unwritable(error.description))
    }
  }

  func write(_ text: String) throws(InputError) {
    switch self {
    case .output: Terminal.write(text)
    case .file(let file, let path):
      do {
        try file.write(text)
      } catch {
        throw InputError(path, .unwritable(error.description))
      }
    }
  }
}
