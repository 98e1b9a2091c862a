public import Parity

/// What a check of a circuit against its task found.
public enum Verification: Hashable, Sendable {
  /// The circuit gives the label on every row checked.
  case verified(rows: UInt64)
  /// The circuit is wrong on `wrong` of the rows checked; `firstRow` is the lowest of them.
  case fails(firstRow: UInt64, wrong: UInt64, rows: UInt64)

  /// The number of rows checked.
  public var rows: UInt64 {
    switch self {
    case .verified(let rows), .fails(_, _, let rows): rows
    }
  }

  /// The number of rows on which the circuit gives the label.
  public var solvedRows: UInt64 {
    switch self {
    case .verified(let rows): rows
    case .fails(_, let wrong, let rows): rows - wrong
    }
  }
}

/// What a check of a circuit has found on the rows from the first on.
public struct RowsVerified: Hashable, Sendable {
  /// How many rows that are.
  public var rows: UInt64
  /// Those of them on which the circuit is wrong.
  public var wrong: UInt64
  /// The lowest of these; nil when there is none.
  public var firstRow: UInt64?

  /// Nothing was checked, or so much was found before.
  public init(rows: UInt64 = 0, wrong: UInt64 = 0, firstRow: UInt64? = nil) {
    (self.rows, self.wrong, self.firstRow) = (rows, wrong, firstRow)
  }

  /// What it says of the circuit, as if these were all rows.
  public var verification: Verification {
    guard let firstRow else { return .verified(rows: rows) }
    return .fails(firstRow: firstRow, wrong: wrong, rows: rows)
  }
}

extension Verification {
  /// The lowest of the rows on which the circuit is wrong; nil when there is none.
  public var firstWrongRow: UInt64? {
    if case .fails(let row, _, _) = self { row } else { nil }
  }
}

extension Circuit {
  /// The most inputs whose rows are all checked unless said otherwise: 2^36 rows take minutes.
  public static let enumerableInputs = 36

  /// Compares the circuit with the task on all 2^n rows.
  ///
  /// The rows are cut into blocks that share their high inputs, which ``AndProgram`` makes fast. More
  /// than `limit` inputs are refused; a sample of their rows can be checked.
  public func verify(
    _ task: ParityTask, limit: Int = Circuit.enumerableInputs
  ) throws(CircuitError) -> Verification {
    let found = try verify(task, limit: limit, from: RowsVerified()) { _ in true }
    return found.verification
  }

  /// The same from the rows on that were verified before; `goesOn` gets what is known after each block
  /// but the last, and ends the check by returning false.
  ///
  /// The rows verified before must end with a block, as those do that `goesOn` has seen.
  public func verify(
    _ task: ParityTask, limit: Int = Circuit.enumerableInputs, from start: RowsVerified,
    goesOn: (RowsVerified) -> Bool
  ) throws(CircuitError) -> RowsVerified {
    try requireInputs(of: task)
    guard inputs <= limit else {
      throw .tooManyRows(inputs: inputs, limit: limit)
    }
    var enumeration = BlockEnumeration(inputs: inputs)
    let blockRows = enumeration.blockRows
    enumeration.kernel.setLabels(toParityOf: task.relevant & (UInt64(blockRows) - 1))
    var known = start
    enumeration.run(AndProgram(self), from: start.rows) { kernel, output, base in
      let flipped = (base & task.relevant).nonzeroBitCount & 1 == 1
      let found = kernel.wrongRows(output: output, flipped: flipped, of: blockRows)
      known.wrong += UInt64(found.count)
      if known.firstRow == nil, let first = found.first { known.firstRow = base + UInt64(first) }
      known.rows = base + UInt64(blockRows)
      return known.rows == task.rowCount || goesOn(known)
    }
    return known
  }

  /// Compares the circuit with the labels of the given rows, usually a sample.
  public func verify(_ data: DataSet) throws(CircuitError) -> Verification {
    try requireInputs(of: data.task)
    let program = AndProgram(self)
    // Each gate has a slot for the whole block, so many gates make the block narrow.
    let budget = 1 << 18
    let slots = AndProgram.firstGate + program.gateCount
    let kernel = BlockKernel(vectors: max(1, min(8, budget / slots)))
    let blockRows = kernel.vectors * BlockKernel.rowsOfVector
    var wrong: UInt64 = 0
    var firstRow: UInt64?
    for start in stride(from: 0, to: data.rows.count, by: blockRows) {
      let block = start..<min(start + blockRows, data.rows.count)
      kernel.fill(rows: data.rows[block], labels: data.labels[block], inputs: inputs)
      kernel.evaluate(program)
      let found = kernel.wrongRows(output: program.output, flipped: false, of: block.count)
      wrong += UInt64(found.count)
      if found.first != nil {
        firstRow = lowest(firstRow, data, block)
      }
    }
    return result(firstRow: firstRow, wrong: wrong, rows: UInt64(data.rows.count))
  }

  /// The value of the circuit on every row; at most 30 inputs, whose table takes 128 MiB.
  public func truthTable() throws(CircuitError) -> TruthTable {
    guard inputs <= 30 else {
      throw .tooManyRows(inputs: inputs, limit: 30)
    }
    var words: [UInt64] = []
    var enumeration = BlockEnumeration(inputs: inputs)
    enumeration.run(AndProgram(self)) { kernel, output, _ in
      words += kernel.words(of: output)
      return true
    }
    return TruthTable(inputs: inputs, repeatingWords: words)
  }

  // MARK: Parts

  /// The lowest wrong row, row by row, since the rows of a data set may be in any order.
  private func lowest(_ known: UInt64?, _ data: DataSet, _ block: Range<Int>) -> UInt64? {
    var lowest = known
    for index in block where data.rows[index] < lowest ?? .max {
      if value(on: data.rows[index]) != (data.labels[index] == 1) { lowest = data.rows[index] }
    }
    return lowest
  }

  private func requireInputs(of task: ParityTask) throws(CircuitError) {
    guard inputs == task.bits else {
      throw .differentInputs(circuit: inputs, task: task.bits)
    }
  }

  private func result(firstRow: UInt64?, wrong: UInt64, rows: UInt64) -> Verification {
    guard let firstRow else { return .verified(rows: rows) }
    return .fails(firstRow: firstRow, wrong: wrong, rows: rows)
  }
}
