import Parity

/// What the inputs of a network are: bits, or any numbers.
enum DenseInputs: Sendable {
  /// Bits, with the values of one that is off and of one that is on.
  case bits(off: Float, on: Float)
  /// Numbers.
  case numbers

  var isBits: Bool {
    switch self {
    case .bits: true
    case .numbers: false
    }
  }
}

/// The examples of one batch, as a source writes them.
struct DenseBatch {
  /// The inputs as bits, `words` words of 64 for each example; filling is 0.
  let rows: UnsafeMutablePointer<UInt64>
  let words: Int
  /// The inputs as numbers where they are no bits: those of an example side by side, `inputStep`
  /// numbers from example to example.
  let inputs: UnsafeMutablePointer<Float>
  let inputStep: Int
  /// +1 for an example of label 1, −1 for one of label 0.
  let targets: UnsafeMutablePointer<Float>

  /// Writes rows, as many as the batch has room for.
  func load(_ rows: BitRows) {
    for index in rows.words.indices { self.rows[index] = rows.words[index] }
    for index in rows.labels.indices { targets[index] = rows.labels[index] == 1 ? 1 : -1 }
  }
}
