/// A key of an experiment file and what can stand under it, for messages and documentation.
public struct FileKey: Sendable {
  /// The key.
  public let name: String
  /// What can stand under it, and what holds without it.
  public let meaning: String

  init(_ name: String, _ meaning: String) { (self.name, self.meaning) = (name, meaning) }
}
