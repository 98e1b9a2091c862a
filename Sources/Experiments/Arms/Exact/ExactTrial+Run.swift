import Circuits
import Networks
import Parity

extension ExactTrial {
  /// Builds the circuit or network and checks it on the rows that the trial names.
  package func finish() -> Finished { Finished(judged()) }

  private func judged() -> Record {
    switch check {
    case .none:
      return record(.counted, rows: nil, solvedRows: nil)
    case .all:
      return checked(on: nil)
    case .sample(let count, let seed):
      var generator = SeededGenerator(seed: UInt64(seed), stream: "sample n=\(bits)")
      return checked(on: .sample(ParityTask(bits: bits), count: count, using: &generator))
    }
  }

  /// Checks the rows of `sample`, or all of them without one.
  private func checked(on sample: DataSet?) -> Record {
    let task = ParityTask(bits: bits)
    switch subject {
    case .circuit(let family, _):
      do {
        let circuit = try family.circuit(inputs: bits)
        let found = try sample.map { sample throws(CircuitError) in try circuit.verify(sample) }
        let verification = try found ?? circuit.verify(task)
        var record = record(
          rows: Int(verification.rows), solvedRows: Int(verification.solvedRows),
          firstWrongRow: verification.firstWrongRow)
        record.refutedUnits = provesMinimum ? refutedTerms : nil
        return record
      } catch {
        preconditionFailure("the plan checks what can be built: \(error)")
      }
    case .network(let family, let shape):
      let built =
        family == .bridged && shape.depth > 0
        ? ConstructedNetwork.bridged(bits: bits, widths: shape.hidden)
        : ConstructedNetwork(family, bits: bits)
      let found =
        sample.map { built.network.check(task, coding: built.coding, rows: $0.rows) }
        ?? built.network.check(task, coding: built.coding, rows: 0..<task.rowCount)
      return record(
        rows: found.rows, solvedRows: found.solvedRows, margin: found.margin,
        firstWrongRow: found.firstWrongRow)
    }
  }

  private func record(
    rows: Int, solvedRows: Int, margin: Double? = nil, firstWrongRow: UInt64?
  ) -> Record {
    record(
      solvedRows == rows ? rightOutcome : .failed, rows: rows, solvedRows: solvedRows,
      margin: margin, firstWrongRow: firstWrongRow)
  }

  /// The outcome when no row is wrong.
  private var rightOutcome: Record.Outcome {
    switch check {
    case .all: .verified
    case .sample: .sampled
    case .none: .counted
    }
  }

  /// Whether the record says that no DNF has fewer terms: up to n = 14, where all products fit memory.
  var provesMinimum: Bool {
    if case .circuit(.dnf, _) = subject { (2...14).contains(bits) } else { false }
  }

  /// The most terms that no DNF for parity can do with; nil if some term could be spared.
  ///
  /// Every DNF holds the essential prime implicants, so that their number less one is too few.
  private var refutedTerms: Int? {
    let task = ParityTask(bits: bits)
    let ones = (0..<(1 << bits)).lazy.filter { task.label(of: UInt64($0)) == 1 }
    let primes = PrimeImplicants(of: TruthTable(inputs: bits, minterms: ones))
    let isEssential = primes.essential.count == primes.all.count
    return isEssential && UInt128(primes.all.count) == outline.units ? primes.all.count - 1 : nil
  }

  package func record(like record: Record) -> Record {
    var expected = self.record(
      record.outcome == .failed ? .failed : rightOutcome, rows: rows,
      solvedRows: record.solvedRows, margin: record.margin,
      firstWrongRow: record.firstWrongRow.map { UInt64(clamping: $0) })
    if provesMinimum { expected.refutedUnits = outline.units.map { Int($0) - 1 } }
    return expected
  }

  private func record(
    _ outcome: Record.Outcome, rows: Int?, solvedRows: Int?, margin: Double? = nil,
    firstWrongRow: UInt64? = nil
  ) -> Record {
    var record = outline
    record.outcome = outcome
    record.rows = rows
    record.solvedRows = solvedRows
    if record.family == .constructed { record.margin = margin }
    record.firstWrongRow = firstWrongRow.map { UInt128($0) }
    return record
  }

  package var outline: Record {
    let seed: Int? = if case .sample(_, let seed) = check { seed } else { nil }
    switch subject {
    case .circuit(let family, let size):
      return Record(
        key: key, arm: arm, family: .circuit, bits: bits, relevant: bits, depth: size?.depth ?? 2,
        units: size?.units, seed: seed, rows: rows, construction: family.name.rawValue,
        gates: size?.gates, notGates: size?.not, wires: size?.wires, settings: settingsHash)
    case .network(let family, let shape):
      return Record(
        key: key, arm: arm, family: .constructed, bits: bits, relevant: bits, depth: shape.depth,
        hidden: shape.hidden, connections: shape.connections.rawValue,
        units: UInt128(shape.units), parameters: shape.parameters,
        activation: shape.activation.rawValue, seed: seed, rows: rows,
        coding: InputCoding.zeroOne.rawValue, construction: family.rawValue,
        settings: settingsHash)
    }
  }
}
