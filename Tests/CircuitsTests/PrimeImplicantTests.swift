import Circuits
import Parity
import Testing

/// The definition: every product of literals tried, on every row, against every shorter product.
private func primesByDefinition(_ table: TruthTable) -> Set<Implicant> {
  let everything = (1 << table.inputs) - 1
  var implicants: Set<Implicant> = []
  for fixed in 0...everything {
    for values in 0...everything where values & ~fixed == 0 {
      let product = Implicant(fixed: fixed, values: values)
      let isImplicant = (0...everything).allSatisfy { !product.covers($0) || table[$0] }
      if isImplicant { implicants.insert(product) }
    }
  }
  return implicants.filter { product in
    !(0..<table.inputs).contains { input in
      let shorter = product.fixed & ~(1 << input)
      return shorter != product.fixed
        && implicants.contains(Implicant(fixed: shorter, values: product.values & shorter))
    }
  }
}

struct PrimeImplicantTests {
  @Test(arguments: 1...inRelease(14, inDebug: 12))
  func `parity has 2^(n-1) prime implicants, each of n literals and each essential`(
    n: Int
  ) throws {
    let task = ParityTask(bits: n)
    let minterms = (0..<(1 << n)).filter { task.label(of: UInt64($0)) == 1 }
    let found = PrimeImplicants(of: TruthTable(inputs: n, minterms: minterms))
    let everything = (1 << n) - 1
    let expected = Set(minterms.map { Implicant(fixed: everything, values: $0) })
    #expect(found.all.count == 1 << (n - 1))
    #expect(Set(found.all) == expected)
    #expect(Set(found.essential) == expected)
    #expect(found.all.allSatisfy { $0.literals == n })
    if n <= 12 {
      let table = try CircuitFamily.dnf.circuit(inputs: n).truthTable()
      #expect(table == TruthTable(inputs: n, minterms: minterms))
    }
  }

  @Test func `minterms 4, 8, 10, 11, 12, 15 with 9 and 14 free have the primes of the textbook`() {
    // Inputs from the highest: A, B, C, D. Source: the standard example of the method.
    let found = PrimeImplicants(
      of: TruthTable(inputs: 4, minterms: [4, 8, 10, 11, 12, 15]), dontCare: [9, 14])
    let notD = Implicant(fixed: 0b1001, values: 0b1000)
    let notB = Implicant(fixed: 0b1100, values: 0b1000)
    let aAndC = Implicant(fixed: 0b1010, values: 0b1010)
    let four = Implicant(fixed: 0b0111, values: 0b0100)
    #expect(Set(found.all) == [notD, notB, aAndC, four])
    #expect(Set(found.essential) == [aAndC, four])
  }

  @Test func `majority of three has three primes of two literals`() {
    let found = PrimeImplicants(of: TruthTable(inputs: 3, minterms: [3, 5, 6, 7]))
    let expected: Set = [0b011, 0b101, 0b110].map { Implicant(fixed: $0, values: $0) }.reduce(
      into: Set<Implicant>()
    ) { $0.insert($1) }
    #expect(Set(found.all) == expected)
    #expect(Set(found.essential) == expected)
  }

  @Test func `a cycle of primes has none that is essential`() {
    // Six rows around the cube, without 0 and 7: every row is covered by two primes.
    let found = PrimeImplicants(of: TruthTable(inputs: 3, minterms: 1...6))
    #expect(found.all.count == 6)
    #expect(found.essential.isEmpty)
  }

  @Test func `a constant function has the empty product or none`() {
    let one = PrimeImplicants(of: TruthTable(inputs: 5, minterms: 0..<32))
    #expect(one.all == [Implicant(fixed: 0, values: 0)])
    #expect(one.essential == one.all)
    #expect(PrimeImplicants(of: TruthTable(inputs: 5, minterms: [])).all.isEmpty)
  }

  @Test(arguments: 1...5)
  func `random functions have the primes of the definition`(n: Int) {
    var generator = SeededGenerator(seed: UInt64(n), stream: "functions")
    for _ in 0..<8 {
      let rows = (0..<(1 << n)).filter { _ in generator.below(3) > 0 }
      let table = TruthTable(inputs: n, minterms: rows)
      let found = PrimeImplicants(of: table)
      #expect(Set(found.all) == primesByDefinition(table))
      let essential = found.all.filter { prime in
        rows.contains { row in
          prime.covers(row) && found.all.filter { $0.covers(row) }.count == 1
        }
      }
      #expect(found.essential == essential)
    }
  }
}
