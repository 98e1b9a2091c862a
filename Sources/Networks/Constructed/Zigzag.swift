extension ConstructedNetwork {
  /// n ReLU units in one hidden layer that sees the inputs alone.
  ///
  /// The logit is a zigzag over the bit count that turns at every whole number below n:
  ///
  ///     h_i   = relu(s − i)                      i = 0...n−1
  ///     logit = h_0 − 2 h_1 + 2 h_2 − 2 h_3 + … − ½
  ///
  /// Its slope is +1 from 0 to 1, −1 from 1 to 2 and so on, so the sum is 1 at odd s and 0 at even s.
  /// All weights are exact, every logit is ±½. It is an upper bound only: n − 1 ReLU units
  /// were found to suffice for n = 4...12. Precondition: `bits` ≥ 1.
  public static func zigzag(bits: Int) -> ConstructedNetwork {
    let ones = [Double](repeating: 1, count: bits)
    let hidden = (0..<bits).map { WrittenUnit(weights: ones, bias: -Double($0)) }
    let turns = (0..<bits).map { $0 == 0 ? 1.0 : ($0.isMultiple(of: 2) ? 2 : -2) }
    return ConstructedNetwork(
      .zigzag,
      Network(
        Family.zigzag.architecture(bits: bits), hidden: [hidden],
        output: WrittenUnit(weights: turns, bias: -0.5)))
  }
}
