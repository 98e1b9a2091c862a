/// What a structured search takes for granted of a circuit, to find one that a free search would not.
///
/// A circuit found under an assumption is as good as any other. That there is none under it says
/// nothing of the circuits without it: an assumption never yields a lower bound.
///
/// Its description is words joined by `+`: `blocks=1`, `blocks=2+closed`.
public struct CircuitAssumption: Hashable, Sendable {
  /// The first 4·blocks gates are the odd minterms of inputs 0…2, of 3…5, and so on, four a block.
  public let blocks: Int
  /// Every later gate treats the inputs of a block alike: it reads all three with one sign or none, and
  /// all three minterms of one 1 or none.
  public let isSymmetric: Bool
  /// No later gate reads an input of a block.
  public let isClosed: Bool

  /// Nothing is taken for granted.
  public static let none = CircuitAssumption(blocks: 0)

  /// An assumption about the first `blocks` times three inputs.
  public init(blocks: Int, isSymmetric: Bool = false, isClosed: Bool = false) {
    precondition(blocks >= 0, "\(blocks) blocks")
    (self.blocks, self.isSymmetric, self.isClosed) = (blocks, isSymmetric, isClosed)
  }

  /// Whether a circuit of so many inputs and gates can have the structure.
  public func isPossible(inputs: Int, gates: Int) -> Bool {
    blocks == 0 || 3 * blocks <= inputs && 4 * blocks < gates
  }
}

extension CircuitAssumption: CustomStringConvertible {
  /// The words of the assumption; empty for ``none``.
  public var description: String {
    guard blocks > 0 else { return "" }
    return "blocks=\(blocks)" + (isSymmetric ? "+symmetric" : "") + (isClosed ? "+closed" : "")
  }
}
