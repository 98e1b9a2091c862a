/// A formula in conjunctive normal form, as SAT solvers read it.
///
/// Variables are numbered from 1; a literal is a variable or, negated, minus the variable.
public struct CNFFormula: Hashable, Sendable {
  /// The number of variables.
  public private(set) var variableCount = 0

  /// The clauses: each is true when one of its literals is.
  public private(set) var clauses: [[Int]] = []

  /// The formula without clauses, which is true.
  public init() {}

  /// A variable not used so far.
  public mutating func variable() -> Int {
    variableCount += 1
    return variableCount
  }

  /// Requires that one of `literals` is true.
  public mutating func add(_ literals: [Int]) {
    clauses.append(literals)
  }

  /// A variable that is true exactly when one of `literals` is.
  mutating func disjunction(of literals: [Int]) -> Int {
    let some = variable()
    for literal in literals { add([-literal, some]) }
    add([-some] + literals)
    return some
  }

  /// Requires `left` ≥ `right` in lexicographic order, true before false, unless `exception` is true.
  mutating func addOrder(_ left: [Int], notBefore right: [Int], unless exception: Int? = nil) {
    var condition = exception.map { [$0] } ?? []
    for (a, b) in zip(left, right) {
      add(condition + [a, -b])
      let equal = variable()
      add(condition + [equal, a, b])
      add(condition + [equal, -a, -b])
      // Positions further on matter only while all before them are equal.
      condition = (exception.map { [$0] } ?? []) + [-equal]
    }
  }

  /// The formula in the DIMACS format: a header, then a clause a line, each ended by 0.
  public var dimacs: String {
    var text = "p cnf \(variableCount) \(clauses.count)\n"
    for clause in clauses {
      for literal in clause { text += "\(literal) " }
      text += "0\n"
    }
    return text
  }
}
