public import Circuits

extension CircuitAssumption {
  /// Reads the words that `description` writes, such as `blocks=2+closed`; nil where they are others.
  public init?(_ text: String) {
    let words = text.split(separator: "+", omittingEmptySubsequences: false)
    let parts = (words.first ?? "").split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "blocks", let blocks = Int(parts[1]),
      (1...3).contains(blocks)
    else { return nil }
    let rest = words.dropFirst()
    self.init(
      blocks: blocks, isSymmetric: rest.contains("symmetric"), isClosed: rest.contains("closed"))
    guard description == text else { return nil }
  }
}
