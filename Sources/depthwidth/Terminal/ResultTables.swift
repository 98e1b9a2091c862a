import Experiments

/// Minimum units, an arm a line and an n a column.
enum MinimumTable {
  static func text(_ summary: Summary, width: Int) -> String {
    let rows = summary.rows.filter { !$0.isCandidate }
    guard !rows.isEmpty else { return "" }
    let arms = rows.map(\.arm).unique
    let bits = rows.map(\.bits).unique.sorted()
    let columns = bits.map { n in
      ["n=\(n)"]
        + arms.map { arm in
          rows.first { $0.arm == arm && $0.bits == n }.map(cell) ?? ""
        } + ["\(n)", "\(1 << (n - 1))"]
    }
    let names = [""] + arms + ["n", "two-level circuit"]
    let title = "hidden units that solve every row: for half of the seeds (for any), - for none"
    return Wrap.lines(title, width: width).joined(separator: "\n") + "\n"
      + Table(names: names, columns: columns).text(width: width)
  }

  private static func cell(_ row: SummaryRow) -> String {
    guard let any = row.any else { return "-" }
    let half = row.half.map { "\($0.units)" } ?? "-"
    return row.half == any ? half : "\(half) (\(any.units))"
  }
}

/// Accuracy against depth for the arms that choose a depth.
enum DepthTable {
  static func texts(_ summary: Summary, width: Int) -> [String] {
    let rows = summary.rows.filter(\.isCandidate)
    return rows.map(\.arm).unique.map { arm in
      text(arm, rows.filter { $0.arm == arm }, width)
    }
  }

  private static func text(_ arm: String, _ rows: [SummaryRow], _ width: Int) -> String {
    let depths = rows.map(\.depth).unique.sorted()
    let bits = rows.map(\.bits).unique.sorted()
    let hasHeldOut = rows.contains { $0.reported.meanHeldOutAccuracy != nil }
    let columns = bits.map { n in
      ["n=\(n)"]
        + depths.map { depth in
          rows.first { $0.bits == n && $0.depth == depth }.map(cell) ?? ""
        }
    }
    let names = ["depth"] + depths.map { "\($0)" }
    let title =
      "\(arm): mean accuracy in % "
      + (hasHeldOut ? "on training/held-out rows" : "of all rows") + ", * the depth chosen"
    var text = Wrap.lines(title, width: width).joined(separator: "\n") + "\n"
    text += Table(names: names, columns: columns).text(width: width)
    for row in rows {
      guard let reason = row.choice else { continue }
      let lines = Wrap.lines("n=\(row.bits) depth \(row.depth): \(reason)", width: width - 2)
      text += lines.joined(separator: "\n    ") + "\n"
    }
    return text
  }

  private static func cell(_ row: SummaryRow) -> String {
    let setting = row.reported
    let accuracies = [setting.meanTrainAccuracy] + (setting.meanHeldOutAccuracy.map { [$0] } ?? [])
    // Rounded down: 100 says that every row is right for every seed.
    return accuracies.map { "\(Int($0 * 100 + 1e-9))" }.joined(separator: "/")
      + (row.choice == nil ? "" : "*")
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repetition, in order of first appearance.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
