import Findings

/// The arms of a table that are asked for the parity of the same k of n bits.
struct RelevantBits {
  private(set) var arms: [String]
  /// k by n; nil where it is n itself.
  let counts: [Int: Int]?

  /// The arms of some rows; those on all n bits first.
  static func groups(of rows: [SummaryRow]) -> [RelevantBits] {
    var groups: [RelevantBits] = []
    for arm in rows.map(\.arm).unique {
      let all = rows.filter { $0.arm == arm }.map { ($0.bits, $0.relevant) }
      let counts =
        all.allSatisfy { $0.0 == $0.1 } ? nil : Dictionary(all) { first, _ in first }
      if let index = groups.firstIndex(where: { $0.counts == counts }) {
        groups[index].arms.append(arm)
      } else {
        groups.insert(
          RelevantBits(arms: [arm], counts: counts), at: counts == nil ? 0 : groups.count)
      }
    }
    return groups
  }

  /// `k = n`, `k = 3` or `k = 2 … 5`.
  var label: String {
    guard let least = counts?.values.min(), let most = counts?.values.max() else { return "k = n" }
    return least == most ? "k = \(least)" : "k = \(least) … \(most)"
  }

  /// The name of an arm, with its k where not all arms have the same.
  static func name(of arm: String, in groups: [RelevantBits]) -> String {
    let own = groups.first { $0.arms.contains(arm) && $0.counts != nil }
    return groups.count > 1 ? arm + (own.map { " (\($0.label))" } ?? "") : arm
  }
}

extension SummaryRow {
  /// `n=8`, or `n=8 k=3` where not all bits are relevant.
  var place: String { "n=\(bits)" + (relevant == bits ? "" : " k=\(relevant)") }
}

extension Sequence where Element: Hashable {
  /// The elements without repetition, in order of first appearance.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
