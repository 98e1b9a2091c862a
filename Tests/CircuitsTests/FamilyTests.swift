import Circuits
import Parity
import TestSupport
import Testing

struct FamilyTests {
  @Test(arguments: 2...20)
  func `the two-level circuits have 2^(n-1) terms or clauses of n literals`(n: Int) throws {
    var terms: UInt128 = 1
    for _ in 1..<n { terms *= 2 }
    let dnf = try #require(try CircuitFamily.dnf.size(inputs: n))
    #expect((dnf.and, dnf.or, dnf.not, dnf.nand) == (terms, 1, 0, 0))
    #expect((dnf.gates, dnf.units, dnf.depth) == (terms + 1, terms, 2))
    #expect(dnf.wires == UInt128(n) * terms + terms)
    let cnf = try #require(try CircuitFamily.cnf.size(inputs: n))
    #expect((cnf.and, cnf.or, cnf.wires, cnf.depth) == (1, terms, dnf.wires, 2))
    guard n <= inRelease(20, inDebug: 12) else { return }
    for (family, kind) in [(CircuitFamily.dnf, GateKind.and), (.cnf, .or)] {
      let circuit = try family.circuit(inputs: n)
      let narrow = (0..<circuit.gateCount).filter { circuit.kind(ofGate: $0) == kind }
      #expect(UInt128(narrow.count) == terms)
      #expect(narrow.allSatisfy { circuit.wires(intoGate: $0).count == n })
    }
  }

  @Test(arguments: 2...40)
  func `the trees have the gates and levels of their formulas`(n: Int) throws {
    let xors = UInt128(n - 1)
    var levels = 0
    while 1 << levels < n { levels += 1 }
    let free = try CircuitFamily.xorTree.circuit(inputs: n).size
    #expect((free.gates, free.not, free.depth) == (3 * xors, 0, 2 * levels))
    #expect(free.wires == 6 * xors)
    let counted = try CircuitFamily.xorTreeWithNot.circuit(inputs: n)
    #expect((counted.size.gates, counted.size.not) == (3 * xors, xors))
    #expect(counted.size.depth == 2 * levels)
    #expect(counted.hasNoNegatedWire)
    let nand = try CircuitFamily.nandTree.circuit(inputs: n)
    #expect((nand.size.nand, nand.size.gates, nand.size.depth) == (4 * xors, 4 * xors, 3 * levels))
    #expect(nand.hasNoNegatedWire)
    #expect((0..<nand.gateCount).allSatisfy { nand.wires(intoGate: $0).count == 2 })
    var threes = 0
    while (0..<threes).reduce(1, { reach, _ in reach * 3 }) < n { threes += 1 }
    let xor3 = try CircuitFamily.xor3Tree.circuit(inputs: n).size
    #expect(xor3.gates == UInt128(n % 2 == 1 ? 5 * (n - 1) / 2 : 5 * n / 2 - 2))
    #expect(xor3.depth == 2 * threes)
  }

  /// Kombarov's formula, whose values for n < 7 are the optima, and the levels of a balanced tree.
  @Test(arguments: 2...128)
  func `a circuit after Kombarov has floor((7n-4)-thirds) gates, negation free`(n: Int) throws {
    let circuit = try CircuitFamily.kombarov.circuit(inputs: n)
    let size = circuit.size
    #expect((size.gates, size.not, size.nand) == (UInt128((7 * n - 4) / 3), 0, 0))
    var blocks = 0
    while 3 * blocks < n { blocks += 1 }
    var levels = 0
    while 1 << levels < blocks { levels += 1 }
    #expect(size.depth == 2 + 2 * levels)
    #expect(try CircuitFamily.kombarov.size(inputs: n) == size)
  }

  @Test(arguments: [
    (2, 3), (3, 5), (4, 8), (5, 10), (6, 12), (7, 15), (8, 17), (9, 19), (128, 297),
  ])
  func `a circuit after Kombarov has the published numbers of gates`(n: Int, gates: Int) throws {
    #expect(try CircuitFamily.kombarov.size(inputs: n)?.gates == UInt128(gates))
  }

