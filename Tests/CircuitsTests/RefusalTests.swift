import Circuits
import Parity
import Testing

struct RefusalTests {
  @Test func `a two-level circuit of 40 bits is refused with the memory it would take`() throws {
    // 2^39 terms of 40 wires and the gate that joins them: 4 bytes a wire, 5 a gate.
    let terms = UInt128(1) << 39
    let bytes = 4 * 41 * terms + 5 * (terms + 1)
    let error = #expect(throws: CircuitError.self) { try CircuitFamily.dnf.circuit(inputs: 40) }
    #expect(
      error == .tooLarge(family: "dnf", inputs: 40, bytes: bytes, limit: 1 << 30))
    #expect(
      error?.description == "dnf n=40 would take 92 TB, the limit is 1073 MB; "
        + "count it without building, or take fewer inputs")
    #expect(try CircuitFamily.dnf.size(inputs: 40)?.gates == terms + 1)
  }

  @Test(arguments: [
    CircuitFamily.dnf, .cnf, .blocks(depth: 2), .blocks(depth: 3),
  ])
  func `a thousand bits are refused, whether the memory can be said or not`(
    family: CircuitFamily
  ) throws {
    let error = #expect(throws: CircuitError.self) {
      try family.circuit(inputs: 1000, limit: .max)
    }
    let text = try #require(error?.description)
    #expect(text.hasPrefix("\(family.name.rawValue) n=1000 would take "))
    #expect(text.contains(family == .blocks(depth: 3) ? " EB" : "more than 10^38 bytes"))
  }

  @Test func `a limit of the caller is kept to the byte`() throws {
    let bytes = try #require(try CircuitFamily.cnf.size(inputs: 10)?.bytes)
    #expect(try CircuitFamily.cnf.circuit(inputs: 10, limit: bytes).inputs == 10)
    #expect(
      throws: CircuitError.tooLarge(family: "cnf", inputs: 10, bytes: bytes, limit: bytes - 1)
    ) {
      try CircuitFamily.cnf.circuit(inputs: 10, limit: bytes - 1)
    }
  }

  @Test func `too many rows, too few inputs, too few levels and the wrong task are refused`() throws
  {
    let tree = try CircuitFamily.xorTree.circuit(inputs: 40)
    #expect(throws: CircuitError.tooManyRows(inputs: 40, limit: 36)) {
      try tree.verify(ParityTask(bits: 40))
    }
    #expect(throws: CircuitError.tooManyRows(inputs: 40, limit: 30)) { try tree.truthTable() }
    #expect(throws: CircuitError.differentInputs(circuit: 40, task: 41)) {
      try tree.verify(DataSet(ParityTask(bits: 41), rows: [1]))
    }
    #expect(throws: CircuitError.tooFewInputs(family: "xorTree", inputs: 0)) {
      try CircuitFamily.xorTree.circuit(inputs: 0)
    }
    #expect(throws: CircuitError.tooShallow(depth: 1)) {
      try CircuitFamily.blocks(depth: 1).size(inputs: 4)
    }
  }

  @Test func `a gate that reads itself stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var builder = CircuitBuilder(inputs: 2)
      builder.add(.and, [Wire(source: 2)])
    }
  }
}
