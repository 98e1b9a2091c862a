extension ConstructedNetwork {
  /// Threshold units in layers of the given widths, each layer seeing the inputs and all before it:
  /// solves n up to 2∏(n_i + 1) − 1, the neurons' law of depth against width.
  ///
  /// The layers write the bit count in a mixed radix. Layer l has a place value, twice the product of
  /// (n_i + 1) over the layers after it; its units count how often that value goes into what the
  /// layers before it leave over, and the output reads the rest:
  ///
  ///     rest_1     = s
  ///     h_{l,i}    = step(rest_l − i·value_l + ½)          i = 1...n_l
  ///     rest_{l+1} = rest_l − value_l Σ_i h_{l,i}
  ///     logit      = rest_{L+1} − ½                        rest_{L+1} is 0 or 1
  ///
  /// All place values are even, so the last rest has the parity of s. All weights are exact, every
  /// logit is ±½. Without hidden layers it is the single bit, n = 1.
  ///
  /// Widths that solve far more bits than asked for have units that never fire;
  /// ``BridgedLaw/fewestWidths(bits:depth:)`` gives widths without such units.
  ///
  /// Source of the law: Hunter et al., *Selection of proper neural network sizes and architectures*,
  /// IEEE TII 2012. Preconditions: `bits` ≥ 1, no width below 1, and
  /// `bits` ≤ ``BridgedLaw/mostBits(widths:)``.
  public static func bridged(bits: Int, widths: [Int]) -> ConstructedNetwork {
    bridged(.bridged, bits: bits, widths: widths)
  }

  /// ⌊n/2⌋ threshold units in one hidden layer, the output unit seeing the inputs too.
  ///
  /// The bit count less twice the number of pairs in it: h_i = step(s − 2i + ½), logit =
  /// s − 2 Σ h_i − ½. Source: Liu, Hohil and Smith, *N-bit parity neural networks: new solutions
  /// based on linear programming*, Neurocomputing 2002. Precondition: `bits` ≥ 1.
  public static func bridged(bits: Int) -> ConstructedNetwork {
    bridged(.bridged, bits: bits, widths: Family.bridged.architecture(bits: bits).hidden)
  }

  /// ⌈log2(n + 1)⌉ threshold units in all, one a layer, each seeing the inputs and all units before
  /// it; the last of them is the output unit.
  ///
  /// So ⌈log2(n + 1)⌉ − 1 *hidden* units, as the output unit is not counted: the bridged layers whose
  /// widths are all 1. Each hidden unit finds one binary digit of the bit count, the highest first,
  /// and the output is the last digit. Source: Wilamowski, Hunter and Malinowski, IJCNN 2003.
  /// Precondition: `bits` ≥ 1.
  public static func cascade(bits: Int) -> ConstructedNetwork {
    bridged(.cascade, bits: bits, widths: Family.cascade.architecture(bits: bits).hidden)
  }

  private static func bridged(
    _ family: Family, bits: Int, widths: [Int]
  ) -> ConstructedNetwork {
    let most = BridgedLaw.mostBits(widths: widths)
    precondition((1...most).contains(bits), "widths \(widths) solve 1...\(most) bits, not \(bits)")
    var value = most + 1
    // The weights that compute the rest from the stack: one more for each unit.
    var rest = [Double](repeating: 1, count: bits)
    var hidden: [[WrittenUnit]] = []
    for width in widths {
      value /= width + 1
      hidden.append(
        (1...width).map { WrittenUnit(weights: rest, bias: 0.5 - Double($0 * value)) })
      rest += Array(repeating: -Double(value), count: width)
    }
    let architecture = Architecture(
      inputs: bits, hidden: widths, connections: family.connections, activation: family.activation)
    return ConstructedNetwork(
      family,
      Network(architecture, hidden: hidden, output: WrittenUnit(weights: rest, bias: -0.5)))
  }
}
