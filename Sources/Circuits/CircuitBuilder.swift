/// Puts a circuit together, gate after gate.
///
/// A gate reads inputs and gates added before it, so every finished circuit is in topological order.
/// A wire from a missing gate, or a gate without wires, is a mistake in the calling code and traps.
public struct CircuitBuilder {
  /// The number of inputs, n.
  public let inputs: Int

  private var kinds: [GateKind] = []
  private var starts: [UInt32] = [0]
  private var wires: [Wire] = []

  /// An empty circuit over `inputs` inputs.
  public init(inputs: Int) {
    precondition(inputs >= 1, "a circuit needs an input, got \(inputs)")
    self.inputs = inputs
  }

  /// Makes room for that many gates and wires, so that none is copied while the circuit grows.
  public mutating func reserve(gates: Int, wires count: Int) {
    kinds.reserveCapacity(gates)
    starts.reserveCapacity(gates + 1)
    wires.reserveCapacity(count)
  }

  /// The wire from input `index`, counted from 0.
  public func input(_ index: Int) -> Wire {
    precondition((0..<inputs).contains(index), "input \(index) of \(inputs)")
    return Wire(source: index)
  }

  /// Adds a gate and gives the wire from it; NOT takes one wire, the others one or more.
  @discardableResult
  public mutating func add(_ kind: GateKind, _ inputs: [Wire]) -> Wire {
    let source = self.inputs + kinds.count
    precondition(!inputs.isEmpty, "a gate needs a wire")
    precondition(kind != .not || inputs.count == 1, "NOT reads one wire, got \(inputs.count)")
    for wire in inputs {
      precondition(wire.source < source, "gate \(source) cannot read \(wire.source)")
      wires.append(wire)
    }
    kinds.append(kind)
    starts.append(UInt32(wires.count))
    return Wire(source: source)
  }

  /// The circuit whose value is read from `output`.
  public func finish(output: Wire) -> Circuit {
    precondition(output.source < inputs + kinds.count, "no gate gives \(output.source)")
    return Circuit(inputs: inputs, output: output, kinds: kinds, starts: starts, wires: wires)
  }
}
