public import Networks

/// Where a learning curve has its points: every epoch up to 8, then four for each doubling.
public enum CurveEpochs {
  /// The next epoch with a point, of 0, 1, … 8, 10, 12, 14, 16, 20, 24, 28, 32, 40 and so on.
  public static func next(after epoch: Int) -> Int {
    guard epoch >= 8 else { return epoch + 1 }
    let octave = Int.bitWidth - 1 - epoch.leadingZeroBitCount
    return epoch + 1 << (octave - 2)
  }
}

/// Takes the points of a learning curve in order: an epoch, and the score on the training rows and
/// the network after it.
public typealias CurveObserver = (_ epoch: Int, _ score: Score, _ network: Network) -> Void

/// Passes the scores of the epochs that have a point on to an observer.
package struct CurveRecorder {
  private let observer: CurveObserver?
  /// The epoch that the next point belongs to; beyond all epochs without an observer.
  package private(set) var nextEpoch: Int
  /// The epoch of the last point, −1 before the first.
  private(set) var lastEpoch: Int

  /// A recorder for an observer; without one no epoch has a point.
  ///
  /// A training that goes on from a checkpoint has passed on the points up to that of `lastEpoch`.
  package init(_ observer: CurveObserver?, after lastEpoch: Int = -1) {
    self.observer = observer
    self.lastEpoch = lastEpoch
    let next = lastEpoch < 0 ? 0 : CurveEpochs.next(after: lastEpoch)
    nextEpoch = observer == nil ? .max : next
  }

  /// Passes a point on, unless the epoch's point was passed on before.
  package mutating func add(_ epoch: Int, _ score: Score, _ network: Network) {
    guard let observer, epoch != lastEpoch else { return }
    observer(epoch, score, network)
    lastEpoch = epoch
    nextEpoch = CurveEpochs.next(after: epoch)
  }
}
