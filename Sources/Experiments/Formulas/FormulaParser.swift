/// Reads a formula by recursive descent, one method a level of binding strength.
struct FormulaParser {
  /// Long enough for any formula in n; short enough that nesting cannot exhaust the stack.
  static let lengthLimit = 200

  private let characters: [Character]
  private var position = 0

  static func parse(_ text: String) throws(FormulaError) -> Formula.Tree {
    var parser = FormulaParser(characters: Array(text))
    guard parser.characters.count <= lengthLimit else { throw .tooLong(limit: lengthLimit) }
    let tree = try parser.sum()
    if let rest = parser.peek { throw .unexpected(rest, position: parser.position + 1) }
    return tree
  }

  private init(characters: [Character]) {
    self.characters = characters
  }

  private mutating func sum() throws(FormulaError) -> Formula.Tree {
    var tree = try product()
    while true {
      if take("+") {
        tree = .sum(tree, try product())
      } else if take("-") {
        tree = .difference(tree, try product())
      } else {
        return tree
      }
    }
  }

  private mutating func product() throws(FormulaError) -> Formula.Tree {
    var tree = try signed()
    while true {
      if take("*") {
        tree = .product(tree, try signed())
      } else if take("/") {
        tree = .quotient(tree, try signed())
      } else if let next = peek, next == "(" || next.isASCIILetter {
        tree = .product(tree, try power())
      } else {
        return tree
      }
    }
  }

  private mutating func signed() throws(FormulaError) -> Formula.Tree {
    take("-") ? .negated(try signed()) : try power()
  }

  private mutating func power() throws(FormulaError) -> Formula.Tree {
    let base = try primary()
    return take("^") ? .power(base, try signed()) : base
  }

  private mutating func primary() throws(FormulaError) -> Formula.Tree {
    guard let next = peek else { throw .endsEarly }
    if take("(") {
      let tree = try sum()
      try close()
      return tree
    }
    if next.isASCIIDigit { return .number(try number()) }
    guard next.isASCIILetter else { throw .unexpected(next, position: position + 1) }
    let name = word { $0.isASCIILetter || $0.isASCIIDigit }
    if name == "n" { return .bits }
    guard let function = Formula.Function(rawValue: name) else { throw .unknownName(name) }
    return try call(function)
  }

  private mutating func call(_ function: Formula.Function) throws(FormulaError) -> Formula.Tree {
    guard take("(") else {
      guard let next = peek else { throw .endsEarly }
      throw .unexpected(next, position: position + 1)
    }
    var arguments = [try sum()]
    while take(",") {
      arguments.append(try sum())
    }
    try close()
    guard arguments.count == function.argumentCount else {
      throw .argumentCount(function, found: arguments.count)
    }
    return .call(function, arguments)
  }

  private mutating func number() throws(FormulaError) -> Double {
    let start = position
    let digits = word { $0.isASCIIDigit || $0 == "." }
    if let value = Double(digits) { return value }
    // Digits and dots are no number only where there is a second dot.
    let dots = digits.enumerated().filter { $0.element == "." }
    throw .unexpected(".", position: start + (dots.dropFirst().first?.offset ?? 0) + 1)
  }

  private mutating func close() throws(FormulaError) {
    guard !take(")") else { return }
    guard let next = peek else { throw .endsEarly }
    throw .unexpected(next, position: position + 1)
  }

  // MARK: Characters

  /// The next character that is not a space, without taking it.
  private var peek: Character? {
    mutating get {
      while position < characters.count, characters[position] == " " { position += 1 }
      return position < characters.count ? characters[position] : nil
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character else { return false }
    position += 1
    return true
  }

  private mutating func word(_ belongs: (Character) -> Bool) -> String {
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
