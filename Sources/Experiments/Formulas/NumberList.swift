/// Whole numbers given one by one or as a range: the n of an experiment, or its seeds.
public enum NumberList {
  /// More numbers than this is a slip, not a plan.
  public static let countLimit = 1_000_000
  /// The seeds that may be asked for.
  public static let seedRange = 0...1_000_000_000

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

  /// The seeds in a text: a number alone is a count, so `5` is 1 to 5; a range or a list names them,
  /// so `5...5` is seed 5.
  public static func seeds(_ text: String) -> [Int]? {
    let range = seedRange
    return Int(text.trimmed).map { parse("1...\($0)", in: range) } ?? parse(text, in: range)
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
