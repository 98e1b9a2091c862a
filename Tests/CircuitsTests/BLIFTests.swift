import Circuits
import Parity
import TestSupport
import Testing

/// A circuit in the Berkeley Logic Interchange Format, read by its definition and nothing of ours.
private struct ReadBLIF {
  private(set) var inputs: [String] = []
  private(set) var outputs: [String] = []
  /// The wires into each table, the one out of it, and its lines.
  private(set) var tables: [(wires: [String], name: String, lines: [String])] = []

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case ".model", ".end": break
      case ".inputs": inputs = Array(words.dropFirst())
      case ".outputs": outputs = Array(words.dropFirst())
      case ".names":
        tables.append((Array(words[1..<(words.count - 1)]), words[words.count - 1], []))
      default: tables[tables.count - 1].lines.append(String(line))
      }
    }
  }

  /// The value of the output; a table is 1 where one of its lines fits.
  func value(on row: UInt64) -> Bool? {
    var values: [String: Bool] = [:]
    for (place, input) in inputs.enumerated() { values[input] = row >> UInt64(place) & 1 == 1 }
    for table in tables {
      let found = table.wires.map { values[$0] }
      values[table.name] = table.lines.contains { line in
        zip(line, found).allSatisfy { $0 == "-" || ($0 == "1") == $1 }
      }
    }
    return values[outputs[0]]
  }
}

struct BLIFTests {
  @Test(arguments: CircuitFamily.forTests, 1...6)
  func `a circuit that is written and read by its definition is the same function`(
    family: CircuitFamily, n: Int
  ) throws {
    let circuit = try family.circuit(inputs: n)
    let read = ReadBLIF(circuit.blif(model: "parity"))
    #expect(read.inputs == (0..<n).map { "x\($0)" })
    #expect(read.outputs == ["parity"])
    #expect(read.tables.count == max(1, circuit.gateCount), "a table for each gate and no other")
    for row in UInt64(0)..<(1 << UInt64(n)) {
      #expect(read.value(on: row) == (row.nonzeroBitCount & 1 == 1), "row \(row)")
    }
  }

  @Test(arguments: 1...40)
  func `random circuits with negated outputs are written right and lose the negation`(seed: Int)
    throws
  {
    var generator = SeededGenerator(seed: UInt64(seed), stream: "blif")
    let circuit = Circuit.random(inputs: 4, gates: 9, using: &generator)
    let plain = circuit.withPlainOutput
    #expect(plain.gateCount == circuit.gateCount)
    let gate = circuit.output.source - circuit.inputs
    if gate >= 0, circuit.kind(ofGate: gate) != .not { #expect(!plain.output.isNegated) }
    let (first, second) = (ReadBLIF(circuit.blif(model: "a")), ReadBLIF(plain.blif(model: "b")))
    for row in UInt64(0)..<16 {
      let value = NaiveCircuit(circuit).value(on: row)
      #expect(first.value(on: row) == value && second.value(on: row) == value, "row \(row)")
      #expect(plain.value(on: row) == value, "row \(row)")
    }
  }

  @Test func `the text of a small circuit`() throws {
    let text = try CircuitFamily.xorTree.circuit(inputs: 2).blif(model: "parity2")
    #expect(
      text == """
        .model parity2
        .inputs x0 x1
        .outputs parity
        .names x0 x1 g0
        10 1
        .names x0 x1 g1
        01 1
        .names g0 g1 parity
        1- 1
        -1 1
        .end

        """)
  }
}
