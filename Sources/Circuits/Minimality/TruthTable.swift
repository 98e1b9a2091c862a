/// A Boolean function as the list of its values: bit r of the table is its value on row r.
public struct TruthTable: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int

  /// 64 rows a word, row 0 in the lowest bit; bits beyond row 2^n − 1 are 0.
  public let words: [UInt64]

  /// The function that is 1 on the given rows, its *minterms*.
  public init(inputs: Int, minterms: some Sequence<Int>) {
    precondition((1...30).contains(inputs), "a truth table has 1...30 inputs, got \(inputs)")
    var words = [UInt64](repeating: 0, count: Self.wordCount(inputs))
    for row in minterms {
      precondition((0..<(1 << inputs)).contains(row), "row \(row) of \(inputs) inputs")
      words[row / 64] |= 1 << UInt64(row % 64)
    }
    self.inputs = inputs
    self.words = words
  }

  /// The function whose values are the first 2^n bits of `words`; bits beyond are ignored.
  init(inputs: Int, repeatingWords words: [UInt64]) {
    self.inputs = inputs
    let mask = inputs < 6 ? (UInt64(1) << UInt64(1 << inputs)) - 1 : UInt64.max
    self.words = words.prefix(Self.wordCount(inputs)).map { $0 & mask }
  }

  /// The number of rows, 2^n.
  public var rowCount: Int { 1 << inputs }

  /// The value on `row`.
  public subscript(row: Int) -> Bool { words[row / 64] >> UInt64(row % 64) & 1 == 1 }

  private static func wordCount(_ inputs: Int) -> Int { max(1, (1 << inputs) / 64) }
}