  /// In the other build too: 57 gates on 2^24 rows take seconds there.
  @Test(arguments: 3...24)
  func `every row of a circuit after Kombarov is the parity`(n: Int) throws {
    let circuit = try CircuitFamily.kombarov.circuit(inputs: n)
    #expect(try circuit.verify(ParityTask(bits: n)) == .verified(rows: 1 << UInt64(n)))
  }

  @Test(arguments: CircuitFamily.forTests)
  func `the size by formula is the size of the circuit that is built`(family: CircuitFamily) throws
  {
    for n in 1...inRelease(16, inDebug: 11) {
      #expect(try family.circuit(inputs: n).size == family.size(inputs: n), "n = \(n)")
    }
  }

  @Test(arguments: CircuitFamily.forTests)
  func `every row of every family is the parity`(family: CircuitFamily) throws {
    for n in 1...inRelease(20, inDebug: 12) {
      let circuit = try family.circuit(inputs: n)
      #expect(try circuit.verify(ParityTask(bits: n)) == .verified(rows: 1 << UInt64(n)), "\(n)")
    }
  }

  #if !DEBUG
    @Test(arguments: CircuitFamily.trees + [.blocks(depth: 3), .blocks(depth: 6)], 21...24)
    func `every row of a larger tree is the parity`(family: CircuitFamily, n: Int) throws {
      let circuit = try family.circuit(inputs: n)
      #expect(try circuit.verify(ParityTask(bits: n)) == .verified(rows: 1 << UInt64(n)))
    }

    @Test func `all 2^30 rows of the tree of 30 bits are the parity`() throws {
      let circuit = try CircuitFamily.xorTree.circuit(inputs: 30)
      #expect(try circuit.verify(ParityTask(bits: 30)) == .verified(rows: 1 << 30))
    }
  #endif

  @Test(arguments: CircuitFamily.forTests, Mutation.allCases)
  func `a wrong wire or sign is reported with the first failing row`(
    family: CircuitFamily, mutation: Mutation
  ) throws {
    var generator = SeededGenerator(seed: 5, stream: "faults")
    for n in [3, 6, 9] {
      let circuit = try family.circuit(inputs: n)
      let task = ParityTask(bits: n)
      var reported = 0
      for _ in 0..<6 {
        let gate = Int(generator.below(UInt64(circuit.gateCount)))
        let fanIn = circuit.wires(intoGate: gate).count
        let position = Int(generator.below(UInt64(fanIn)))
        let faulty = mutation.applied(to: circuit, gate: gate, position: position)
        let wrong = NaiveCircuit(faulty).wrongRows(task)
        // Some faults change no row: another gate gives what is lost.
        guard let first = wrong.first else {
          #expect(try faulty.verify(task) == .verified(rows: task.rowCount))
          continue
        }
        reported += 1
        #expect(
          try faulty.verify(task)
            == .fails(firstRow: first, wrong: wrong.count, rows: task.rowCount),
          "gate \(gate), wire \(position)")
      }
      #expect(reported > 0, "n = \(n)")
    }
  }

  @Test(arguments: inRelease([14, 17], inDebug: [13]))
  func `a wrong sign in one term is found in the block it belongs to`(n: Int) throws {
    let circuit = try CircuitFamily.dnf.circuit(inputs: n)
    let task = ParityTask(bits: n)
    // The terms stand in the order of their rows and begin with the highest input.
    for term in [0, 1, circuit.gateCount / 2, circuit.gateCount - 2] {
      let row = try #require(
        (0..<task.rowCount).lazy.filter { task.label(of: $0) == 1 }.dropFirst(term).first)
      let faulty = Mutation.sign.applied(to: circuit, gate: term, position: 0)
      // The term now holds on the row beside it, whose label is 0, and no longer on its own.
      let other = row ^ (1 << UInt64(n - 1))
      #expect(
        try faulty.verify(task)
          == .fails(firstRow: min(row, other), wrong: 2, rows: task.rowCount))
    }
  }
}

extension Circuit {
  fileprivate var hasNoNegatedWire: Bool {
    !output.isNegated
      && (0..<gateCount).allSatisfy { wires(intoGate: $0).allSatisfy { !$0.isNegated } }
  }
}
