extension ConstructedNetwork {
  /// 2⌈log2 n⌉ ReLU units in ⌈log2 n⌉ layers, each seeing the layer before it alone.
  ///
  /// Every layer folds the line of bit counts in half at a power of two, as |t − c| is
  /// relu(t − c) + relu(c − t):
  ///
  ///     t ← |t − 2^j|          j = ⌈log2 n⌉ − 1, …, 1, 0
  ///     logit = ½ − t
  ///
  /// From 0...2^(j+1) a fold leads to 0...2^j, so the last t is 0 or 1; every fold but the last (j = 0)
  /// keeps the parity, so t is 0 where s is odd. All values are whole numbers up to n: exact, and every
  /// logit is ±½. Without hidden layers it is the single bit, n = 1. Precondition: `bits` ≥ 1.
  public static func fold(bits: Int) -> ConstructedNetwork {
    let architecture = Family.fold.architecture(bits: bits)
    let depth = architecture.depth
    let hidden = (0..<depth).map { layer in
      let seen = layer == 0 ? bits : 2
      let crease = Double(1 << (depth - 1 - layer))
      return [1.0, -1].map { sign in
        WrittenUnit(weights: Array(repeating: sign, count: seen), bias: -sign * crease)
      }
    }
    let output =
      depth == 0
      ? WrittenUnit(weights: [1], bias: -0.5) : WrittenUnit(weights: [-1, -1], bias: 0.5)
    return ConstructedNetwork(.fold, Network(architecture, hidden: hidden, output: output))
  }
}
