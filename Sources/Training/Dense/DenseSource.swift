import Networks
import Parity

/// Examples that are numbered from 0 on: what a training draws its batches from.
protocol DenseSource {
  /// The kind of inputs.
  var inputs: DenseInputs { get }

  /// The number of examples.
  var count: Int { get }

  /// Writes the examples with the given numbers into a batch; allocates nothing.
  func load(_ numbers: UnsafePointer<UInt32>, count: Int, into batch: DenseBatch)
}

extension InputCoding {
  /// Bits in this coding.
  var dense: DenseInputs {
    .bits(
      off: Float(value(ofInput: 0, in: 0)), on: Float(value(ofInput: 0, in: 1)))
  }
}

/// The rows of a truth table, which their number says in full.
struct TableSource: DenseSource {
  let table: ParityTable
  /// The rows trained on, where some are held out.
  private let rows: [UInt32]

  init(_ table: ParityTable) {
    precondition(
      table.task.bits <= 31, "the rows of \(table.task.bits) bits have no number of 32 bits")
    self.table = table
    rows =
      table.heldOut.isEmpty
      ? [] : (0..<UInt32(table.task.rowCount)).filter { table.isTraining(Int($0)) }
  }

  var inputs: DenseInputs { table.coding.dense }

  var count: Int { table.trainingCount }

  func load(_ numbers: UnsafePointer<UInt32>, count: Int, into batch: DenseBatch) {
    for index in 0..<count {
      let number = numbers[index]
      let row = UInt64(rows.isEmpty ? number : rows[Int(number)])
      batch.rows[index] = row
      batch.targets[index] = table.trainingLabel(of: Int(row)) == 1 ? 1 : -1
    }
  }
}

/// Rows of bits that are kept.
struct SampleSource: DenseSource {
  let rows: BitRows
  let coding: InputCoding

  var inputs: DenseInputs { coding.dense }

  var count: Int { rows.count }

  func load(_ numbers: UnsafePointer<UInt32>, count: Int, into batch: DenseBatch) {
    let words = batch.words
    for index in 0..<count {
      let row = Int(numbers[index])
      for word in 0..<words {
        batch.rows[index &* words &+ word] = rows.words[row &* words &+ word]
      }
      batch.targets[index] = rows.labels[row] == 1 ? 1 : -1
    }
  }
}

/// Examples whose inputs are any numbers.
struct MatrixSource: DenseSource {
  let examples: Examples

  var inputs: DenseInputs { .numbers }

  var count: Int { examples.count }

  func load(_ numbers: UnsafePointer<UInt32>, count: Int, into batch: DenseBatch) {
    let x = examples.inputs
    for index in 0..<count {
      let column = Int(numbers[index])
      let target = batch.inputs + index &* batch.inputStep
      for input in 0..<x.height { target[input] = Float(x.elements[input &* x.width &+ column]) }
      batch.targets[index] = examples.labels[column] == 1 ? 1 : -1
    }
  }
}
