import Circuits
import Parity
import Testing

struct TwoLevelTests {
  #if DEBUG
    private static let essentialInputs = 2...10
  #else
    private static let essentialInputs = 2...20
  #endif

  @Test(arguments: essentialInputs)
  func `every term of the DNF is an isolated minterm, so none can be left out`(n: Int) throws {
    let circuit = try CircuitFamily.dnf.circuit(inputs: n)
    let task = ParityTask(bits: n)
    var rows: Set<UInt64> = []
    for gate in 0..<(circuit.gateCount - 1) {
      let wires = circuit.wires(intoGate: gate)
      // All n literals, so the term is on for one row alone…
      #expect(Set(wires.map(\.source)) == Set(0..<n) && wires.count == n)
      let row = wires.reduce(UInt64(0)) { $0 | ($1.isNegated ? 0 : 1 << UInt64($1.source)) }
      #expect(task.label(of: row) == 1)
      // …whose neighbours all have label 0: no literal can be dropped, no other term covers it.
      #expect((0..<n).allSatisfy { task.label(of: row ^ (1 << UInt64($0))) == 0 })
      rows.insert(row)
    }
    #expect(rows.count == 1 << (n - 1))
  }
}
