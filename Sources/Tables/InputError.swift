/// Something a user wrote that cannot be done as written: where it stands and what is wrong with it.
///
/// The cases of ``Problem`` carry the facts; `InputError+Description.swift` alone turns them into
/// sentences.
public struct InputError: Error, Equatable, Sendable {
  /// The file, flag or folder.
  public let source: String

  /// The place inside it, such as `arms[1].widths`; empty for the whole.
  public let keyPath: String

  /// What is wrong.
  public let problem: Problem

  /// A problem at a place.
  public init(_ source: String, at keyPath: String = "", _ problem: Problem) {
    self.source = source
    self.keyPath = keyPath
    self.problem = problem
  }

  /// What can be wrong.
  public enum Problem: Equatable, Sendable {
    /// Nothing of that kind and name is there; the names that are, if any, may help.
    case notThere(kind: String, name: String, valid: [String])
    /// A folder stands where a file was expected.
    case isFolder
    /// The file has no content.
    case isEmpty
    /// The file cannot be read; the system's reason.
    case unreadable(String)
    /// A file or folder cannot be written; the system's reason.
    case unwritable(String)
    /// The bytes are not text in UTF-8.
    case notText
    /// Another run works in the folder.
    case inUse
    /// The text is not JSON5; what was found and expected.
    case notJSON5(String)
    /// A key nobody asked for.
    case unknownKey(String, valid: [String])
    /// A key that must be there is not.
    case missingKey(String)
    /// A word outside the words that are known here.
    case unknownWord(String, valid: [String])
    /// A value of the wrong type or outside what is possible.
    case unexpected(found: String, expected: String)
    /// A combination that does not exist; why.
    case impossible(String)
    /// Two entries with the same name.
    case duplicate(String)
    /// More memory is needed than a limit allows, both in bytes.
    case memory(needed: Int, available: Int, limit: String, jobs: Int)
    /// Results of something else stand where these should go.
    case foreign(found: String, expected: String, remedy: String)
  }
}
