import Tables

extension Node {
  /// Some of the experiment's n, all of which are given in `bits`; an empty list is none of them.
  func someOf(_ bits: [Int]) throws(InputError) -> [Int] {
    // What a run with other n writes of an arm that has none of these.
    if value == .list([]) { return [] }
    let numbers = try numbers("n", in: Record.bitsRange)
    if let other = numbers.first(where: { !bits.contains($0) }) {
      let known = bits.map(String.init).joined(separator: ", ")
      throw error(.unexpected(found: "n = \(other)", expected: "some of \(known)"))
    }
    return numbers
  }

  /// A list of different whole numbers in `range`, or a range or list written as text; ascending.
  func numbers(
    _ what: String, in range: ClosedRange<Int>, text parse: ((String) -> [Int]?)? = nil
  ) throws(InputError) -> [Int] {
    let expected =
      "\(what) in \(range.lowerBound)...\(range.upperBound): "
      + "a range such as \"2...8\" or a list of different numbers"
    switch value {
    case .whole(let number) where range.contains(number):
      return [number]
    case .string(let text):
      let numbers = parse.map { $0(text) } ?? NumberList.parse(text, in: range)
      guard let numbers else { throw unexpected(expected) }
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
