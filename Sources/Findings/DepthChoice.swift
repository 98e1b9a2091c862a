import Experiments
import Tables

/// Which depth a depth search chooses, and why.
///
/// With held-out rows: the depth with the best mean accuracy on them. Otherwise: the depth that most
/// seeds solved, then the one with the best mean accuracy. Among equals the fewest layers win.
enum DepthChoice {
  /// Marks the chosen row of each n of the given arms.
  static func mark(_ rows: [SummaryRow], arms: Set<String>) -> [SummaryRow] {
    var rows = rows
    for index in rows.indices where arms.contains(rows[index].arm) {
      rows[index].isCandidate = true
    }
    for index in rows.indices where rows[index].isCandidate {
      let rivals = rows.filter { $0.arm == rows[index].arm && $0.bits == rows[index].bits }
      if rivals.allSatisfy({ !isBetter($0, than: rows[index]) }) {
        rows[index].choice = reason(for: rows[index], among: rivals)
      }
    }
    return rows
  }

  private static func isBetter(_ first: SummaryRow, than second: SummaryRow) -> Bool {
    let (ours, theirs) = (merits(first), merits(second))
    for (our, their) in zip(ours, theirs) where our != their {
      return our > their
    }
    return first.depth < second.depth
  }

  private static func merits(_ row: SummaryRow) -> [Double] {
    let setting = row.reported
    if let heldOut = setting.meanHeldOutAccuracy { return [heldOut] }
    return [
      Double(setting.rate.successes) / Double(setting.rate.seeds), setting.meanAccuracy ?? 0,
    ]
  }

  private static func reason(for row: SummaryRow, among rivals: [SummaryRow]) -> String {
    let others = rivals.filter { $0.depth != row.depth }
    let next = others.first { rival in others.allSatisfy { !isBetter($0, than: rival) } }
    guard let next else { return "the only depth tried" }
    return "\(merit(row)); depth \(next.depth): "
      + (merits(row) == merits(next) ? "equal, but deeper" : merit(next, named: false))
  }

  /// What decides, in words; the rival's without the names of its numbers.
  private static func merit(_ row: SummaryRow, named: Bool = true) -> String {
    let setting = row.reported
    if let heldOut = setting.meanHeldOutAccuracy {
      return (named ? "held-out accuracy " : "") + "\(heldOut.rounded(places: 4))"
    }
    return "\(setting.rate.successes)/\(setting.rate.seeds)" + (named ? " solved, accuracy " : ", ")
      + "\((setting.meanAccuracy ?? 0).rounded(places: 4))"
  }
}
