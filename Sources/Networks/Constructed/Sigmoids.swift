extension ConstructedNetwork {
  /// ⌊n/2⌋ + 1 sigmoids in one hidden layer that sees the inputs alone: Setiono's number, n/2 + 1 for
  /// even n and (n + 1)/2 for odd n.
  ///
  /// Where ``bridged(bits:)`` subtracts pairs from the bit count it sees directly, here a sigmoid so
  /// wide that it is nearly straight over 0...n passes the bit count on, and ⌊n/2⌋ steep ones stand
  /// for the threshold units:
  ///
  ///     h_0   = σ(δ(s − n/2))
  ///     h_i   = σ(64(s − 2i + ½))                            i = 1...⌊n/2⌋
  ///     logit = (4/δ)(h_0 − ½) + n/2 − 2 Σ_i h_i − ½
  ///
  /// So the weights are in closed form, with no linear system to be solved and none that could be
  /// badly conditioned. The error of the logit against ±½ has two parts. With x = s − n/2 and
  /// u − u³/3 ≤ tanh u ≤ u for u ≥ 0,
  ///
  ///     |(4/δ)(σ(δx) − ½) − x| ≤ δ²|x|³/12 ≤ δ²n³/96,
  ///
  /// and δ is the largest power of two with δ²n³ ≤ 3, which makes it at most 1/32. A steep sigmoid
  /// is at least 32 past its middle at every whole s, so it is off by less than e^−32. Rounding adds
  /// about 4/δ·10^−16: below 10^−8 up to n = 10^4. Every logit is beyond ±0.46.
  ///
  /// Source of the number: Setiono, *On the solution of the parity problem by a single hidden layer
  /// feedforward neural network*, Neurocomputing 1997. Precondition: `bits` ≥ 1.
  public static func sigmoids(bits: Int) -> ConstructedNetwork {
    let n = Double(bits)
    var slope = 1.0
    while slope * slope * (n * n * n) > 3 { slope /= 2 }
    let wide = WrittenUnit(
      weights: Array(repeating: slope, count: bits), bias: -slope * n / 2)
    let steep = (0..<(bits / 2)).map { pair in
      WrittenUnit(
        weights: Array(repeating: 64, count: bits), bias: 64 * (0.5 - 2 * Double(pair + 1)))
    }
    let output = WrittenUnit(
      weights: [4 / slope] + Array(repeating: -2, count: steep.count),
      bias: n / 2 - 2 / slope - 0.5)
    return ConstructedNetwork(
      .sigmoids,
      Network(
        Family.sigmoids.architecture(bits: bits), hidden: [[wide] + steep], output: output))
  }
}
