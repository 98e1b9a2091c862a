/// The loss that training minimizes, and the number of right rows that decides whether it is solved.
public struct Score: Equatable, Sendable {
  /// The mean over the rows of −y log a − (1 − y) log(1 − a), a = 1/(1 + e^−z), in nats.
  public let loss: Double

  /// The rows whose logit has the sign of the label; a logit of 0 or NaN counts as wrong.
  public let solvedRows: Int

  /// The score of one logit a row against one label (0 or 1) a row.
  ///
  /// In terms of the logit the loss of a row is max(z, 0) − y·z + log(1 + e^−|z|), which neither
  /// overflows nor loses a small loss.
  public init(logits: ArraySlice<Double>, labels: [UInt8]) {
    precondition(logits.count == labels.count, "\(logits.count) logits, \(labels.count) labels")
    var sum = 0.0
    var solved = 0
    for (z, y) in zip(logits, labels) {
      let margin = y == 1 ? z : -z
      sum += Self.loss(ofMargin: margin)
      solved += margin > 0 ? 1 : 0
    }
    loss = sum / Double(labels.count)
    solvedRows = solved
  }

  /// A score with the given numbers.
  public init(loss: Double, solvedRows: Int) {
    self.loss = loss
    self.solvedRows = solvedRows
  }

  /// The loss of one row, given its logit with the sign changed where the label is 0.
  static func loss(ofMargin margin: Double) -> Double {
    // −y·z + max(z, 0) is 0 on the right side and |z| on the wrong one.
    (margin < 0 ? -margin : 0) + Elementary.log1p(Elementary.exp(-margin.magnitude))
  }
}

extension Network {
  /// The network's score on the given rows.
  public func score(on examples: Examples) -> Score {
    Score(logits: forward(examples.inputs).logits, labels: examples.labels)
  }
}
