import TestSupport
import Testing

/// A change to a valid experiment and the whole sentence that answers it.
struct Slip: Sendable, CustomTestStringConvertible {
  private let found: String
  private let replacement: String
  private let message: String

  /// Puts `replacement` in the place of `found`, which stands once in ``valid``.
  init(_ found: String, _ replacement: String, _ message: String) {
    (self.found, self.replacement, self.message) = (found, replacement, message)
  }

  var testDescription: String { "\(found) → \(replacement)" }

  /// Makes the change and expects its sentence.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let parts = Self.valid.split(separator: found, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "a slip changes one place", sourceLocation: sourceLocation)
    let sentence = try refusal(of: parts.joined(separator: replacement))
    #expect(sentence == "e.json5: \(message)", sourceLocation: sourceLocation)
  }

  static let valid = """
    {
      name: "small", question: "Why?", prediction: "So.",
      bits: "2...3", seeds: [1, 2], budget: { epochs: 10 },
      arms: [
        { name: "line", kind: "logistic", optimizer: "rprop", heldOut: 0.5 },
        {
          name: "wide", kind: "shallow", widths: "1...n", activation: "tanh",
          optimizer: { name: "adam", learningRate: 0.1 }, batch: 2,
        },
      ],
      claims: [
        { claim: "Yes.", arm: "wide", measure: "minimum_units_any", is: "<=", value: "n" },
      ],
    }
    """
}
