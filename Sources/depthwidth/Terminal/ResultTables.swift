import Experiments
import Findings

/// Minimum units: a line for each arm, a column for each n.
enum MinimumTable {
  static func text(_ summary: Summary, width: Int) -> String {
    let rows = summary.rows.filter { !$0.isCandidate && !summary.hasDepths(of: $0) }
    guard !rows.isEmpty else { return "" }
    let arms = rows.map(\.arm).unique
    let bits = rows.map(\.bits).unique.sorted()
    let groups = RelevantBits.groups(of: rows)
    let columns = bits.map { n in
      ["n=\(n)"]
        + arms.map { arm in
          rows.first { $0.arm == arm && $0.bits == n }.map(UnitCell.text) ?? ""
        } + ["\(n)"] + groups.flatMap { scale($0, n) }
    }
    let names =
      [""] + arms.map { RelevantBits.name(of: $0, in: groups) } + ["n"]
      + groups.flatMap { group in
        group.counts == nil ? ["2^(n-1)"] : [group.label, "2^(k-1), \(group.label)"]
      }
    let title =
      rows.contains(where: \.family.hasSeeds)
      ? "units that solve every row: for half of the seeds (for any), - for none"
      : "units that solve every row"
    return Wrap.lines(title + UnitCell.legend(rows), width: width).joined(separator: "\n") + "\n"
      + Table(names: names, columns: columns).text(width: width)
  }

  /// The cells for comparison: k, where it is not n, and the units of a two-level circuit.
  private static func scale(_ group: RelevantBits, _ n: Int) -> [String] {
    guard let counts = group.counts else { return [UnitCell.text(powerOfTwo: n - 1)] }
    guard let k = counts[n] else { return ["", ""] }
    return ["\(k)", UnitCell.text(powerOfTwo: k - 1)]
  }
}

/// Units against depth for the exact arms that are built at several depths.
enum UnitsByDepthTable {
  static func texts(_ summary: Summary, width: Int) -> [String] {
    let rows = summary.rows.filter { !$0.isCandidate && summary.hasDepths(of: $0) }
    return rows.map(\.arm).unique.map { arm in
      text(arm, rows.filter { $0.arm == arm }, width)
    }
  }

  private static func text(_ arm: String, _ rows: [SummaryRow], _ width: Int) -> String {
    let depths = rows.map(\.depth).unique.sorted()
    let bits = rows.map(\.bits).unique.sorted()
    let columns = bits.map { n in
      [rows.first { $0.bits == n }?.place ?? ""]
        + depths.map { depth in
          rows.first { $0.bits == n && $0.depth == depth }.map(UnitCell.text) ?? ""
        }
    }
    let title = "\(arm): units by depth" + UnitCell.legend(rows)
    return Wrap.lines(title, width: width).joined(separator: "\n") + "\n"
      + Table(names: ["depth"] + depths.map { "\($0)" }, columns: columns).text(width: width)
  }
}

/// The text of a cell: the units of one row of the summary.
private enum UnitCell {
  static func text(_ row: SummaryRow) -> String {
    guard let any = row.any else { return "-" }
    guard row.family.hasSeeds else { return text(any.units) + mark(row) }
    let half = half(row)
    return (half == "\(any.units)" ? half : "\(half) (\(any.units))") + mark(row)
  }

  /// The units for half of the seeds: those confirmed, the two ends where that is not one number, or
  /// what few seeds found.
  private static func half(_ row: SummaryRow) -> String {
    if let low = row.interval?.low, let high = row.interval?.high {
      return low == high ? "\(low)" : "\(low)-\(high)"
    }
    return row.half.map { "\($0.units)\(isGuess(row) ? "?" : "")" } ?? "-"
  }

  /// Whether seeds were too few to decide.
  private static func isGuess(_ row: SummaryRow) -> Bool {
    row.interval.map { $0.high == nil } ?? false
  }

  /// A number of units; from 2^20 on a power of two is written as such.
  static func text(_ units: UInt128) -> String {
    units >= 1 << 20 && units.nonzeroBitCount == 1
      ? "2^\(units.trailingZeroBitCount)" : "\(units)"
  }

  /// 2^exponent, which may have more than 128 bits; a negative exponent gives 0 units.
  static func text(powerOfTwo exponent: Int) -> String {
    exponent < 0 ? "0" : exponent < 20 ? "\(1 << exponent)" : "2^\(exponent)"
  }

  /// What the marks in a table of these rows mean.
  static func legend(_ rows: [SummaryRow]) -> String {
    let marks = Set(rows.map(mark))
    let ranges = rows.compactMap(\.interval).filter { !$0.isDecided && $0.high != nil }
    return (ranges.isEmpty ? "" : "; 2-3 somewhere between")
      + (rows.contains { isGuess($0) && $0.half != nil } ? "; 2? found among few seeds" : "")
      + (marks.contains("~") ? "; ~ right on a sample of rows" : "")
      + (marks.contains("#") ? "; # counted, not built" : "")
      + (marks.contains("?") ? "; ? fewer are not refuted for every seed" : "")
  }

  private static func mark(_ row: SummaryRow) -> String {
    switch row.evidence {
    case Record.Outcome.sampled.rawValue: "~"
    case Record.Outcome.counted.rawValue: "#"
    case SummaryRow.numerical: "?"
    default: ""
    }
  }
}

extension Summary {
  /// Whether the row's arm has several depths at some n.
  func hasDepths(of row: SummaryRow) -> Bool {
    let places = rows.filter { $0.arm == row.arm }.map(\.bits)
    return places.count > Set(places).count
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
      [rows.first { $0.bits == n }?.place ?? ""]
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
      let lines = Wrap.lines("\(row.place) depth \(row.depth): \(reason)", width: width - 2)
      text += lines.joined(separator: "\n    ") + "\n"
    }
    return text
  }

  private static func cell(_ row: SummaryRow) -> String {
    let setting = row.reported
    let accuracies = [setting.meanTrainAccuracy, setting.meanHeldOutAccuracy].compactMap(\.self)
    // Rounded down, so that 100 means every row right for every seed.
    return accuracies.map { "\(Int($0 * 100 + 1e-9))" }.joined(separator: "/")
      + (row.choice == nil ? "" : "*")
  }
}
