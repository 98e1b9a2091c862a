import Circuits

/// A circuit with one fault.
enum Mutation: CaseIterable {
  /// One wire is read the other way.
  case sign
  /// One wire comes from another input or gate.
  case wire

  /// `circuit` with the fault at wire `position` of gate `gate`.
  func applied(to circuit: Circuit, gate: Int, position: Int) -> Circuit {
    circuit.rewritten { index, kind, wires in
      guard index == gate else { return (kind, wires) }
      var wires = wires
      let old = wires[position]
      switch self {
      case .sign: wires[position] = !old
      case .wire:
        let source = old.source == 0 ? 1 : old.source - 1
        wires[position] = Wire(source: source, isNegated: old.isNegated)
      }
      return (kind, wires)
    }
  }
}

extension Circuit {
  /// The circuit with every gate replaced by what `change` makes of it.
  func rewritten(
    _ change: (Int, GateKind, [Wire]) -> (GateKind, [Wire])
  ) -> Circuit {
    var builder = CircuitBuilder(inputs: inputs)
    for gate in 0..<gateCount {
      let (kind, wires) = change(gate, kind(ofGate: gate), Array(wires(intoGate: gate)))
      builder.add(kind, wires)
    }
    return builder.finish(output: output)
  }
}
