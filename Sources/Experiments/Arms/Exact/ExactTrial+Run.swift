import Circuits
package import Networks
import Parity

extension ExactTrial {
  /// Builds the circuit or network and checks it on the rows that the trial names.
  package func finish(_ watcher: TrialWatcher?) -> Finished? {
    guard check != .none else {
      return Finished(record(.counted, rows: nil, solvedRows: nil))
    }
    let start = watcher?.start { RowsChecked($0, of: self) } ?? RowsChecked()
    return checked(from: start) { known in
      watcher?.goesOn(known.rows, right: known.solvedRows) { known.bytes } ?? true
    }.map { Finished($0) }
  }

  /// The network with its coding; nil of a circuit.
  package var network: ConstructedNetwork? {
    guard case .network(let family, let shape) = subject else { return nil }
    return ConstructedNetwork(family, shape)
  }

  /// The rows of the sample; nil where all are checked.
  private var sample: DataSet? {
    guard case .sample(let count, let seed) = check else { return nil }
    var generator = SeededGenerator(seed: UInt64(seed), stream: "sample n=\(bits)")
    return .sample(ParityTask(bits: bits), count: count, using: &generator)
  }

  /// Checks the rows part by part; nil where `goesOn` ends that.
  private func checked(from start: RowsChecked, goesOn: (RowsChecked) -> Bool) -> Record? {
    var known = start
    switch subject {
    case .circuit(let family, _):
      do {
        let isDone = try check(family.circuit(inputs: bits), &known, goesOn)
        guard isDone else { return nil }
      } catch {
        preconditionFailure("the plan checks what can be built: \(error)")
      }
    case .network(let family, let shape):
      let built = ConstructedNetwork(family, shape)
      precondition(
        check != .counts || built.network.seesCountAlone(coding: built.coding),
        "\(key): its weights tell inputs apart, so that counts prove nothing")
      guard check(built, &known, goesOn) else { return nil }
    }
    var record = record(
      rows: known.rows, solvedRows: known.solvedRows, margin: known.margin,
      firstWrongRow: known.firstWrongRow.flatMap(row))
    if case .circuit = subject, provesMinimum { record.refutedUnits = refutedTerms }
    return record
  }

  /// Checks a circuit; returns whether that was not ended.
  private func check(
    _ circuit: Circuit, _ known: inout RowsChecked, _ goesOn: (RowsChecked) -> Bool
  ) throws(CircuitError) -> Bool {
    guard let sample else {
      let verified = try circuit.verify(ParityTask(bits: bits), from: known.verified) {
        goesOn(RowsChecked($0))
      }
      known = RowsChecked(verified)
      return known.rows == rows
    }
    // A part so large that to prepare the circuit takes little of its time.
    for part in sample.parts(of: 1 << 18, from: known.rows) {
      if known.rows > 0, !goesOn(known) { return false }
      let found = try circuit.verify(DataSet(sample.task, rows: part))
      known.add(
        rows: part.count, solvedRows: Int(found.solvedRows), firstWrongRow: found.firstWrongRow)
    }
    return true
  }

  /// Checks a network; returns whether that was not ended.
  private func check(
    _ built: ConstructedNetwork, _ known: inout RowsChecked, _ goesOn: (RowsChecked) -> Bool
  ) -> Bool {
    let size = 1 << 12
    func add(_ found: RowCheck) {
      known.add(
        rows: found.rows, solvedRows: found.solvedRows, margin: found.margin,
        firstWrongRow: found.firstWrongRow)
    }
    if check == .counts {
      // Seconds at most, so it is done in one piece.
      add(built.network.checkCounts(coding: built.coding))
      return true
    }
    let task = ParityTask(bits: bits)
    if let sample {
      for part in sample.parts(of: size, from: known.rows) {
        if known.rows > 0, !goesOn(known) { return false }
        add(built.network.check(task, coding: built.coding, rows: part))
      }
      return true
    }
    for row in stride(from: UInt64(known.rows), to: task.rowCount, by: size) {
      if row > 0, !goesOn(known) { return false }
      let end = min(row + UInt64(size), task.rowCount)
      add(built.network.check(task, coding: built.coding, rows: row..<end))
    }
    return true
  }

  /// A row by its number among those checked; nil where it has more than 128 bits.
  ///
  /// Of counts it is the row with so many first inputs on.
  private func row(_ found: UInt64) -> UInt128? {
    guard check == .counts else { return UInt128(found) }
    return found < 128 ? (1 << UInt128(found)) - 1 : found == 128 ? .max : nil
  }

  private func record(
    rows: Int, solvedRows: Int, margin: Double? = nil, firstWrongRow: UInt128?
  ) -> Record {
    record(
      solvedRows == rows ? rightOutcome : .failed, rows: rows, solvedRows: solvedRows,
      margin: margin, firstWrongRow: firstWrongRow)
  }

  /// The outcome when no row is wrong.
  private var rightOutcome: Record.Outcome {
    switch check {
    case .all, .counts: .verified
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
      firstWrongRow: record.firstWrongRow)
    if provesMinimum { expected.refutedUnits = outline.units.map { Int($0) - 1 } }
    return expected
  }

  private func record(
    _ outcome: Record.Outcome, rows: Int?, solvedRows: Int?, margin: Double? = nil,
    firstWrongRow: UInt128? = nil
  ) -> Record {
    var record = outline
    record.outcome = outcome
    record.rows = rows
    record.solvedRows = solvedRows
    if record.family == .constructed { record.margin = margin }
    record.firstWrongRow = firstWrongRow
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
