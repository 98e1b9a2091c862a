/// The XOR of some of up to 4096 inputs: a parity whose rows are too many to be counted.
///
/// A row is a vector of bits in words of 64: bit i of word j is input 64·j + i. ``ParityTask`` is
/// the same for up to 63 inputs, whose rows fit one word.
public struct WideParity: Hashable, Sendable {
  /// The largest n.
  public static let maximumBits = 4096

  /// The number of inputs, n, from 1 to ``maximumBits``.
  public let bits: Int

  /// The relevant inputs, ascending.
  public let relevant: [Int]

  /// The relevant inputs as a row: the bits that take part in the XOR.
  private let mask: [UInt64]

  /// The parity of the given inputs, each from 0 to `bits` − 1 and named once.
  public init(bits: Int, relevant: [Int]) {
    precondition(
      (1...Self.maximumBits).contains(bits), "bits must be 1...\(Self.maximumBits), got \(bits)")
    var mask = [UInt64](repeating: 0, count: (bits + 63) / 64)
    for input in relevant {
      precondition((0..<bits).contains(input), "input \(input) of \(bits)")
      precondition(mask[input >> 6] >> UInt64(input & 63) & 1 == 0, "input \(input) twice")
      mask[input >> 6] |= 1 << UInt64(input & 63)
    }
    self.bits = bits
    self.relevant = relevant.sorted()
    self.mask = mask
  }

  /// The parity of the first k of n inputs.
  public init(bits: Int, firstRelevant k: Int) {
    precondition((0...bits).contains(k), "\(k) relevant bits of \(bits)")
    self.init(bits: bits, relevant: Array(0..<k))
  }

  /// The words of a row.
  public var words: Int { (bits + 63) / 64 }

  /// The XOR of the relevant bits of the row that begins at a word: 0 or 1.
  public func label(of words: [UInt64], at first: Int = 0) -> UInt8 {
    var ones: UInt64 = 0
    for word in mask.indices { ones ^= words[first + word] & mask[word] }
    return UInt8(truncatingIfNeeded: ones.nonzeroBitCount & 1)
  }
}

/// Rows of bits with their labels, each row in words of 64 bits.
public struct BitRows: Equatable, Sendable {
  /// The number of inputs of a row, n.
  public let bits: Int
  /// The rows one after another, ⌈n/64⌉ words each; bits beyond n are 0.
  public internal(set) var words: [UInt64]
  /// The label of each row, 0 or 1.
  public internal(set) var labels: [UInt8]

  /// So many rows of zeros of a task, with its label of them, 0.
  public init(_ task: WideParity, count: Int) {
    precondition(count >= 0, "\(count) rows")
    bits = task.bits
    words = Array(repeating: 0, count: count * task.words)
    labels = Array(repeating: 0, count: count)
  }

  /// n + 1 rows under the parity of all n inputs: in row c the first c inputs are on.
  ///
  /// Precondition: `bits` is 1 to ``WideParity/maximumBits``.
  public static func everyCount(bits: Int) -> BitRows {
    let task = WideParity(bits: bits, firstRelevant: bits)
    var rows = BitRows(task, count: bits + 1)
    for count in 0...bits {
      let first = count * task.words
      for input in 0..<count { rows.words[first + input >> 6] |= 1 << UInt64(input & 63) }
      rows.labels[count] = task.label(of: rows.words, at: first)
    }
    return rows
  }

  /// The number of rows.
  public var count: Int { labels.count }

  /// The words of a row.
  public var wordsPerRow: Int { (bits + 63) / 64 }

  /// Whether an input of a row is on.
  public func isOn(_ input: Int, ofRow row: Int) -> Bool {
    words[row * wordsPerRow + input >> 6] >> UInt64(input & 63) & 1 == 1
  }
}
