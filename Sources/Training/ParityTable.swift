public import Networks
public import Parity

/// The truth table of a parity as rows to train on, some of them held out or none.
public struct ParityTable: Sendable {
  /// The parity that the labels are.
  public let task: ParityTask
  /// How bits become inputs.
  public let coding: InputCoding
  /// Whether a row is held out of training, one a row; empty when none is.
  let heldOut: [Bool]
  /// Whether a row is trained on with the other label, one a row; empty when none is.
  let flipped: [Bool]

  /// The table of a task; `heldOut` says of each row whether it is held out, or is empty.
  ///
  /// `flipped` says of each row whether training gets its other label, or is empty. Rows are always
  /// judged by the labels of the task.
  public init(
    _ task: ParityTask, coding: InputCoding, heldOut: [Bool] = [], flipped: [Bool] = []
  ) {
    precondition(
      heldOut.isEmpty || heldOut.count == task.rowCount,
      "\(heldOut.count) rows held out or not of \(task.rowCount)")
    precondition(
      flipped.isEmpty || flipped.count == task.rowCount,
      "\(flipped.count) rows flipped or not of \(task.rowCount)")
    self.flipped = flipped.contains(true) ? flipped : []
    self.task = task
    self.coding = coding
    self.heldOut = heldOut.contains(true) ? heldOut : []
  }

  /// The number of rows trained on, m.
  public var trainingCount: Int {
    heldOut.isEmpty ? Int(task.rowCount) : heldOut.count { !$0 }
  }

  /// The rows trained on, in ascending order, with the labels that training gets.
  public var examples: Examples {
    let data = DataSet(task, rows: trainingRows)
    guard hasNoise else { return Examples(data, coding: coding) }
    return Examples(
      inputs: Matrix(data, coding: coding), labels: data.rows.map { trainingLabel(of: Int($0)) })
  }

  /// The labels of the task on the rows trained on, in ascending order of the rows.
  var labels: [UInt8] { trainingRows.map(task.label) }

  /// Whether training gets other labels than those of the task.
  var hasNoise: Bool { !flipped.isEmpty }

  /// The label that training gets for a row.
  func trainingLabel(of row: Int) -> UInt8 {
    let label = task.label(of: UInt64(row))
    return hasNoise && flipped[row] ? 1 - label : label
  }

  /// Whether a row is trained on.
  func isTraining(_ row: Int) -> Bool { heldOut.isEmpty || !heldOut[row] }

  /// What the network gives on the rows trained on, in double precision.
  func check(_ network: Network) -> RowCheck {
    heldOut.isEmpty
      ? network.check(task, coding: coding, rows: 0..<task.rowCount)
      : network.check(task, coding: coding, rows: trainingRows)
  }

  /// The mean logistic loss on the rows trained on, or on some of them where there are many: what
  /// progress shows while a training goes on.
  func lossOfSample(_ network: Network) -> Double {
    let most: UInt64 = 1024
    guard task.rowCount > most else { return check(network).loss }
    // An odd factor permutes the rows, so that these are different ones, and all bits vary.
    let rows = (0..<most).map { ($0 &* 0x9E37_79B9_7F4A_7C15) & (task.rowCount - 1) }
    return network.check(task, coding: coding, rows: rows.filter { isTraining(Int($0)) }).loss
  }

  private var trainingRows: [UInt64] { (0..<task.rowCount).filter { isTraining(Int($0)) } }
}
