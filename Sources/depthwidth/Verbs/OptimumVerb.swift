import Circuits
import Experiments
import Parity
import Platform
import Runs
import Tables

/// `optimum`: the fewest gates that any circuit for parity has, as far as a solver can prove it.
enum OptimumVerb {
  static let verb = Verb(
    name: "optimum",
    summary: "Search the smallest circuits for 2 to 6 bits with a SAT solver, as CSV.",
    usage: "optimum [--bits LIST] [--seconds COUNT] [--output DIR] [FLAGS]",
    details: """
      Gates are AND and OR of any fan-in, negation is free, the output gate is counted. The upper
      bound is a circuit that was found and checked on every row; the lower bound says that a solver
      refuted every smaller number. Where the two differ the optimum is not decided in that time.
      The solver is cadical, kissat or picosat, whichever is installed (Debian: apt install
      cadical); without one the bounds are those of known constructions. Every refutation is put to
      a second solver of another family: minisat, glucose or clasp, whichever is installed.
      With --gates it asks instead whether there is a circuit of that size, once for each structure
      behind --assume; one line of CSV says what came of it. A structure is blocks=1, 2 or 3 (the
      first four gates of a block are the odd minterms of three inputs), and with a + also symmetric
      or closed; README.md in results/ explains them. That a structure is refuted says nothing of
      circuits without it.
      """,
    flags: [
      Flag(
        name: "--bits", value: "LIST",
        help: "The n, within 2...6; 2...4 by default. With --gates one n in 2...9."),
      Flag(
        name: "--seconds", value: "COUNT", help: "The longest time for one question; 60 by default."
      ),
      Flag(
        name: "--output", value: "DIR",
        help: "Write the circuits to DIR too: circuits.csv, and parity-N.blif for each n."),
      Flag(
        name: "--solver", value: "NAME", help: "The solver, by its name or path."),
      Flag(
        name: "--confirm-with", value: "NAME", help: "The second solver, by its name or path."),
      Flag(name: "--gates", value: "COUNT", help: "Ask about this number of gates alone."),
      Flag(
        name: "--assume", value: "LIST",
        help: "With --gates: the structures to try, such as blocks=2+closed,blocks=1."),
      Flag(
        name: "--unordered", value: nil,
        help: "With --gates: leave out what helps to refute and hinders finding."),
    ],
    example: "depthwidth optimum --bits 2...4",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    try arguments.noArgument()
    let seconds = Double(try arguments.whole("--seconds", in: 1...86_400) ?? 60)
    let folder = arguments.text("--output")
    let solver =
      try arguments.text("--solver").map(SATSolver.init(named:))
      ?? SATSolver.installed()
    let confirmer =
      try arguments.text("--confirm-with").map(SATSolver.init(named:)) ?? SATSolver.confirmer()
    if let solver, solver == confirmer {
      throw UsageError.badValue(
        flag: "--confirm-with", found: solver.name, expected: "another solver than the first")
    }
    let search = solver.map {
      OptimumSearch(solver: $0, confirmer: confirmer, secondsPerQuestion: seconds) {
        Terminal.message($0)
      }
    }
    if let gates = try arguments.whole("--gates", in: 1...99) {
      return try ask(gates, arguments, search, folder)
    }
    for flag in ["--assume", "--unordered"] where arguments.has(flag) {
      throw UsageError.missingArgument("--gates COUNT, which \(flag) needs,", usage: verb.usage)
    }
    let bits =
      try arguments.value("--bits", "n in 2...6, such as 2...4") {
        NumberList.parse($0, in: 2...6)
      } ?? [2, 3, 4]
    return try findBounds(bits, search, folder)
  }

  /// The bounds for each n.
  @MainActor
  private static func findBounds(
    _ bits: [Int], _ search: OptimumSearch?, _ folder: String?
  ) throws -> ExitStatus {
    Terminal.message(
      search.map { "the questions go to \($0.solver.path), refutations to \(name($0.confirmer))" }
        ?? "no SAT solver found (Debian: apt install cadical): no lower bound beyond one gate")
    Terminal.write(CSV.line(OptimumTables.optimum.names))
    var circuits: [Circuit] = []
    for n in bits {
      let row: OptimumRow
      if let search {
        let bounds = try search.bounds(inputs: n)
        circuits.append(bounds.circuit)
        row = OptimumRow(bounds, search)
      } else {
        let circuit = try CircuitFamily.xor3Tree.circuit(inputs: n)
        circuits.append(circuit)
        row = OptimumRow(.xor3Tree, circuit)
      }
      Terminal.write(CSV.line(OptimumTables.optimum.fields(row)))
      // After each n, so that a long search that is ended leaves what it has found.
      if let folder { try write(circuits, to: folder) }
    }
    return .done
  }

  /// One question for each structure.
  @MainActor
  private static func ask(
    _ gates: Int, _ arguments: Arguments, _ search: OptimumSearch?, _ folder: String?
  ) throws -> ExitStatus {
    let n = try arguments.whole("--bits", in: 2...9)
    guard let n else { throw UsageError.missingArgument("--bits N", usage: verb.usage) }
    let assumptions =
      try arguments.value("--assume", "structures such as blocks=2+closed,blocks=1") { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let all = parts.compactMap { CircuitAssumption(String($0)) }
        return all.count == parts.count ? all : nil
      } ?? [CircuitAssumption.none]
    if let other = assumptions.first(where: { !$0.isPossible(inputs: n, gates: gates) }) {
      throw UsageError.badValue(
        flag: "--assume", found: "\(other)",
        expected: "blocks of three of the \(n) inputs, with fewer than \(gates) gates in all")
    }
    guard let search else {
      throw InputError(
        "PATH",
        .unexpected(found: "no SAT solver", expected: "cadical (Debian: apt install cadical)"))
    }
    Terminal.write(CSV.line(OptimumTables.attempts.names))
    for assumption in assumptions {
      let attempt = try search.attempt(
        inputs: n, gates: gates, assuming: assumption, ordered: !arguments.has("--unordered"))
      Terminal.write(CSV.line(OptimumTables.attempts.fields(AttemptRow(attempt, search))))
      if let circuit = attempt.circuit, let folder { try write([circuit], to: folder) }
    }
    return .done
  }

  /// Writes circuits, all of which were checked on every row; files of that name are replaced.
  private static func write(_ circuits: [Circuit], to folder: String) throws(InputError) {
    do {
      try Files.makeFolder(folder)
      for file in CircuitFiles(circuits).files {
        try Files.replace("\(folder)/\(file.name)", with: Array(file.text.utf8))
      }
    } catch {
      throw InputError(folder, .unwritable(error.description))
    }
  }

  private static func name(_ solver: SATSolver?) -> String { solver?.path ?? "no second solver" }
}
