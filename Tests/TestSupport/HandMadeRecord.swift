package import Experiments
import Networks
import Tables

/// A record with the given result, read from its row as from a file.
///
/// `solved` counts rows of the whole truth table, those of `heldOut` included.
package func handMade(
  arm: String = "arm", n: Int = 2, widths: [Int] = [1], seed: Int = 1, solved: Int,
  heldOut: (rows: Int, solved: Int) = (0, 0)
) throws -> Record {
  let architecture = Architecture(inputs: n, hidden: widths)
  let rows = 1 << n
  let shape = widths.map(String.init).joined(separator: "x")
  let setting = widths.isEmpty ? "depth=0" : "widths=\(shape)"
  let line = CSV.line([
    "\(arm)/n=\(n)/\(setting)/seed=\(seed)", arm, "trained", "\(n)", "\(n)", "\(widths.count)",
    shape, "sequential", "\(architecture.units)", "\(architecture.parameters)", "tanh", "rprop",
    "\(seed)", solved == rows ? "solved" : "budget", "\(rows)", "\(solved)",
    "\(Double(solved) / Double(rows))", "0.5", "9", "glorot", "", "full", "plusMinusOne",
    "\(rows - heldOut.rows)", "\(solved - heldOut.solved)", "\(heldOut.rows)", "\(heldOut.solved)",
    "", "", "", "", "", "", "0", "", "",
  ])
  guard let row = CSV.parse(line.utf8).rows.first else { throw WrongShape() }
  return try Record(CSV.Row(line: 1, fields: Record.sealed(row.fields)), file: "hand.csv")
}

/// The records of one setting, one a seed with the rows it solved.
package func handMade(
  arm: String = "arm", n: Int = 2, widths: [Int], solvedBySeed: [Int]
) throws -> [Record] {
  try solvedBySeed.enumerated().map { seed, solved in
    try handMade(arm: arm, n: n, widths: widths, seed: seed + 1, solved: solved)
  }
}
