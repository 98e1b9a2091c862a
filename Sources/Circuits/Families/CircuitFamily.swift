/// A way to compute the parity of n bits with gates, for every n.
///
/// | family | gates for n ≥ 2 | depth |
/// |---|---|---|
/// | ``dnf``, ``cnf`` | 2^(n−1) + 1 | 2 |
/// | ``xorTree`` | 3(n−1), negation free | 2⌈log2 n⌉ |
/// | ``xorTreeWithNot`` | 3(n−1) and n−1 NOT, 4(n−1) together | 2⌈log2 n⌉ |
/// | ``nandTree`` | 4(n−1) | 3⌈log2 n⌉ |
/// | ``xor3Tree`` | 5(n−1)/2 for odd n, 5n/2 − 2 for even n | 2⌈log3 n⌉ |
/// | ``kombarov`` | ⌊(7n−4)/3⌋, negation free | 2 + 2⌈log2⌈n/3⌉⌉ |
/// | ``blocks(depth:)`` | see ``BlockCounts`` | at most the depth given |
///
/// The parity of one bit is that bit: every family has no gate at n = 1.
public enum CircuitFamily: Hashable, Sendable {
  /// An OR of terms, one for each row whose label is 1.
  case dnf
  /// An AND of clauses, one for each row whose label is 0.
  case cnf
  /// A balanced tree of XORs of two, each of three AND and OR gates; negation is free.
  case xorTree
  /// A balanced tree of XORs of two, each of three AND and OR gates and a NOT gate.
  case xorTreeWithNot
  /// A balanced tree of XORs of two, each of four NAND gates of two wires.
  case nandTree
  /// A tree of XORs of three, each the two-level circuit of five gates; negation is free.
  case xor3Tree
  /// Kombarov's number of gates: odd minterms of three bits, joined by NORs; negation is free.
  case kombarov
  /// Blocks of blocks: the fewest gates this construction has with at most `depth` levels.
  case blocks(depth: Int)

  /// The word for a family in experiment files, in results and in messages.
  public enum Name: String, CaseIterable, Sendable {
    /// ``CircuitFamily/dnf``.
    case dnf
    /// ``CircuitFamily/cnf``.
    case cnf
    /// ``CircuitFamily/xorTree``.
    case xorTree
    /// ``CircuitFamily/xorTreeWithNot``.
    case xorTreeWithNot
    /// ``CircuitFamily/nandTree``.
    case nandTree
    /// ``CircuitFamily/xor3Tree``.
    case xor3Tree
    /// ``CircuitFamily/kombarov``.
    case kombarov
    /// ``CircuitFamily/blocks(depth:)``, of whatever depth.
    case blocks
  }

  /// The family of that name; `depth` is for block circuits alone.
  public init(_ name: Name, depth: Int) {
    self =
      switch name {
      case .dnf: .dnf
      case .cnf: .cnf
      case .xorTree: .xorTree
      case .xorTreeWithNot: .xorTreeWithNot
      case .nandTree: .nandTree
      case .xor3Tree: .xor3Tree
      case .kombarov: .kombarov
      case .blocks: .blocks(depth: depth)
      }
  }

  /// The name, without the depth.
  public var name: Name {
    switch self {
    case .dnf: .dnf
    case .cnf: .cnf
    case .xorTree: .xorTree
    case .xorTreeWithNot: .xorTreeWithNot
    case .nandTree: .nandTree
    case .xor3Tree: .xor3Tree
    case .kombarov: .kombarov
    case .blocks: .blocks
    }
  }

  /// The size of the circuit for n inputs, by formula and without building it.
  ///
  /// nil means that the gates do not fit 128 bits (``dnf`` beyond n = 128). Where the circuit can be
  /// built, its own `size` is the same.
  public func size(inputs n: Int) throws(CircuitError) -> CircuitSize? {
    try requireSense(inputs: n)
    var size = CircuitSize()
    guard n > 1 else { return size }
    let xors = UInt128(n - 1)
    let levels = (n - 1).bitWidth - (n - 1).leadingZeroBitCount
    switch self {
    case .dnf, .cnf:
      guard n <= 128 else { return nil }
      let terms = UInt128(1) << UInt128(n - 1)
      size.and = self == .dnf ? terms : 1
      size.or = self == .dnf ? 1 : terms
      let (wires, over) = terms.multipliedReportingOverflow(by: UInt128(n + 1))
      size.wires = over ? nil : wires
      size.depth = 2
    case .xorTree, .xorTreeWithNot:
      size.and = 2 * xors
      size.or = xors
      size.not = self == .xorTree ? 0 : xors
      size.wires = 6 * xors
      size.depth = 2 * levels
    case .nandTree:
      size.nand = 4 * xors
      size.wires = 8 * xors
      size.depth = 3 * levels
    case .xor3Tree:
      let threes = xors / 2
      let twos = xors % 2
      size.and = 4 * threes + 2 * twos
      size.or = threes + twos
      size.wires = 16 * threes + 6 * twos
      size.depth = 2 * CircuitBuilder.levelsOfThrees(inputs: n)
    case .kombarov:
      return CircuitBuilder.sizeOfKombarov(inputs: n)
    case .blocks(let depth):
      return BlockCounts(maximumInputs: n, maximumDepth: depth).size(inputs: n, depth: depth)
    }
    return size
  }

  /// The most memory a circuit may take unless said otherwise: 1 GiB.
  public static let memoryLimit: UInt128 = 1 << 30

  /// The circuit for n inputs; refused when it would take more than `limit` bytes.
  public func circuit(
    inputs n: Int, limit: UInt128 = CircuitFamily.memoryLimit
  ) throws(CircuitError) -> Circuit {
    // Wires are numbered with 31 bits, whatever the limit.
    let hardest = min(limit, 1 << 32)
    let size = try size(inputs: n)
    guard let size, let wires = size.wires, let bytes = size.bytes, bytes <= hardest else {
      throw .tooLarge(family: name.rawValue, inputs: n, bytes: size?.bytes, limit: hardest)
    }
    var builder = CircuitBuilder(inputs: n)
    guard n > 1 else { return builder.finish(output: builder.input(0)) }
    builder.reserve(gates: Int(size.gates + size.not), wires: Int(wires + size.not))
    let output =
      switch self {
      case .dnf: builder.addTwoLevel(terms: .and)
      case .cnf: builder.addTwoLevel(terms: .or)
      case .xorTree: builder.addTree { $0.addXor($1, $2) }
      case .xorTreeWithNot: builder.addTree { $0.addXorWithNot($1, $2) }
      case .nandTree: builder.addTree { $0.addXorOfNands($1, $2) }
      case .xor3Tree: builder.addTreeOfThrees()
      case .kombarov: builder.addKombarov()
      case .blocks(let depth):
        builder.addBlocks(BlockCounts(maximumInputs: n, maximumDepth: depth), depth: depth)
      }
    return builder.finish(output: output)
  }

  private func requireSense(inputs n: Int) throws(CircuitError) {
    guard n >= 1 else { throw .tooFewInputs(family: name.rawValue, inputs: n) }
    if case .blocks(let depth) = self, depth < 2 { throw .tooShallow(depth: depth) }
  }
}
