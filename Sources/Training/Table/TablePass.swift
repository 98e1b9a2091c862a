import Networks

/// One pass over the whole truth table, forward and backward, of networks of one shape.
///
/// A pass owns the memory it works in and allocates nothing after `init`. It may lay out the
/// parameters in its own order, with gaps between them; the numbers in gaps are 0, and so is their
/// gradient.
protocol TablePass: ~Copyable {
  /// The numbers that parameters and gradient take, a multiple of eight.
  var parameterCount: Int { get }

  /// The position among those numbers of a parameter, given its index in the order of `Layer`.
  func position(of parameter: Int) -> Int

  /// Judges the rows at `parameters` and fills `gradient` with that of the mean loss over
  /// the training rows.
  ///
  /// It is not mutating, since it changes only memory that the pass points to. A mutating call
  /// would copy the whole pass twice, which took a twentieth of the time of small networks.
  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement
}

/// What a pass over the table found.
struct Judgement: Equatable {
  /// The training rows whose logit has the sign of the label; a logit of 0 counts as wrong.
  var solvedRows: Int
  /// Whether every logit is a number.
  var isFinite: Bool
}
