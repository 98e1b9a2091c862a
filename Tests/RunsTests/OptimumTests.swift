import Circuits
import Foundation
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

  /// MiniSat, which shares no code with CaDiCaL, on the questions that the lower bounds rest on.
  @Test(
    .enabled(
      if: SATSolver.installed() != nil && SATSolver.confirmer() != nil,
      "needs two SAT solvers such as cadical and minisat"),
    arguments: [(2, 3), (3, 5), (4, 8)])
  func `a second solver agrees on every refutation`(n: Int, gates: Int) throws {
    let (first, second) = (
      try #require(SATSolver.installed()), try #require(SATSolver.confirmer())
    )
    #expect(first.name != second.name)
    let search = OptimumSearch(solver: first, confirmer: second, secondsPerQuestion: 120)
    let bounds = try search.bounds(inputs: n)
    #expect((bounds.lower, bounds.confirmedLower, bounds.upper) == (gates, gates, gates))
    #expect(bounds.origin == .construction(.xor3Tree))
    // It is no yes-man: the optimum itself it does not refute.
    let possible = OptimumQuestion(inputs: n, gates: gates, ordered: true)
    #expect(try second.refute(possible.formula, seconds: 60) == false)
    #expect(
      try OptimumSearch(solver: first, secondsPerQuestion: 120).bounds(inputs: n).confirmedLower
        == nil)
  }

  @Test func `solvers that contradict each other are an error that names both`() throws {
    // A script is a solver that says what it is told to.
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (name, status) in [("no", 20), ("yes", 10)] {
        try write("#!/bin/sh\nexit \(status)\n", to: "\(folder)/\(name)")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
      }
      let search = OptimumSearch(
        solver: SATSolver(path: "\(folder)/no"), confirmer: SATSolver(path: "\(folder)/yes"),
        secondsPerQuestion: 60)
      let error = #expect(throws: SATSolver.Failure.self) { try search.bounds(inputs: 2) }
      #expect(
        error
          == .contradiction(
            first: "\(folder)/no", second: "\(folder)/yes", question: "n = 2, 1 gate"))
      #expect(error?.description.contains("contradict each other on n = 2, 1 gate") == true)
    }
  }

  @Test func `a solver that is not installed is answered by a sentence`() {
    let error = #expect(throws: SATSolver.Failure.self) { try SATSolver(named: "no-such-solver") }
    #expect(error == .unknown(name: "no-such-solver"))
    #expect(error?.description.contains("apt install minisat") == true)
  }

  /// A free search for these twelve gates does not end in minutes.
  @Test(
    .enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"),
    .timeLimit(.minutes(5)))
  func `twelve gates for six bits are found with the first four given`() throws {
    let solver = try #require(SATSolver.installed())
    let search = OptimumSearch(solver: solver, secondsPerQuestion: 240)
    let attempt = try search.attempt(
      inputs: 6, gates: 12, assuming: CircuitAssumption(blocks: 1), ordered: false)
    #expect(attempt.outcome == .found)
    let circuit = try #require(attempt.circuit)
    #expect(circuit.gateCount == 12)
    #expect(NaiveCircuit(circuit).wrongRows(ParityTask(bits: 6)).count == 0)
    for gate in 0..<4 {
      let wires = circuit.wires(intoGate: gate)
      #expect(circuit.kind(ofGate: gate) == .and && wires.map(\.source).sorted() == [0, 1, 2])
      #expect(wires.count { !$0.isNegated } == (gate == 0 ? 3 : 1))
    }
  }

  /// Structures that a circuit after Kombarov has, and one that it has not.
  @Test(
    .enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"),
    arguments: [
      ("blocks=1", 4, 8, OptimumSearch.Attempt.Outcome.found), ("blocks=1", 4, 7, .refuted),
      ("blocks=1+symmetric", 4, 8, .found), ("blocks=1+closed", 4, 8, .found),
      ("blocks=1+symmetric+closed", 5, 10, .found), ("blocks=2+symmetric+closed", 6, 12, .found),
      ("blocks=2+symmetric+closed", 6, 11, .refuted),
    ])
  func `a structure is found or refuted, with constraints on order or without`(
    words: String, n: Int, gates: Int, outcome: OptimumSearch.Attempt.Outcome
  ) throws {
    let solver = try #require(SATSolver.installed())
    let assumption = try #require(CircuitAssumption(words))
    let search = OptimumSearch(solver: solver, secondsPerQuestion: 60)
    for ordered in [false, true] {
      let attempt = try search.attempt(
        inputs: n, gates: gates, assuming: assumption, ordered: ordered)
      #expect(attempt.outcome == outcome, "\(ordered)")
    }
  }

  @Test(arguments: ["blocks=1", "blocks=3", "blocks=2+closed", "blocks=1+symmetric+closed"])
  func `a structure is written in the words it is read from`(words: String) throws {
    #expect(try #require(CircuitAssumption(words)).description == words)
  }

  @Test(arguments: [
    "", "blocks", "blocks=0", "blocks=4", "blocks=1+", "closed", "blocks=1+open",
    "blocks=1+closed+symmetric", "blocks=1+closed+closed", "blocks=+1", "blocks=01",
  ])
  func `other words are no structure`(words: String) {
    #expect(CircuitAssumption(words) == nil)
  }

  @Test func `circuits are written as gates in CSV and as a file each`() throws {
    let files = CircuitFiles([
      try CircuitFamily.xorTree.circuit(inputs: 2), try CircuitFamily.kombarov.circuit(inputs: 4),
    ]).files
    #expect(files.map(\.name) == ["circuits.csv", "parity-2.blif", "parity-4.blif"])
    #expect(
      files[0].text == """
        n,gate,kind,inputs,output
        2,0,and,x0 !x1,no
        2,1,and,!x0 x1,no
        2,2,or,g0 g1,yes
        4,0,and,x0 !x1 !x2,no
        4,1,and,!x0 x1 !x2,no
        4,2,and,!x0 !x1 x2,no
        4,3,and,x0 x1 x2,no
        4,4,and,!g0 !g1 !g2 !g3 !x3,no
        4,5,and,!g0 !g1 !g2 !g3 !g4,no
        4,6,and,!x3 !g4,no
        4,7,or,g5 g6,yes

        """)
    #expect(files[1].text.hasPrefix(".model parity2\n"))
  }

  @Test(.enabled(if: SATSolver.installed() != nil, "needs a SAT solver such as cadical"))
  func `a question that takes too long is left undecided`() throws {
    let solver = try #require(SATSolver.installed())
    let question = OptimumQuestion(inputs: 8, gates: 16, ordered: true)
    #expect(try solver.solve(question.formula, seconds: 0.2) == .undecided)
  }
}
