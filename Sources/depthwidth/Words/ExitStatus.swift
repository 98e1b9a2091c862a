import Experiments
import Tables

/// The exit codes, the same for every verb.
enum ExitStatus: Int32 {
  case done = 0
  case error = 1
  /// A claim failed, or results are not the published ones.
  case regression = 2
  /// Trials are missing.
  case incomplete = 3
  case usage = 64
  case badData = 65
  case cannotWrite = 73
  /// A signal or the time budget stopped a run that can go on.
  case stopped = 75
  case interrupted = 130
}

extension InputError {
  /// The exit code of a refusal.
  var status: ExitStatus {
    switch problem {
    case .unwritable, .inUse: .cannotWrite
    case .notThere, .isFolder, .isEmpty, .unreadable, .notText, .notJSON5, .unknownKey, .missingKey,
      .unknownWord, .unexpected, .impossible, .duplicate, .memory, .foreign:
      .badData
    }
  }
}
