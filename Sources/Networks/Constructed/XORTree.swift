extension ConstructedNetwork {
  /// A tree of two-input XORs in ⌈log2 n⌉ layers of ReLU units, each seeing the layer before it alone.
  ///
  /// One XOR takes two units, and the next layer reads a combination of them:
  ///
  ///     u = relu(a + b),  v = relu(a + b − 1),  a ⊕ b = u − 2v
  ///
  /// From m bits a layer makes ⌊m/2⌋ XORs; an odd bit is passed on by one unit, relu(a) = a.
  /// So a layer that reads m bits has m units and leaves ⌈m/2⌉ bits: n + ⌈n/2⌉ + ⌈n/4⌉ + … + 2
  /// units in all, 2(n − 1) where n is a power of two. All values are 0, 1 or 2: exact, and every logit
  /// is ±½. Without hidden layers it is the single bit, n = 1. Precondition: `bits` ≥ 1.
  public static func xorTree(bits: Int) -> ConstructedNetwork {
    let architecture = Family.xorTree.architecture(bits: bits)
    var seen = bits
    var hidden: [[WrittenUnit]] = []
    for width in architecture.hidden {
      let readsInputs = hidden.isEmpty
      hidden.append(
        (0..<width).map { unit in
          // Units 2p and 2p + 1 are u and v of bits 2p and 2p + 1; beyond the last there is none.
          let weights = (0..<seen).map { position in
            let bit = readsInputs ? position : position / 2
            return bit / 2 == unit / 2 ? (readsInputs ? 1 : share(position)) : 0
          }
          return WrittenUnit(weights: weights, bias: unit.isMultiple(of: 2) ? 0 : -1)
        })
      seen = width
    }
    let output = WrittenUnit(weights: (0..<seen).map(share), bias: -0.5)
    return ConstructedNetwork(.xorTree, Network(architecture, hidden: hidden, output: output))
  }

  /// The weight of the unit at a position of a layer in its bit: 1 for u, −2 for v.
  private static func share(_ position: Int) -> Double {
    position.isMultiple(of: 2) ? 1 : -2
  }
}
