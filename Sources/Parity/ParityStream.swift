/// Examples of a parity that are drawn afresh, batch by batch, and never stored.
///
/// Every bit is 0 or 1, each equally likely and independent of all others. A row takes one number of
/// the generator for each 64 inputs, of which the last keeps its low bits. The same seed gives the
/// same rows, however they are cut into batches.
public struct ParityStream: Sendable {
  /// The parity that the labels are.
  public let task: WideParity
  private var generator: SeededGenerator

  /// The examples of a task for a seed, drawn from the stream called "examples".
  public init(_ task: WideParity, seed: UInt64) {
    self.init(task, SeededGenerator(seed: seed, stream: "examples"))
  }

  /// The examples of a task, drawn from a generator.
  public init(_ task: WideParity, _ generator: SeededGenerator) {
    self.task = task
    self.generator = generator
  }

  /// Overwrites `rows` with the next ones.
  public mutating func draw(into rows: inout BitRows) {
    precondition(rows.bits == task.bits, "rows of \(rows.bits) bits for \(task.bits)")
    let words = task.words
    let last = UInt64.max >> UInt64(64 * words - task.bits)
    for row in rows.labels.indices {
      let first = row * words
      for word in first..<(first + words) { rows.words[word] = generator.next() }
      rows.words[first + words - 1] &= last
      rows.labels[row] = task.label(of: rows.words, at: first)
    }
  }

  /// The next rows: a sample to keep.
  public mutating func sample(_ count: Int) -> BitRows {
    var rows = BitRows(task, count: count)
    draw(into: &rows)
    return rows
  }
}
