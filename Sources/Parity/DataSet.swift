/// Rows of a parity task with their labels.
public struct DataSet: Equatable, Sendable {
  /// The task the labels come from.
  public let task: ParityTask

  /// The rows, each an input assignment (bit i is input i).
  public let rows: [UInt64]

  /// The label of each row, 0 or 1; equal to the task's label unless noise was added.
  public let labels: [UInt8]

  /// The given rows with the task's own labels.
  public init(_ task: ParityTask, rows: [UInt64]) {
    self.init(task, rows: rows, labels: rows.map(task.label))
  }

  private init(_ task: ParityTask, rows: [UInt64], labels: [UInt8]) {
    self.task = task
    self.rows = rows
    self.labels = labels
  }

  /// All 2^n rows in ascending order.
  public static func truthTable(_ task: ParityTask) -> DataSet {
    DataSet(task, rows: Array(0..<task.rowCount))
  }

  /// `count` different rows in ascending order, every set of rows equally likely.
  ///
  /// The table is not enumerated, so n may be 63; `count` must be at most 2^n.
  public static func sample(
    _ task: ParityTask, count: Int, using generator: inout SeededGenerator
  ) -> DataSet {
    DataSet(task, rows: generator.distinct(count, below: task.rowCount))
  }

  /// Which rows are held out: `count` of them, every choice equally likely.
  public func heldOut(count: Int, using generator: inout SeededGenerator) -> [Bool] {
    generator.marks(count, of: rows.count)
  }

  /// The rows to train on and the `count` rows held out, both in the order of this data set.
  public func split(
    heldOut count: Int, using generator: inout SeededGenerator
  ) -> (training: DataSet, heldOut: DataSet) {
    let held = heldOut(count: count, using: &generator)
    return (subset { !held[$0] }, subset { held[$0] })
  }

  /// The same rows with each label flipped independently with the given probability (0...1).
  public func flippingLabels(
    probability: Double, using generator: inout SeededGenerator
  ) -> DataSet {
    precondition((0...1).contains(probability), "a probability lies in 0...1, got \(probability)")
    let noisy = labels.map { generator.unit() < probability ? 1 - $0 : $0 }
    return DataSet(task, rows: rows, labels: noisy)
  }

  private func subset(where keep: (Int) -> Bool) -> DataSet {
    let kept = rows.indices.filter(keep)
    return DataSet(task, rows: kept.map { rows[$0] }, labels: kept.map { labels[$0] })
  }
}
