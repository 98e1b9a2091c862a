import Tables

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
  /// Without spaces at either end.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Node {
  /// Some of the experiment's n, all of which are given in `bits`.
  func someOf(_ bits: [Int]) throws(InputError) -> [Int] {
    let numbers = try numbers("n", in: Experiment.bitsRange)
    if let other = numbers.first(where: { !bits.contains($0) }) {
      let known = bits.map(String.init).joined(separator: ", ")
      throw error(.unexpected(found: "n = \(other)", expected: "some of \(known)"))
    }
    return numbers
  }

  /// A list of different whole numbers in `range`, or a range or list written as text; ascending.
  func numbers(_ what: String, in range: ClosedRange<Int>) throws(InputError) -> [Int] {
    let expected =
      "\(what) in \(range.lowerBound)...\(range.upperBound): "
      + "a range such as \"2...8\" or a list of different numbers"
    switch value {
    case .whole(let number) where range.contains(number):
      return [number]
    case .string(let text):
      guard let numbers = NumberList.parse(text, in: range) else { throw unexpected(expected) }
      return numbers
    case .list(let values):
      guard !values.isEmpty else { throw unexpected(expected) }
      var numbers: Set<Int> = []
      for entry in try list() {
        let number = try entry.whole(in: range)
        guard numbers.insert(number).inserted else { throw entry.error(.duplicate("\(number)")) }
      }
      return numbers.sorted()
    case .null, .bool, .whole, .number, .object:
      throw unexpected(expected)
    }
  }
}
