/// The value a gate reads: an input or the output of an earlier gate, negated or not.
///
/// Inputs are numbered from 0, and the gates go on counting where the inputs end: in a circuit of n
/// inputs, gate g is source n + g. Negating a wire costs nothing; a family that counts negations has
/// ``GateKind/not`` gates instead.
public struct Wire: Hashable, Sendable {
  /// Twice the source, plus 1 when the wire is negated.
  let code: UInt32

  init(code: UInt32) { self.code = code }

  /// The wire from `source`, negated or not.
  public init(source: Int, isNegated: Bool = false) {
    code = UInt32(source) << 1 | (isNegated ? 1 : 0)
  }

  /// The input or gate the wire comes from.
  public var source: Int { Int(code >> 1) }

  /// Whether the gate reads the opposite of the source's value.
  public var isNegated: Bool { code & 1 == 1 }

  /// The same source, read the other way.
  public static prefix func ! (wire: Wire) -> Wire { Wire(code: wire.code ^ 1) }
}

/// What a gate computes from the wires it reads.
public enum GateKind: UInt8, CaseIterable, Sendable {
  /// 1 when every wire is 1.
  case and
  /// 1 when some wire is 1.
  case or
  /// The opposite of its only wire.
  case not
  /// 0 when every wire is 1.
  case nand
}

/// A circuit of AND, OR, NOT and NAND gates of any fan-in with one output: a plain value.
///
/// The gates stand in topological order, so a gate reads inputs and earlier gates only. A circuit is
/// made by a ``CircuitBuilder`` and stored flat, 4 bytes a wire and 5 a gate: the two-level circuit
/// of 20 bits has half a million gates of 20 wires each.
///
///     var builder = CircuitBuilder(inputs: 2)
///     let (a, b) = (builder.input(0), builder.input(1))
///     let onlyA = builder.add(.and, [a, !b])
///     let onlyB = builder.add(.and, [!a, b])
///     let xor = builder.finish(output: builder.add(.or, [onlyA, onlyB]))
///     try xor.verify(ParityTask(bits: 2))  // .verified(rows: 4)
public struct Circuit: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int

  /// The wire the circuit's value is read from.
  public let output: Wire

  let kinds: [GateKind]

  /// Where each gate's wires start in `wires`; one more entry marks the end of the last gate's.
  let starts: [UInt32]

  let wires: [Wire]

  init(inputs: Int, output: Wire, kinds: [GateKind], starts: [UInt32], wires: [Wire]) {
    self.inputs = inputs
    self.output = output
    self.kinds = kinds
    self.starts = starts
    self.wires = wires
  }

  /// The number of gates of every kind.
  public var gateCount: Int { kinds.count }

  /// What gate `gate`, counted from 0, computes.
  public func kind(ofGate gate: Int) -> GateKind { kinds[gate] }

  /// The wires that gate `gate`, counted from 0, reads.
  public func wires(intoGate gate: Int) -> ArraySlice<Wire> {
    wires[Int(starts[gate])..<Int(starts[gate + 1])]
  }

  /// The value of the circuit on one row (bit i is input i): the specification of evaluation.
  ///
  /// It evaluates gate after gate, wire after wire; ``verify(_:)`` and ``truthTable()`` are its fast
  /// twins. Inputs from 64 on are 0.
  public func value(on row: UInt64) -> Bool {
    var values = (0..<inputs).map { $0 < 64 && row >> UInt64($0) & 1 == 1 }
    values.reserveCapacity(inputs + gateCount)
    for gate in 0..<gateCount {
      let wires = wires(intoGate: gate)
      let value =
        switch kinds[gate] {
        case .and: wires.allSatisfy { values[$0.source] != $0.isNegated }
        case .or: wires.contains { values[$0.source] != $0.isNegated }
        case .not, .nand: !wires.allSatisfy { values[$0.source] != $0.isNegated }
        }
      values.append(value)
    }
    return values[output.source] != output.isNegated
  }
}
