import Circuits
import Experiments
import Runs

/// `optimum`: the fewest gates that any circuit for parity has, as far as a solver can prove it.
enum OptimumVerb {
  static let verb = Verb(
    name: "optimum",
    summary: "Search the smallest circuits for 2 to 6 bits with a SAT solver, as CSV.",
    usage: "optimum [--bits LIST] [--seconds COUNT]",
    details: """
      Gates are AND and OR of any fan-in, negation is free, the output gate is counted. The upper
      bound is a circuit that was found and checked on every row; the lower bound says that a solver
      refuted every smaller number. Where the two differ the optimum is not decided in that time.
      The solver is cadical, kissat or picosat, whichever is installed (Debian: apt install
      cadical); without one the bounds are those of known constructions.
      """,
    flags: [
      Flag(name: "--bits", value: "LIST", help: "The n, within 2...6; 2...4 by default."),
      Flag(
        name: "--seconds", value: "COUNT", help: "The longest time for one question; 60 by default."
      ),
    ],
    example: "depthwidth optimum --bits 2...4",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    try arguments.noArgument()
    let bits =
      try arguments.value("--bits", "n in 2...6, such as 2...4") {
        NumberList.parse($0, in: 2...6)
      } ?? [2, 3, 4]
    let seconds = try arguments.whole("--seconds", in: 1...86_400) ?? 60
    let solver = SATSolver.installed()
    Terminal.message(
      solver.map { "the questions go to \($0.path)" }
        ?? "no SAT solver found (Debian: apt install cadical): no lower bound beyond one gate")
    Terminal.line("n,lower_bound,upper_bound,optimum")
    for n in bits {
      guard let solver else {
        let size = try CircuitFamily.xor3Tree.circuit(inputs: n).size
        Terminal.line("\(n),1,\(size.gates),")
        continue
      }
      let search = OptimumSearch(solver: solver, secondsPerQuestion: Double(seconds))
      let bounds = try search.bounds(inputs: n)
      Terminal.line(
        "\(n),\(bounds.lower),\(bounds.upper),\(bounds.isOptimum ? "\(bounds.upper)" : "")")
    }
    return .done
  }
}
