/// The task: the XOR of a set of relevant bits among `bits` inputs.
///
/// A *row* is one of the 2^n input assignments, written as an integer: bit i of the row is input i.
/// The *label* of a row is 1 when an odd number of relevant bits are on, and 0 otherwise.
///
///     let xor = ParityTask(bits: 2)
///     (0..<4).map { xor.label(of: $0) }  // [0, 1, 1, 0]
public struct ParityTask: Hashable, Sendable {
  /// The largest n for which the number of rows, 2^n, fits an integer of 64 bits.
  public static let maximumBits = 63

  /// The number of inputs, n, from 1 to ``maximumBits``.
  public let bits: Int

  /// The relevant inputs: bit i is set when input i takes part in the XOR.
  public let relevant: UInt64

  /// The parity of all n inputs.
  public init(bits: Int) {
    self.init(bits: bits, relevant: Self.mask(of: bits))
  }

  /// The parity of the first k of n inputs: *sparse parity*.
  ///
  /// A learner that treats all inputs alike finds every choice of k inputs equally hard, so the first
  /// k stand for all. ``init(bits:relevant:)`` takes any other choice.
  public init(bits: Int, firstRelevant k: Int) {
    precondition((0...bits).contains(k), "\(k) relevant bits of \(bits)")
    self.init(bits: bits, relevant: Self.mask(of: k))
  }

  /// The parity of the inputs whose bit is set in `relevant`.
  public init(bits: Int, relevant: UInt64) {
    precondition((1...Self.maximumBits).contains(bits), "bits must be 1...63, got \(bits)")
    precondition(relevant & ~Self.mask(of: bits) == 0, "a relevant bit is not one of \(bits)")
    self.bits = bits
    self.relevant = relevant
  }

  /// The number of relevant inputs, k.
  public var relevantCount: Int { relevant.nonzeroBitCount }

  /// The number of rows of the whole truth table, 2^n.
  public var rowCount: UInt64 { 1 << UInt64(bits) }

  /// The XOR of the relevant bits of `row`: 0 or 1.
  public func label(of row: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: (row & relevant).nonzeroBitCount & 1)
  }

  private static func mask(of count: Int) -> UInt64 { (1 << UInt64(count)) - 1 }
}
