package import Networks

/// The result of a training whose steps are `descend`: single precision proposes that every row is
/// right, double precision decides.
///
/// `check` judges a network on the `count` rows trained on, in double precision; it gives the score
/// and the points of the learning curve too. `descend` takes what makes a point, nil without an
/// observer, and what accepts a proposal.
func confirmed(
  count: Int, _ observer: CurveObserver?, after start: Checkpoint? = nil,
  check: @escaping (Network) -> RowCheck,
  _ descend: (_ point: ((Int, Network) -> Int)?, _ accepts: @escaping (Network) -> Bool) -> Descent
) -> TrainingResult {
  var accepted: RowCheck?
  var curve = CurveRecorder(observer, after: start?.lastPoint ?? -1)
  let point: (Int, Network) -> Int = { epoch, network in
    curve.add(epoch, check(network).score, network)
    return curve.nextEpoch
  }
  let end = descend(observer == nil ? nil : point) {
    let found = check($0)
    // This check ends the run and gives its score, so that the network is not judged twice.
    if found.solvedRows == count { accepted = found }
    return found.solvedRows == count
  }
  if let solvedRows = end.stoppedAt {
    return TrainingResult(
      reason: .stopped, epochs: end.epochs, score: Score(loss: .nan, solvedRows: solvedRows),
      network: end.network)
  }
  let found = accepted ?? check(end.network)
  let isSolved = found.solvedRows == count
  let reason: StopReason =
    end.isFinite && found.loss.isFinite ? (isSolved ? .solved : .budget) : .diverged
  curve.add(end.epochs, found.score, end.network)
  return TrainingResult(
    reason: reason, epochs: end.epochs, score: found.score, network: end.network,
    margin: found.margin)
}

/// Where the steps of a training run ended.
package struct Descent: Sendable {
  /// The network, its parameters those of single precision.
  package let network: Network
  /// The steps taken.
  package let epochs: Int
  /// Whether all logits and parameters were finite to the end.
  package let isFinite: Bool
  /// The rows that were right where a watcher ended the run; nil where it ended by itself.
  package let stoppedAt: Int?
}
