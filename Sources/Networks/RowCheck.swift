public import Parity

/// What the forward pass over many rows found: how many are right, and where the first is not.
public struct RowCheck: Equatable, Sendable {
  /// The rows that were evaluated.
  public private(set) var rows = 0

  /// The rows whose logit has the sign of the label; a logit of 0 or NaN counts as wrong.
  public private(set) var solvedRows = 0

  /// The first row, in the order evaluated, that is not right; nil when all are.
  public private(set) var firstWrongRow: UInt64?

  /// The smallest |logit| over the rows, a NaN counting as 0; infinite over no rows.
  public private(set) var margin = Double.infinity

  /// The sum of the rows' logistic losses, in nats.
  private var lossSum = 0.0

  /// The mean logistic loss over the rows, in nats; NaN over none.
  public var loss: Double { lossSum / Double(rows) }

  /// The score on the rows.
  public var score: Score { Score(loss: loss, solvedRows: solvedRows) }

  /// The number of rows that are evaluated at a time.
  ///
  /// Chunks of 64 to 4096 rows take nearly the same time. The smallest ask for the least memory: Z and
  /// A of a network of fifty values take 50 kB.
  fileprivate static let chunk = 64

  fileprivate mutating func add(_ rows: [UInt64], _ logits: ArraySlice<Double>, _ task: ParityTask)
  {
    for (row, z) in zip(rows, logits) { add(row, z, label: task.label(of: row)) }
  }

  fileprivate mutating func add(_ row: UInt64, _ z: Double, label: UInt8) {
    rows += 1
    margin = min(margin, z.isNaN ? 0 : z.magnitude)
    let signed = label == 1 ? z : -z
    lossSum += Score.loss(ofMargin: signed)
    if signed > 0 {
      solvedRows += 1
    } else if firstWrongRow == nil {
      firstWrongRow = row
    }
  }
}

extension Network {
  /// Evaluates the network on a range of rows of a task, such as all of them, `0..<task.rowCount`.
  ///
  /// The memory stays that of one chunk of rows, however many there are. Preconditions: the network
  /// has an input for each bit, and the rows are rows of the task.
  public func check(
    _ task: ParityTask, coding: InputCoding, rows: Range<UInt64>
  ) -> RowCheck {
    precondition(rows.upperBound <= task.rowCount, "\(rows) of \(task.rowCount) rows")
    return check(task, coding, count: rows.count) { start, chunk in
      for index in chunk.indices {
        chunk[index] = rows.lowerBound + UInt64(start + index)
      }
    }
  }

  /// Evaluates the network on the given rows of a task, such as a sample.
  ///
  /// Preconditions: the network has an input for each bit, and the rows are rows of the task.
  public func check(_ task: ParityTask, coding: InputCoding, rows: [UInt64]) -> RowCheck {
    precondition(rows.allSatisfy { $0 < task.rowCount }, "a row beyond \(task.rowCount)")
    return check(task, coding, count: rows.count) { start, chunk in
      for index in chunk.indices {
        chunk[index] = rows[start + index]
      }
    }
  }

  /// Evaluates the network on the rows of a sample; the first wrong row is its number there.
  ///
  /// Precondition: the network has an input for each bit.
  public func check(_ sample: BitRows, coding: InputCoding) -> RowCheck {
    precondition(
      architecture.inputs == sample.bits, "\(architecture.inputs) inputs for \(sample.bits) bits")
    var found = RowCheck()
    for start in stride(from: 0, to: sample.count, by: RowCheck.chunk) {
      let range = start..<min(start + RowCheck.chunk, sample.count)
      let inputs = Matrix(sample, in: range, coding: coding)
      for (row, z) in forward(inputs).logits.enumerated() {
        found.add(UInt64(start + row), z, label: sample.labels[start + row])
      }
    }
    return found
  }

  private func check(
    _ task: ParityTask, _ coding: InputCoding, count: Int,
    fill: (_ start: Int, _ chunk: inout [UInt64]) -> Void
  ) -> RowCheck {
    precondition(
      architecture.inputs == task.bits, "\(architecture.inputs) inputs for \(task.bits) bits")
    var found = RowCheck()
    var chunk: [UInt64] = []
    var cache = ForwardCache(architecture, inputs: Matrix(height: task.bits, width: 0))
    for start in stride(from: 0, to: count, by: RowCheck.chunk) {
      let size = min(RowCheck.chunk, count - start)
      // All chunks but the last are of one size and share their memory.
      if size != chunk.count {
        chunk = Array(repeating: 0, count: size)
        cache = ForwardCache(architecture, inputs: Matrix(height: task.bits, width: size))
      }
      fill(start, &chunk)
      cache.setInputs(chunk, coding)
      forward(into: &cache)
      found.add(chunk, cache.logits, task)
    }
    return found
  }
}

extension ForwardCache {
  /// Overwrites X with the given rows, as many as the cache was made for.
  fileprivate mutating func setInputs(_ rows: [UInt64], _ coding: InputCoding) {
    let off = Double(coding.value(ofInput: 0, in: 0))
    let on = Double(coding.value(ofInput: 0, in: 1))
    let inputs = layers[0].inputs
    activations.elements.withUnsafeMutableBufferPointer { a in
      for input in inputs {
        let mask: UInt64 = 1 << UInt64(input)
        for (column, row) in rows.enumerated() {
          a[input * rows.count + column] = row & mask == 0 ? off : on
        }
      }
    }
  }
}
