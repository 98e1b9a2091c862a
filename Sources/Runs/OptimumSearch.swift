public import Circuits
import Parity

/// What is known about the fewest gates for the parity of n bits, fan-in and negation free.
public struct OptimumBounds: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int
  /// Every circuit has at least so many gates: the solver refuted every smaller number.
  public let lower: Int
  /// A circuit with the fewest gates found; it was checked on every row.
  public let circuit: Circuit

  /// The gates of ``circuit``: the fewest found.
  public var upper: Int { circuit.gateCount }

  /// Whether the two bounds meet, so that the number is the optimum.
  public var isOptimum: Bool { lower == upper }
}

/// Searches for the smallest circuit for parity with unbounded fan-in and free negation.
///
/// Known: 3, 5, 8, 10, 12 gates for n = 2…6 (Kombarov). Nothing of that is used: the lower bound
/// comes from questions refuted, the upper bound from circuits found. With CaDiCaL 1.5.3 on one core
/// and 240 s for each question, n = 2…5 are decided, and n = 6 is left between 10 and 13.
public struct OptimumSearch: Sendable {
  /// The program that answers the questions.
  public let solver: SATSolver
  /// The longest time for one question, in seconds.
  public let secondsPerQuestion: Double

  /// A search with the given solver and time limit.
  public init(solver: SATSolver, secondsPerQuestion: Double) {
    self.solver = solver
    self.secondsPerQuestion = secondsPerQuestion
  }

  /// The bounds that the solver proves for n ≥ 2 inputs.
  ///
  /// Upper bound: from `CircuitFamily.xor3Tree` downwards until a question is refuted or not
  /// answered in time. Lower bound: from one gate up in the same way.
  public func bounds(inputs n: Int) throws -> OptimumBounds {
    var best = try CircuitFamily.xor3Tree.circuit(inputs: n)
    descent: while best.gateCount > 1 {
      let question = OptimumQuestion(inputs: n, gates: best.gateCount - 1, ordered: false)
      switch try solver.solve(question.formula, seconds: secondsPerQuestion) {
      case .satisfiable(let model): best = question.circuit(from: model)
      case .unsatisfiable, .undecided: break descent
      }
    }
    var refuted = 0
    while refuted + 1 < best.gateCount, try isRefuted(inputs: n, gates: refuted + 1) {
      refuted += 1
    }
    let verification = try best.verify(ParityTask(bits: n))
    guard verification == .verified(rows: 1 << UInt64(n)) else {
      throw SATSolver.Failure.wrongSolution(path: solver.path)
    }
    return OptimumBounds(inputs: n, lower: refuted + 1, circuit: best)
  }

  private func isRefuted(inputs: Int, gates: Int) throws(SATSolver.Failure) -> Bool {
    let question = OptimumQuestion(inputs: inputs, gates: gates, ordered: true)
    return try solver.solve(question.formula, seconds: secondsPerQuestion) == .unsatisfiable
  }
}
