import Tables

/// A small formula in n, such as `2^(n-1)` or `ceil(log2(n))`.
///
/// Numbers, `n`, `+ - * / ^`, parentheses and the functions of ``Function``; a product may leave out
/// its sign (`2n`, `3(n-1)`). Operators bind as usual, `^` strongest and to the right, the others
/// from left to right: `1/2n` is n/2.
///
///     try Formula("2^(n-1)").whole(atBits: 8)  // 128
public struct Formula: Hashable, Sendable {
  /// The formula as it was written.
  public let text: String

  let tree: Tree

  /// Reads a formula.
  public init(_ text: String) throws(FormulaError) {
    self.text = text
    tree = try FormulaParser.parse(text)
  }

  /// The formula that is one whole number.
  public init(_ value: Int) {
    text = String(value)
    tree = .number(Double(value))
  }

  /// The formula that is one number.
  init(number value: Double) {
    text = "\(value)"
    tree = .number(value)
  }

  /// The functions a formula may call.
  public enum Function: String, CaseIterable, Sendable {
    /// The least whole number not below the argument.
    case ceil
    /// The greatest whole number not above the argument.
    case floor
    /// The logarithm to base 2.
    case log2
    /// The square root.
    case sqrt
    /// The smaller of two arguments.
    case min
    /// The larger of two arguments.
    case max
    /// The binomial coefficient: `binomial(n, k)` is n over k.
    case binomial

    var argumentCount: Int {
      switch self {
      case .ceil, .floor, .log2, .sqrt: 1
      case .min, .max, .binomial: 2
      }
    }
  }

  indirect enum Tree: Hashable, Sendable {
    case number(Double)
    case bits
    case negated(Tree)
    case sum(Tree, Tree)
    case difference(Tree, Tree)
    case product(Tree, Tree)
    case quotient(Tree, Tree)
    case power(Tree, Tree)
    case call(Function, [Tree])
  }
}

/// Why a formula cannot be read or has no value.
public enum FormulaError: Error, Equatable, Sendable {
  /// A character that does not belong, and its position counted from 1.
  case unexpected(Character, position: Int)
  /// The text ends where something was expected.
  case endsEarly
  /// The text is longer than a formula can be.
  case tooLong(limit: Int)
  /// A name that is neither n nor a function.
  case unknownName(String)
  /// A function with the wrong number of arguments.
  case argumentCount(Formula.Function, found: Int)
  /// A division by zero at this n.
  case dividesByZero(bits: Int)
  /// A value beyond 2^53, where whole numbers stop being exact.
  case overflows(bits: Int)
  /// A function outside its domain at this n.
  case undefined(String, bits: Int)
  /// A value with a fraction where a whole number is needed.
  case notWhole(Double, bits: Int)
  /// A whole number outside the possible ones.
  case outside(Int, ClosedRange<Int>, bits: Int)
  /// The end of a range with more values than a sweep may have.
  case tooMany(from: String, limit: Int, bits: Int)

  var sentence: String {
    switch self {
    case .unexpected(let character, let position):
      "has an unexpected \"\(character)\" at character \(position)"
    case .endsEarly:
      "ends too early"
    case .tooLong(let limit):
      "is longer than \(limit) characters"
    case .unknownName(let name):
      "has the unknown name \"\(name)\", expected n or one of "
        + Formula.Function.allCases.map(\.rawValue).joined(separator: ", ")
        + (Spelling.nearest(to: name, among: Formula.Function.allCases.map(\.rawValue))
          .map { "; did you mean \"\($0)\"?" } ?? "")
    case .argumentCount(let function, let found):
      "gives \(function.rawValue) \(found) argument(s), expected \(function.argumentCount)"
    case .dividesByZero(let bits):
      "divides by zero at n = \(bits)"
    case .overflows(let bits):
      "overflows at n = \(bits): expected at most 2^53"
    case .undefined(let call, let bits):
      "asks for \(call) at n = \(bits), which is not defined"
    case .notWhole(let value, let bits):
      "is \(value) at n = \(bits), expected a whole number: use ceil(…) or floor(…)"
    case .outside(let value, let range, let bits):
      "is \(value) at n = \(bits), expected \(range.lowerBound)...\(range.upperBound)"
    case .tooMany(let from, let limit, let bits):
      "as the end of a range from \"\(from)\" gives more than \(limit) values at n = \(bits); "
        + "write { from, to, factor: 2 } for doublings"
    }
  }
}
