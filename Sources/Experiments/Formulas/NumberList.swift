/// Whole numbers given one by one or as a range: the n of an experiment, or its seeds.
public enum NumberList {
  /// More numbers than this is a slip, not a plan.
  public static let countLimit = 1_000_000

  /// The numbers in a text such as `5`, `2...8` or `2,4,8`, ascending; nil where it is none of these
  /// or a number lies outside `range` or stands twice.
  public static func parse(_ text: String, in range: ClosedRange<Int>) -> [Int]? {
    if let (from, to) = text.rangeBounds {
      guard
        let first = Int(from.trimmed), let last = Int(to.trimmed), first <= last,
        range.contains(first), range.contains(last), last - first < countLimit
      else { return nil }
      return Array(first...last)
    }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.trimmed)
    }
    let inside = numbers.compactMap(\.self).filter(range.contains)
    guard inside.count == numbers.count, Set(inside).count == inside.count else { return nil }
    return inside.sorted()
  }
}

extension StringProtocol {
  /// The two sides of `from...to`.
  var rangeBounds: (SubSequence, SubSequence)? {
    let dots = "...".utf8
    guard let start = utf8.indices.first(where: { utf8[$0...].starts(with: dots) }) else {
      return nil
    }
    return (self[..<start], self[utf8.index(start, offsetBy: dots.count)...])
  }

  /// Without spaces at either end.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
