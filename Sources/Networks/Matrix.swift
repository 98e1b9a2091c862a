public import Parity

/// Numbers in rows of equal length, one row a unit (or an input), one column a row of the data.
///
/// A has shape (units, m) for m examples: the values of one unit over all examples lie next to each
/// other, and every loop of the passes runs along them.
public struct Matrix: Equatable, Sendable {
  /// The number of rows: units or inputs.
  public let height: Int

  /// The number of columns: examples, m.
  public let width: Int

  /// The elements, row after row.
  public var elements: [Double]

  /// A matrix of zeros.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
    elements = Array(repeating: 0, count: height * width)
  }

  /// The inputs X of a data set, of shape (n, m).
  public init(_ data: DataSet, coding: InputCoding) {
    self.init(height: data.task.bits, width: data.rows.count)
    for input in 0..<height {
      for (column, row) in data.rows.enumerated() {
        self[input, column] = Double(coding.value(ofInput: input, in: row))
      }
    }
  }

  /// The inputs X of a range of rows of bits, of shape (n, m).
  public init(_ rows: BitRows, in range: Range<Int>, coding: InputCoding) {
    self.init(height: rows.bits, width: range.count)
    let off = Double(coding.value(ofInput: 0, in: 0))
    let on = Double(coding.value(ofInput: 0, in: 1))
    for input in 0..<height {
      for (column, row) in range.enumerated() {
        self[input, column] = rows.isOn(input, ofRow: row) ? on : off
      }
    }
  }

  /// The element in a row (unit) and a column (example).
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * width + column] }
    set { elements[row * width + column] = newValue }
  }

  /// The indices in ``elements`` of one row.
  func indices(ofRow row: Int) -> Range<Int> {
    (row * width)..<((row + 1) * width)
  }
}
