/// What a word in an experiment file means, for a reader of experiment.json who has no source code.
package struct Law: Equatable, Sendable {
  /// The key and the word, such as `initialization glorot`.
  package let name: String
  /// What is computed or drawn.
  package let sentence: String

  init(_ name: String, _ sentence: String) { (self.name, self.sentence) = (name, sentence) }
}
