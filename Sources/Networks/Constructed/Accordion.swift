extension ConstructedNetwork {
  /// ReLU units that fold the line of bit counts several times a layer: the fewest sequential ReLU
  /// units known for n ≥ 3, and in one hidden layer n − 1 of them for n ≥ 4.
  ///
  /// A layer of w units folds 0...r into w pieces of length m = ⌈r/w⌉, a triangle wave of slopes ±1:
  ///
  ///     h_k = relu(t − k·m)                                   k = 0...w − 1
  ///     t  ← h_0 − 2 h_1 + 2 h_2 − …                          in 0...m
  ///
  /// All pieces keep the parity, whatever m is: piece k is t − km for an even k and (k + 1)m − t for an
  /// odd one. Where 0...1 is left, the logit is t − ½. The last layer need not fold: from t in 0...r,
  /// r ≥ 4, it makes a logit of the right sign with r − 1 units, one of which looks the other way.
  ///
  ///     logit = 11/2 − 2 relu(3 − t) − 4 relu(t − 1) + 3 relu(t − 2) + 2 relu(t − 4) − 2 relu(t − 5) + …
  ///
  /// Its values at t = 0, 1, 2, … are −½, 3/2, −½, ½, −½, ½, and so on. The widths are those of the
  /// fewest units, and of these the fewest layers: ``AccordionLaw``. All values are multiples of ½ below
  /// 4n, so they are exact. Without hidden layers it is the single bit, n = 1.
  ///
  /// A two-piece fold is that of ``fold(bits:)``. Folds of three pieces are better, 3 log3 n units to
  /// 2 log2 n, and r − 1 units in the last layer save one more. Precondition: `bits` ≥ 1.
  public static func accordion(bits: Int) -> ConstructedNetwork {
    let architecture = Family.accordion.architecture(bits: bits)
    var range = bits
    // t as a sum of what the layer before gives.
    var reading = Array(repeating: 1.0, count: bits)
    var hidden: [[WrittenUnit]] = []
    /// A unit relu(sign·(t − crease)).
    func unit(_ crease: Int, _ sign: Double = 1) -> WrittenUnit {
      WrittenUnit(weights: reading.map { sign * $0 }, bias: -sign * Double(crease))
    }
    for width in architecture.hidden {
      if hidden.count == architecture.depth - 1, width < range {
        // The last layer, which looks left at 3 and right everywhere else.
        hidden.append([unit(3, -1)] + (1..<range).filter { $0 != 3 }.map { unit($0) })
        let output = [-2, -4, 3] + (4..<range).map { $0.isMultiple(of: 2) ? 2.0 : -2 }
        return ConstructedNetwork(
          .accordion,
          Network(
            architecture, hidden: hidden, output: WrittenUnit(weights: output, bias: 5.5)))
      }
      let length = (range + width - 1) / width
      hidden.append((0..<width).map { unit($0 * length) })
      reading = (0..<width).map { $0 == 0 ? 1 : $0.isMultiple(of: 2) ? 2 : -2 }
      range = length
    }
    return ConstructedNetwork(
      .accordion,
      Network(architecture, hidden: hidden, output: WrittenUnit(weights: reading, bias: -0.5)))
  }
}

/// The widths of ``ConstructedNetwork/accordion(bits:)``.
public enum AccordionLaw {
  /// The widths of the fewest units for the counts 0...n, of these the fewest layers, of these the
  /// narrowest first layer.
  ///
  /// With f(r) for the fewest units that tell the parity of t in 0...r: f(1) = 0, and f(r) is the least
  /// of w + f(⌈r/w⌉) over all folds into w ≥ 2 pieces and, for r ≥ 4, of the r − 1 units of a last
  /// layer. Precondition: `bits` ≥ 1.
  public static func fewestWidths(bits: Int) -> [Int] {
    precondition(bits >= 1, "a parity needs a bit, got \(bits)")
    // The widths for every range up to n; nothing is left to tell in 0...0.
    var fewest: [[Int]] = [[], []]
    for range in stride(from: 2, through: bits, by: 1) {
      var best = [range >= 4 ? range - 1 : range]
      for width in stride(from: 2, to: range, by: 1) where width < best.reduce(0, +) {
        let widths = [width] + fewest[(range + width - 1) / width]
        if isBetter(widths, than: best) { best = widths }
      }
      fewest.append(best)
    }
    return fewest[bits]
  }

  private static func isBetter(_ widths: [Int], than others: [Int]) -> Bool {
    let (units, least) = (widths.reduce(0, +), others.reduce(0, +))
    return units < least || units == least && widths.count < others.count
  }
}
