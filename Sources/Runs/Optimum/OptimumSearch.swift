public import Circuits
import Parity

/// What is known about the fewest gates for the parity of n bits, fan-in and negation free.
public struct OptimumBounds: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int
  /// Every circuit has at least so many gates: the solver refuted every smaller number.
  public let lower: Int
  /// The same as the second solver proves it; nil without one.
  public let confirmedLower: Int?
  /// A circuit with the fewest gates found; it was checked on every row.
  public let circuit: Circuit
  /// Where that circuit comes from.
  public let origin: Origin

  /// Where a circuit comes from.
  public enum Origin: Hashable, Sendable {
    /// A known construction, from which the search starts.
    case construction(CircuitFamily.Name)
    /// The solver, which was given an assumption to begin from, or none.
    case solver(CircuitAssumption)
  }

  /// The gates of ``circuit``: the fewest found.
  public var upper: Int { circuit.gateCount }

  /// Whether the two bounds meet, so that the number is the optimum.
  public var isOptimum: Bool { lower == upper }
}

/// Searches for the smallest circuit for parity with unbounded fan-in and free negation.
///
/// Known: 3, 5, 8, 10, 12 gates for n = 2…6 (Kombarov). Nothing of that is used: the lower bound
/// comes from questions refuted, the upper bound from circuits found. A free search for 12 gates at
/// n = 6 does not end in 240 s. With the four odd minterms of three inputs assumed for the first four
/// gates it ends in seconds.
public struct OptimumSearch: Sendable {
  /// The program that answers the questions.
  public let solver: SATSolver
  /// Another one, which is asked every question that the first one refutes; nil for none.
  public let confirmer: SATSolver?
  /// The longest time for one question, in seconds.
  public let secondsPerQuestion: Double
  /// Gets a line before each question.
  public let tell: @Sendable (String) -> Void

  /// A search with the given solvers and time limit.
  public init(
    solver: SATSolver, confirmer: SATSolver? = nil, secondsPerQuestion: Double,
    tell: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.solver = solver
    self.confirmer = confirmer
    self.secondsPerQuestion = secondsPerQuestion
    self.tell = tell
  }

  /// The bounds that the solver proves for n ≥ 2 inputs.
  ///
  /// Lower bound: from one gate up until a question has a solution, which is then the optimum, or is not
  /// answered in time. Upper bound: from `CircuitFamily.xor3Tree` down to the numbers not refuted,
  /// first with the gates of a block assumed, then without; until neither finds a circuit.
  public func bounds(inputs n: Int) throws -> OptimumBounds {
    let start = CircuitFamily.Name.xor3Tree
    var best = try CircuitFamily(start, depth: 2).circuit(inputs: n)
    var origin = OptimumBounds.Origin.construction(start)
    var (refuted, confirmed) = (0, 0)
    ascent: while refuted + 1 < best.gateCount {
      let question = OptimumQuestion(inputs: n, gates: refuted + 1, ordered: true)
      switch try ask(question, solver) {
      case .satisfiable(let model):
        (best, origin) = (question.circuit(from: model), .solver(.none))
      case .undecided: break ascent
      case .unsatisfiable:
        if confirmed == refuted, try isConfirmed(question) { confirmed += 1 }
        refuted += 1
      }
    }
    while best.gateCount - 1 > refuted {
      guard let (circuit, assumption) = try find(inputs: n, gates: best.gateCount - 1) else {
        break
      }
      (best, origin) = (circuit, .solver(assumption))
    }
    try check(best, by: solver)
    return OptimumBounds(
      inputs: n, lower: refuted + 1, confirmedLower: confirmer.map { _ in confirmed + 1 },
      circuit: best, origin: origin)
  }

  /// A circuit of exactly so many gates, and what was assumed to find it; nil if none was found.
  private func find(
    inputs n: Int, gates: Int
  ) throws(SATSolver.Failure) -> (Circuit, CircuitAssumption)? {
    for assumption in [CircuitAssumption(blocks: 1), .none] {
      guard assumption.isPossible(inputs: n, gates: gates) else { continue }
      let question = OptimumQuestion(
        inputs: n, gates: gates, ordered: false, assuming: assumption)
      if case .satisfiable(let model) = try ask(question, solver) {
        return (question.circuit(from: model), assumption)
      }
    }
    return nil
  }

  /// Whether the second solver refutes a question too, which the first one has refuted.
  private func isConfirmed(_ question: OptimumQuestion) throws(SATSolver.Failure) -> Bool {
    guard let confirmer else { return false }
    tell("\(text(question)): refuted, asking \(confirmer.name)")
    switch try confirmer.refute(question.formula, seconds: secondsPerQuestion) {
    case .some(true): return true
    case .none: return false
    case .some(false):
      throw .contradiction(
        first: solver.path, second: confirmer.path, question: text(question))
    }
  }

  private func ask(
    _ question: OptimumQuestion, _ solver: SATSolver
  ) throws(SATSolver.Failure) -> SATSolver.Answer {
    tell("\(text(question)): asking \(solver.name)")
    return try solver.solve(question.formula, seconds: secondsPerQuestion)
  }

  private func text(_ question: OptimumQuestion) -> String {
    let assumed = question.assumption == .none ? "" : " assuming \(question.assumption)"
    let gates = question.gates == 1 ? "1 gate" : "\(question.gates) gates"
    return "n = \(question.inputs), \(gates)\(assumed)"
  }
}

extension OptimumSearch {
  /// What one question about a structure came to.
  public struct Attempt: Sendable {
    /// The number of inputs, n.
    public let inputs: Int
    /// The number of gates asked about.
    public let gates: Int
    /// What was taken for granted.
    public let assumption: CircuitAssumption
    /// Whether the constraints on order were added.
    public let isOrdered: Bool
    /// The word for the outcome.
    public let outcome: Outcome
    /// The circuit found, checked on every row.
    public let circuit: Circuit?
    /// The time it took, in seconds.
    public let seconds: Double

    /// What can come of a question.
    public enum Outcome: String, CaseIterable, Sendable {
      /// There is a circuit.
      case found
      /// There is none with this structure.
      case refuted
      /// The time ran out first.
      case undecided
    }
  }

  /// Asks one question: whether a circuit of that many gates with that structure computes parity.
  public func attempt(
    inputs: Int, gates: Int, assuming assumption: CircuitAssumption, ordered: Bool
  ) throws -> Attempt {
    let question = OptimumQuestion(
      inputs: inputs, gates: gates, ordered: ordered, assuming: assumption)
    let start = ContinuousClock.now
    let answer = try ask(question, solver)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var circuit: Circuit?
    if case .satisfiable(let model) = answer {
      let found = question.circuit(from: model)
      try check(found, by: solver)
      circuit = found
    }
    let outcome: Attempt.Outcome =
      switch answer {
      case .satisfiable: .found
      case .unsatisfiable: .refuted
      case .undecided: .undecided
      }
    return Attempt(
      inputs: inputs, gates: gates, assumption: assumption, isOrdered: ordered, outcome: outcome,
      circuit: circuit, seconds: seconds)
  }

  /// Refuses a circuit that is wrong on some row.
  private func check(_ circuit: Circuit, by solver: SATSolver) throws {
    let rows = UInt64(1) << UInt64(circuit.inputs)
    guard try circuit.verify(ParityTask(bits: circuit.inputs)) == .verified(rows: rows) else {
      throw SATSolver.Failure.wrongSolution(path: solver.path)
    }
  }
}
