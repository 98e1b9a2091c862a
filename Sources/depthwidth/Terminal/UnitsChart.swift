import Experiments
import Findings

/// Units against n on a log scale, in characters: a letter for each arm, at the minima of the table.
enum UnitsChart {
  /// The most lines that the scale takes.
  private static let tallest = 18
  private static let marks = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  /// The mark of 2^(k−1), where k is n for most arms.
  private static let twoLevels: Character = "*"

  /// The chart; empty for a single n, and where the terminal is too narrow.
  static func text(_ summary: Summary, width: Int) -> String {
    let rows = summary.rows.filter { !$0.isCandidate && !summary.hasDepths(of: $0) }
    let arms = Array(rows.map(\.arm).unique.prefix(marks.count))
    let bits = rows.map(\.bits).unique.sorted()
    let points = rows.compactMap { row -> Point? in
      guard let arm = arms.firstIndex(of: row.arm),
        let units = row.interval?.high ?? row.half?.units, units > 0,
        let column = bits.firstIndex(of: row.bits)
      else { return nil }
      return Point(mark: marks[arm], column: column, units: units)
    }
    guard bits.count > 1, !points.isEmpty else { return "" }
    let groups = RelevantBits.groups(of: rows)
    let lines = bits.enumerated().flatMap { column, n -> [Point] in
      let units = rows.filter { $0.bits == n }.compactMap { $0.twoLevelUnits }
      return units.filter { $0 > 0 }.unique.map {
        Point(mark: twoLevels, column: column, units: $0)
      }
    }
    let all = points + lines
    let scale = Scale(largest: all.map(\.units).max() ?? 1, tallest: tallest)
    let axis = 2 + (0...scale.top).map { scale.label($0).count }.reduce(0, max)
    let cell = min(10, (width - axis) / bits.count)
    guard cell >= 3 else { return "" }

    let placed = Dictionary(grouping: all) { Place(line: scale.line($0.units), column: $0.column) }
    var text = Style.bold("units against n, log scale: the fewest for half of the seeds") + "\n"
    for line in (0...scale.top).reversed() {
      let cells = bits.indices.map { marks(placed[Place(line: line, column: $0)] ?? [], cell) }
      text += trimmed(scale.label(line).leftPadded(to: axis - 2) + " |" + cells.joined()) + "\n"
    }
    text +=
      String(repeating: " ", count: axis - 1) + "+"
      + String(repeating: "-", count: cell * bits.count) + "\n"
    text +=
      trimmed(
        "n".leftPadded(to: axis - 2) + "  " + bits.map { " \($0)".padded(to: cell) }.joined())
      + "\n"
    let names = arms.map { RelevantBits.name(of: $0, in: groups) }
    let isDense = groups.allSatisfy { $0.counts == nil }
    let twoLevel =
      isDense ? "2^(n-1)" : "2^(k-1), " + groups.map(\.label).joined(separator: " and ")
    return text + legend(names, points.map(\.mark), twoLevel, width)
  }

  private struct Point {
    let mark: Character
    let column: Int
    let units: UInt128
  }

  private struct Place: Hashable {
    let line: Int
    let column: Int
  }

  /// The marks of one cell; a plus stands for those that do not fit.
  private static func marks(_ points: [Point], _ width: Int) -> String {
    let marks = String(points.map(\.mark))
    let room = width - 1
    return " " + (marks.count <= room ? marks : marks.prefix(room - 1) + "+").padded(to: room)
  }

  private static func legend(
    _ arms: [String], _ shown: [Character], _ twoLevel: String, _ width: Int
  ) -> String {
    let entries =
      zip(marks, arms).map { mark, arm in
        "\(mark) \(arm)" + (shown.contains(mark) ? "" : " (nowhere)")
      } + ["\(twoLevels) \(twoLevel)"]
    var lines: [String] = []
    for entry in entries {
      if let last = lines.last, last.count + 2 + entry.count <= width {
        lines[lines.count - 1] = last + "  " + entry
      } else {
        lines.append(entry)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func trimmed(_ line: String) -> String {
    line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }
}

/// A logarithmic scale: two lines for each doubling, or a line for several.
private struct Scale {
  /// How many half doublings a line is.
  private let halves: Int
  /// The line of the largest number.
  let top: Int

  init(largest: UInt128, tallest: Int) {
    let height = Self.halfDoublings(largest)
    var halves = 1
    while height / halves >= tallest { halves += halves == 1 ? 1 : 2 }
    self.halves = halves
    top = (height + halves / 2) / halves
  }

  /// The line nearest to a number above 0.
  func line(_ units: UInt128) -> Int { (Self.halfDoublings(units) + halves / 2) / halves }

  /// The number beside a line; empty where it is not whole.
  func label(_ line: Int) -> String {
    let half = line * halves
    guard half.isMultiple(of: 2) else { return "" }
    return half < 40 ? "\(1 << (half / 2))" : "2^\(half / 2)"
  }

  /// 2 log2 of a number, to the nearest whole one.
  private static func halfDoublings(_ units: UInt128) -> Int {
    let value = Double(units)
    // Rounded at 2^(1/4) = 1.1892 and 2^(3/4) = 1.6818.
    let part = value.significand < 1.1892 ? 0 : value.significand < 1.6818 ? 1 : 2
    return 2 * Int(value.exponent) + part
  }
}
