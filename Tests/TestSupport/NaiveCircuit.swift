package import Circuits
package import Parity

/// A circuit evaluated as a reader would on paper: from the output down, one gate at a time.
package struct NaiveCircuit {
  private let circuit: Circuit

  package init(_ circuit: Circuit) { self.circuit = circuit }

  package func value(on row: UInt64) -> Bool {
    var known = [Bool?](repeating: nil, count: circuit.gateCount)
    return value(of: circuit.output, row, &known)
  }

  /// The lowest row and the number of rows that disagree with the XOR of the relevant bits.
  package func wrongRows(_ task: ParityTask) -> (first: UInt64?, count: UInt64) {
    var first: UInt64?
    var count: UInt64 = 0
    for row in 0..<task.rowCount {
      var label = false
      for input in 0..<task.bits where task.relevant & row & (1 << UInt64(input)) != 0 {
        label.toggle()
      }
      if value(on: row) != label {
        count += 1
        first = first ?? row
      }
    }
    return (first, count)
  }

  private func value(of wire: Wire, _ row: UInt64, _ known: inout [Bool?]) -> Bool {
    let plain: Bool
    if wire.source < circuit.inputs {
      plain = (row / (1 << UInt64(wire.source))) % 2 == 1
    } else if let value = known[wire.source - circuit.inputs] {
      plain = value
    } else {
      let gate = wire.source - circuit.inputs
      var ones = 0
      let wires = circuit.wires(intoGate: gate)
      for wire in wires where value(of: wire, row, &known) { ones += 1 }
      switch circuit.kind(ofGate: gate) {
      case .and: plain = ones == wires.count
      case .or: plain = ones > 0
      case .not: plain = ones == 0
      case .nand: plain = ones < wires.count
      }
      known[gate] = plain
    }
    return wire.isNegated ? !plain : plain
  }
}
