/// Which rows a training never sees, and of which it sees the other label.
///
/// Trials and data sets draw them here, so that the same words and the same seed give the same rows.
/// The rows are those of a data set in its order, the whole truth table for a trial. Each choice is
/// drawn from a stream of its own, named by n, the number k of relevant bits and the counts:
/// `data n=8 k=8 held-out=64` and `noise n=8 k=8 held-out=64 noise=19`.
public struct RowDraw: Hashable, Sendable {
  /// The task the rows belong to.
  public let task: ParityTask
  /// The rows held out.
  public let heldOut: Int
  /// The other rows whose label is flipped.
  public let flipped: Int
  /// The number that both are drawn from.
  public let seed: UInt64

  /// A choice of so many rows.
  public init(_ task: ParityTask, heldOut: Int, flipped: Int, seed: UInt64) {
    precondition(heldOut >= 0 && flipped >= 0, "\(heldOut) rows held out, \(flipped) flipped")
    (self.task, self.heldOut, self.flipped, self.seed) = (task, heldOut, flipped, seed)
  }

  /// A share of some rows to the nearest whole number, a half upward.
  public static func count(_ share: Double, of rows: Int) -> Int {
    Int((share * Double(rows)).rounded())
  }

  /// Whether each of `count` rows is held out; empty where none is.
  public func isHeldOut(among count: Int) -> [Bool] {
    guard heldOut > 0 else { return [] }
    var generator = SeededGenerator(seed: seed, stream: "data \(subject)")
    return generator.marks(heldOut, of: count)
  }

  /// Whether the label of each of `count` rows is flipped, of which `isHeldOut` says which are not
  /// trained on; empty where none is.
  public func isFlipped(among count: Int, isHeldOut: [Bool]) -> [Bool] {
    guard flipped > 0 else { return [] }
    var generator = SeededGenerator(seed: seed, stream: "noise \(subject) noise=\(flipped)")
    let trained = (0..<count).filter { isHeldOut.isEmpty || !isHeldOut[$0] }
    var marks = Array(repeating: false, count: count)
    for index in generator.distinct(flipped, below: UInt64(trained.count)) {
      marks[trained[Int(index)]] = true
    }
    return marks
  }

  private var subject: String { "n=\(task.bits) k=\(task.relevantCount) held-out=\(heldOut)" }
}
