import Networks
import Parity

/// The rows of a truth table as the kernels see them: row r is r in binary, bit k is input k.
///
/// A table of fewer than 64 rows is filled up with rows of further inputs, which have no weights.
/// They are held out.
struct TableRows: Sendable {
  /// The number of inputs, n.
  let bits: Int
  /// The values of an input that is off and of one that is on: −1 and 1, or 0 and 1.
  let off: Float
  let on: Float
  /// The number of training rows, m.
  let trainingRows: Int
  /// +1 for a training row of label 1, −1 for one of label 0, 0 for a row that is not trained on.
  let targets: [Lanes]

  /// The fewest rows the vectors have room for: one tile.
  private static let minimumRows = 64

  /// The rows of `table`.
  init(_ table: ParityTable) {
    bits = table.task.bits
    off = Float(table.coding.value(ofInput: 0, in: 0))
    on = Float(table.coding.value(ofInput: 0, in: 1))
    let rows = Int(table.task.rowCount)
    trainingRows = table.trainingCount
    var targets = Array(repeating: Lanes.zero, count: max(rows, Self.minimumRows) / 8)
    for row in 0..<rows where table.isTraining(row) {
      targets[row >> 3][row & 7] = table.trainingLabel(of: row) == 1 ? 1 : -1
    }
    self.targets = targets
  }

  /// The value of inputs 0, 1 and 2 in the eight lanes of any vector.
  func lanes(ofInput input: Int) -> Lanes {
    var lanes = Lanes(repeating: off)
    for lane in 0..<8 where lane >> input & 1 == 1 {
      lanes[lane] = on
    }
    return lanes
  }
}
