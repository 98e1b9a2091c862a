/// One pass over the whole truth table, forward and backward, of networks of one shape.
///
/// Parameters and gradient are laid out as `Layer` says, in single precision. A pass owns the memory
/// it works in and allocates nothing after it was made.
protocol TablePass: ~Copyable {
  /// Judges the rows at `parameters` and fills `gradient` with that of the mean logistic loss over
  /// the training rows.
  ///
  /// Both point to as many numbers as the architecture has parameters.
  mutating func evaluate(
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
