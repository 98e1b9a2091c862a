import Networks
import Parity

/// The rows of a truth table as the kernels see them: row r is r in binary, bit k is input k.
///
/// Where there are fewer than `minimumRows` rows, the rows beyond are rows of further inputs that no
/// weight looks at; they are held out.
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

  /// The table of `labels`, one a row, of which those in `heldOut` are not trained on.
  init(
    bits: Int, labels: [UInt8], isTraining: (Int) -> Bool, coding: InputCoding, minimumRows: Int
  ) {
    precondition(labels.count == 1 << bits, "\(labels.count) labels for \(bits) bits")
    self.bits = bits
    off = Float(coding.value(ofInput: 0, in: 0))
    on = Float(coding.value(ofInput: 0, in: 1))
    var targets = Array(repeating: Lanes.zero, count: max(labels.count, minimumRows) / 8)
    var count = 0
    for (row, label) in labels.enumerated() where isTraining(row) {
      targets[row >> 3][row & 7] = label == 1 ? 1 : -1
      count += 1
    }
    self.targets = targets
    trainingRows = count
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
