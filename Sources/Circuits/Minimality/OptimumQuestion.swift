/// Whether some circuit of exactly g gates computes the parity of n bits, as a formula.
///
/// Gates are of any fan-in and negation is free. By De Morgan every gate may be an AND. An AND that
/// reads another AND unnegated may read what that one reads instead, so a gate reads inputs, negated
/// or not, and *negated* gates. In a smallest circuit every gate but the last is read by another,
/// no gate reads one wire alone or an input both ways, and every input is read by two gates at least
/// (some values of the other inputs would hide an input read once).
///
/// Of all circuits that differ in names alone one is kept. Parity is the same for any order of its
/// inputs and becomes its complement when an input is negated: the first gate that reads an input
/// reads it unnegated, and the output may be negated. Among orders of inputs and of gates that do not
/// read each other, the one kept has the lexicographically largest list of which gate reads what;
/// both order constraints are necessary for that, so together they lose no circuit. Order constraints
/// help to refute and hinder finding, so they can be left out.
///
/// A structured question takes a ``CircuitAssumption`` for granted. Orders then hold among the inputs and
/// gates outside its blocks: to exchange those keeps the structure.
///
/// If the formulas for 1, 2, …, g − 1 gates have no solution, none of them under an assumption, then g
/// gates are needed.
public struct OptimumQuestion: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int
  /// The number of gates asked about, g.
  public let gates: Int
  /// What is taken for granted of the circuit.
  public let assumption: CircuitAssumption
  /// True for exactly the circuits described above.
  public internal(set) var formula = CNFFormula()

  /// Entry (gate, input): the gate reads the input, or its negation.
  private(set) var plain: [[Int]] = []
  private(set) var negated: [[Int]] = []
  /// Entry (gate, source): the gate reads the source, whichever way.
  private(set) var reads: [[Int]] = []
  /// Entry (gate, row): what the gate gives.
  private var values: [[Int]] = []
  private var outputIsNegated = 0

  /// The question for n ≥ 2 inputs and g ≥ 1 gates, with or without the constraints on order.
  ///
  /// Precondition: a circuit of that size can have the structure that is assumed.
  public init(
    inputs: Int, gates: Int, ordered: Bool, assuming assumption: CircuitAssumption = .none
  ) {
    precondition((2...10).contains(inputs), "a table of 2...10 inputs, got \(inputs)")
    precondition(gates >= 1, "a circuit for \(inputs) inputs has a gate, got \(gates)")
    precondition(
      assumption.isPossible(inputs: inputs, gates: gates),
      "\(inputs) inputs and \(gates) gates cannot have \(assumption)")
    self.inputs = inputs
    self.gates = gates
    self.assumption = assumption
    outputIsNegated = formula.variable()
    for gate in 0..<gates {
      addWires(gate)
      addValues(gate)
    }
    addLabels()
    addMinimality()
    addFirstSigns()
    addAssumption()
    if ordered { addOrders() }
  }

  /// The circuit that a solution describes: entry v − 1 of `model` is the value of variable v.
  public func circuit(from model: [Bool]) -> Circuit {
    precondition(model.count >= formula.variableCount, "the model misses variables")
    func holds(_ variable: Int) -> Bool { model[variable - 1] }
    var builder = CircuitBuilder(inputs: inputs)
    var last = builder.input(0)
    for gate in 0..<gates {
      var wires: [Wire] = []
      for source in reads[gate].indices where holds(reads[gate][source]) {
        let isNegated = source >= inputs || holds(negated[gate][source])
        wires.append(Wire(source: source, isNegated: isNegated))
      }
      last = builder.add(.and, wires)
    }
    return builder.finish(output: holds(outputIsNegated) ? !last : last)
  }

  // MARK: Clauses

  /// Which wires the gate reads: two at least, and no input both ways.
  private mutating func addWires(_ gate: Int) {
    plain.append((0..<inputs).map { _ in formula.variable() })
    negated.append((0..<inputs).map { _ in formula.variable() })
    var sources: [Int] = []
    for input in 0..<inputs {
      formula.add([-plain[gate][input], -negated[gate][input]])
      sources.append(formula.disjunction(of: [plain[gate][input], negated[gate][input]]))
    }
    for _ in 0..<gate { sources.append(formula.variable()) }
    reads.append(sources)
    for source in sources { formula.add(sources.filter { $0 != source }) }
  }

  /// The gate is 1 on a row exactly when no wire it reads is 0 there.
  private mutating func addValues(_ gate: Int) {
    values.append((0..<(1 << inputs)).map { _ in formula.variable() })
    for (row, value) in values[gate].enumerated() {
      var zeros: [Int] = []
      for input in 0..<inputs {
        zeros.append(row >> input & 1 == 1 ? negated[gate][input] : plain[gate][input])
      }
      for earlier in 0..<gate {
        let read = reads[gate][inputs + earlier]
        let isOne = values[earlier][row]
        let zero = formula.variable()
        formula.add([-zero, read])
        formula.add([-zero, isOne])
        formula.add([zero, -read, -isOne])
        zeros.append(zero)
      }
      for zero in zeros { formula.add([-zero, -value]) }
      formula.add(zeros + [value])
    }
  }

  /// The last gate gives the label on every row, or its opposite.
  private mutating func addLabels() {
    for (row, value) in values[gates - 1].enumerated() {
      let sign = row.nonzeroBitCount & 1 == 1 ? value : -value
      formula.add([sign, outputIsNegated])
      formula.add([-sign, -outputIsNegated])
    }
  }

  private mutating func addMinimality() {
    for gate in 0..<(gates - 1) {
      formula.add(((gate + 1)..<gates).map { reads[$0][inputs + gate] })
    }
    for input in 0..<inputs {
      let readers = reads.map { $0[input] }
      formula.add(readers)
      for reader in readers { formula.add([-reader] + readers.filter { $0 != reader }) }
    }
  }

  /// The first gate that reads an input reads it unnegated.
  private mutating func addFirstSigns() {
    for gate in 0..<gates {
      for input in 0..<inputs {
        formula.add([-negated[gate][input]] + (0..<gate).map { plain[$0][input] })
      }
    }
  }

  /// Neighbouring inputs, and neighbouring gates that do not read each other, stand in order: those
  /// outside the blocks that are assumed.
  private mutating func addOrders() {
    let (firstInput, firstGate) = (3 * assumption.blocks, 4 * assumption.blocks)
    for input in firstInput..<max(firstInput, inputs - 1) {
      formula.addOrder(reads.map { $0[input] }, notBefore: reads.map { $0[input + 1] })
    }
    for gate in firstGate..<(gates - 1) {
      let next = reads[gate + 1]
      formula.addOrder(
        reads[gate], notBefore: Array(next.dropLast()), unless: next[inputs + gate])
    }
  }
}
