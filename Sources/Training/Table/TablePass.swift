import Networks

/// One pass over the whole truth table, forward and backward, of networks of one shape.
///
/// A pass owns the memory it works in and allocates nothing after it was made. It may lay out the
/// parameters in its own order, with room between them: numbers there are 0, and so is their gradient.
protocol TablePass: ~Copyable {
  /// The numbers that parameters and gradient take, a multiple of eight.
  var parameterCount: Int { get }

  /// Where a parameter of the network, as `Layer` counts them, stands among those numbers.
  func position(of parameter: Int) -> Int

  /// Judges the rows at `parameters` and fills `gradient` with that of the mean logistic loss over
  /// the training rows.
  ///
  /// Not mutating, since what it changes is the memory that the pass owns: a mutating call moves the
  /// whole pass away and back each time, a twentieth of the time of small networks.
  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement
}

/// What a pass over the table found.
struct Judgement: Equatable {
  /// The training rows whose logit has the label's sign; a logit of exactly 0 is right for neither.
  var solvedRows: Int
  /// Whether every logit is a number.
  var isFinite: Bool
}
