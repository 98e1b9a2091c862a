extension ConstructedNetwork {
  /// n threshold units in one hidden layer that sees the inputs alone.
  ///
  /// Unit i = 1...n fires when at least i bits are on; the output adds them with alternating signs:
  ///
  ///     h_i   = step(s − i + ½)
  ///     logit = h_1 − h_2 + h_3 − … − ½
  ///
  /// At bit count s the first s units fire, so the sum is 1 when s is odd and 0 when it is even. All
  /// weights are exact, every logit is ±½.
  ///
  /// Source: Wilamowski, Hunter and Malinowski, *Solving parity-N problems with feedforward neural
  /// networks*, IJCNN 2003. Precondition: `bits` ≥ 1.
  public static func thermometer(bits: Int) -> ConstructedNetwork {
    let ones = [Double](repeating: 1, count: bits)
    let hidden = (1...bits).map { WrittenUnit(weights: ones, bias: 0.5 - Double($0)) }
    let signs = (1...bits).map { $0.isMultiple(of: 2) ? -1.0 : 1 }
    return ConstructedNetwork(
      .thermometer,
      Network(
        Family.thermometer.architecture(bits: bits), hidden: [hidden],
        output: WrittenUnit(weights: signs, bias: -0.5)))
  }
}
