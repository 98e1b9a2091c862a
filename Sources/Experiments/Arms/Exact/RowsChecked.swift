import Circuits
import Parity
import Training

/// What the check of a circuit or network has found on its rows so far; of counts, a row is a count.
struct RowsChecked: Equatable {
  /// The rows that were checked, from the first on.
  private(set) var rows = 0
  private(set) var solvedRows = 0
  /// The smallest |logit| of a network; infinite for a circuit.
  private(set) var margin = Double.infinity
  private(set) var firstWrongRow: UInt64?

  /// No row was checked.
  init() {}

  /// What was found of a circuit.
  init(_ verified: RowsVerified) {
    rows = Int(verified.rows)
    solvedRows = rows - Int(verified.wrong)
    firstWrongRow = verified.firstRow
  }

  /// The same of a circuit.
  var verified: RowsVerified {
    RowsVerified(rows: UInt64(rows), wrong: UInt64(rows - solvedRows), firstRow: firstWrongRow)
  }

  /// Adds what was found on the next rows.
  mutating func add(
    rows: Int, solvedRows: Int, margin: Double = .infinity, firstWrongRow: UInt64?
  ) {
    self.rows += rows
    self.solvedRows += solvedRows
    self.margin = min(self.margin, margin)
    // The rows of a sample ascend, as all rows do.
    self.firstWrongRow = self.firstWrongRow ?? firstWrongRow
  }

  /// All of it as bytes.
  var bytes: [UInt8] {
    var writer = CheckpointWriter()
    writer.write(rows)
    writer.write(solvedRows)
    writer.write(margin)
    writer.write(firstWrongRow ?? .max)
    return writer.bytes
  }

  /// Reads what ``bytes`` wrote; nil where it is anything else, or not of this trial.
  init?(_ bytes: [UInt8], of trial: ExactTrial) {
    var reader = CheckpointReader(bytes)
    guard let rows = reader.count(), let solvedRows = reader.count(),
      let margin = reader.number(), let first = reader.word(), reader.isAtEnd,
      solvedRows <= rows, rows < trial.rows ?? 0, (first == .max) == (solvedRows == rows),
      // Every part ends at a whole number of blocks.
      rows % 4096 == 0
    else { return nil }
    (self.rows, self.solvedRows, self.margin) = (rows, solvedRows, margin)
    firstWrongRow = first == .max ? nil : first
  }
}

extension DataSet {
  /// The rows from `first` on in parts of at most `size`.
  func parts(of size: Int, from first: Int) -> some Sequence<[UInt64]> {
    stride(from: first, to: rows.count, by: size).lazy.map {
      Array(self.rows[$0..<Swift.min($0 + size, self.rows.count)])
    }
  }
}
