import Experiments
import Tables

/// The exit codes, the same for every verb.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case error = 1
  case regression = 2
  case incomplete = 3
  case usage = 64
  case badData = 65
  case cannotWrite = 73
  case stopped = 75
  case interrupted = 130
  case unread = 141

  private var meaning: String {
    switch self {
    case .done: "done"
    case .error: "error"
    case .regression:
      "a difference from what is published, a claim that newly fails or a construction that is wrong"
    case .incomplete: "trials are missing"
    case .usage: "usage"
    case .badData: "bad data"
    case .cannotWrite: "cannot write"
    case .stopped: "stopped and resumable"
    case .interrupted: "interrupted"
    case .unread: "nobody reads the output"
    }
  }

  /// Every code with what it means.
  static var meanings: String {
    allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ")
  }
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
