import Circuits
import Parity
import Runs
import TestSupport
import Testing

struct OptimumTests {
  @Test func `a formula is written as DIMACS`() {
    var formula = CNFFormula()
    let (a, b) = (formula.variable(), formula.variable())
    formula.add([a, -b])
    formula.add([b])
    #expect(formula.dimacs == "p cnf 2 2\n1 -2 0\n2 0\n")
  }

  @Test func `a path without a solver is answered by a sentence`() {
    let solver = SATSolver(path: "/nowhere/cadical")
    let error = #expect(throws: SATSolver.Failure.self) {
      try solver.solve(CNFFormula(), seconds: 1)
    }
    #expect(error == .missing(path: "/nowhere/cadical"))
    #expect(error?.description.contains("apt-get install cadical") == true)
  }

  @Test func `a program that is not a solver is refused with its exit status`() {
    #expect(throws: SATSolver.Failure.ended(path: "/bin/ls", status: 0)) {
      try SATSolver(path: "/bin/ls").solve(CNFFormula(), seconds: 10)
    }
  }

  /// The known optima (Kombarov) that take seconds; five inputs take longer.
  @Test(
    .enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"),
    arguments: [(2, 3), (3, 5), (4, 8)])
  func `the solver finds the optimum and refutes every smaller number`(n: Int, gates: Int) throws {
    let solver = try #require(SATSolver.installed())
    let bounds = try OptimumSearch(solver: solver, secondsPerQuestion: 60).bounds(inputs: n)
    #expect((bounds.lower, bounds.upper) == (gates, gates))
    #expect(bounds.isOptimum)
    #expect(NaiveCircuit(bounds.circuit).wrongRows(ParityTask(bits: n)).count == 0)
  }

  @Test(
    .enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"),
    arguments: 2...4)
  func `the order constraints exclude no number of gates that is possible`(n: Int) throws {
    let solver = try #require(SATSolver.installed())
    for gates in 1...[3, 5, 8][n - 2] {
      let answers = try [false, true].map { ordered in
        let question = OptimumQuestion(inputs: n, gates: gates, ordered: ordered)
        guard n < 4 || gates > 6 || ordered else { return false }
        guard case .satisfiable(let model) = try solver.solve(question.formula, seconds: 60) else {
          return false
        }
        let found = try question.circuit(from: model).verify(ParityTask(bits: n))
        #expect(found == .verified(rows: 1 << UInt64(n)))
        return true
      }
      #expect(answers[0] == answers[1], "\(gates) gates")
    }
  }

  @Test(.enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"))
  func `a question that takes too long is left undecided`() throws {
    let solver = try #require(SATSolver.installed())
    let question = OptimumQuestion(inputs: 8, gates: 16, ordered: true)
    #expect(try solver.solve(question.formula, seconds: 0.2) == .undecided)
  }
}
