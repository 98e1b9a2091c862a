public import Circuits
public import Tables

/// The tables that the search for the fewest gates writes.
public enum OptimumTables {
  /// optimum.csv: a row for each n.
  public static let optimum = TableFormat<OptimumRow>([
    Column("n", .whole, "The number of input bits.") { "\($0.inputs)" },
    Column(
      "lower_bound", .whole,
      "A number of gates that every circuit needs: the solver refuted every smaller number."
    ) { "\($0.lower)" },
    Column(
      "upper_bound", .whole,
      "The number of gates of the smallest circuit found, checked on every row."
    ) { "\($0.upper)" },
    Column("optimum", .whole, "The fewest gates, where both bounds are equal; otherwise empty.") {
      $0.lower == $0.upper ? "\($0.upper)" : ""
    },
    Column(
      "found_by", .text,
      "Where the smallest circuit comes from: a family of circuits, or the solver that found it."
    ) { $0.finder },
    Column(
      "assumed", .text,
      "What the solver was given to begin from; empty for nothing. `blocks=1`: the first four gates are "
        + "the odd minterms of inputs 0, 1 and 2. No lower bound ever rests on it."
    ) { $0.assumption.description },
    Column("refuted_by", .text, "The solver that the lower bound rests on.") { $0.solver },
    Column(
      "confirmed_lower_bound", .whole,
      "The lower bound that a second solver of another family proves too; empty without one."
    ) { $0.confirmedLower.map { "\($0)" } ?? "" },
    Column("confirmed_by", .text, "That second solver.") { $0.confirmer },
  ])

  /// attempts.csv: a row for each structure that was tried for a number of gates.
  public static let attempts = TableFormat<AttemptRow>([
    Column("n", .whole, "The number of input bits.") { "\($0.attempt.inputs)" },
    Column("gates", .whole, "The number of gates asked about, the output gate counted.") {
      "\($0.attempt.gates)"
    },
    Column(
      "assumed", .text,
      "What was taken for granted. `blocks=k`: the first 4k gates are the odd minterms of k blocks of "
        + "three inputs; `symmetric`: later gates treat the three inputs of a block alike, and the "
        + "three minterms of a single one; `closed`: later gates read no input of a block. Empty: "
        + "nothing."
    ) { $0.attempt.assumption.description },
    Column(
      "ordered", .word,
      "`yes` with constraints on the order of inputs and gates, which help to refute; `no` without, "
        + "which helps to find. The answer is the same."
    ) { $0.attempt.isOrdered ? "yes" : "no" },
    Column("solver", .text, "The solver that was asked.") { $0.solver },
    Column("limit_seconds", .whole, "The time it was given, in seconds.") { "\($0.limit)" },
    Column("wall_seconds", .number, "The time it took, in seconds.") {
      "\(($0.attempt.seconds * 10).rounded() / 10)"
    },
    Column(
      "outcome", .word,
      "`found` (a circuit, checked on every row), `refuted` (none with this structure; others are left "
        + "open), `undecided` (the time ran out)."
    ) { $0.attempt.outcome.rawValue },
  ])

  /// circuits.csv: a row for each gate of the circuits found.
  public static let circuits = TableFormat<GateRow>([
    Column("n", .whole, "The number of input bits.") { "\($0.circuit.inputs)" },
    Column("gate", .whole, "The gate, from 0 on; it reads inputs and gates before it.") {
      "\($0.gate)"
    },
    Column("kind", .word, "`and`: 1 where all it reads is 1; `or`: 1 where some is.") {
      "\($0.circuit.kind(ofGate: $0.gate))"
    },
    Column(
      "inputs", .text,
      "What it reads, with spaces between: input i is `xi`, gate i is `gi`, `!` negates."
    ) { row in
      row.circuit.wires(intoGate: row.gate).map(row.circuit.name(of:)).joined(separator: " ")
    },
    Column("output", .word, "`yes` for the gate that gives the parity, else `no`.") {
      $0.circuit.output.source == $0.circuit.inputs + $0.gate ? "yes" : "no"
    },
  ])

  /// The columns of each file, for the documentation.
  public static let files: [(name: String, columns: [ColumnDescription])] = [
    ("optimum.csv", optimum.description), ("attempts.csv", attempts.description),
    ("circuits.csv", circuits.description),
  ]
}

/// A row of optimum.csv.
public struct OptimumRow: Sendable {
  let inputs: Int
  let lower: Int
  let upper: Int
  let confirmedLower: Int?
  let finder: String
  let assumption: CircuitAssumption
  let solver: String
  let confirmer: String

  /// What a search found.
  public init(_ bounds: OptimumBounds, _ search: OptimumSearch) {
    inputs = bounds.inputs
    (lower, upper, confirmedLower) = (bounds.lower, bounds.upper, bounds.confirmedLower)
    switch bounds.origin {
    case .construction(let name): (finder, assumption) = (name.rawValue, .none)
    case .solver(let assumed): (finder, assumption) = (search.solver.name, assumed)
    }
    solver = search.solver.name
    confirmer = search.confirmer?.name ?? ""
  }

  /// What is known without a solver: the size of a family's circuit.
  public init(_ family: CircuitFamily, _ circuit: Circuit) {
    inputs = circuit.inputs
    (lower, upper, confirmedLower) = (1, circuit.gateCount, nil)
    (finder, assumption) = (family.name.rawValue, .none)
    (solver, confirmer) = ("", "")
  }
}

/// A row of attempts.csv.
public struct AttemptRow: Sendable {
  let attempt: OptimumSearch.Attempt
  let solver: String
  let limit: Int

  /// An attempt of a search that was given so many seconds.
  public init(_ attempt: OptimumSearch.Attempt, _ search: OptimumSearch) {
    self.attempt = attempt
    solver = search.solver.name
    limit = Int(search.secondsPerQuestion)
  }
}

/// A row of circuits.csv.
public struct GateRow: Sendable {
  let circuit: Circuit
  let gate: Int
}

/// Circuits as files: `circuits.csv` for all of them, and `parity-N.blif` for each.
public struct CircuitFiles: Sendable {
  /// The name and the text of each file.
  public let files: [(name: String, text: String)]

  /// The files of these circuits of AND and OR gates, which have different numbers of inputs.
  public init(_ circuits: [Circuit]) {
    // An output that is not negated needs no further word in the files.
    let plain = circuits.map(\.withPlainOutput)
    let rows = plain.flatMap { circuit in
      (0..<circuit.gateCount).map { GateRow(circuit: circuit, gate: $0) }
    }
    files =
      [("circuits.csv", OptimumTables.circuits.csv(rows))]
      + plain.map { ("parity-\($0.inputs).blif", $0.blif(model: "parity\($0.inputs)")) }
  }
}
