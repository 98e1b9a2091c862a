import Circuits
import Parity

extension Circuit {
  /// Gates of every kind, of one wire to six, reading any earlier source either way.
  static func random(inputs: Int, gates: Int, using generator: inout SeededGenerator) -> Circuit {
    var builder = CircuitBuilder(inputs: inputs)
    func wire(_ bound: Int, _ generator: inout SeededGenerator) -> Wire {
      Wire(
        source: Int(generator.below(UInt64(bound))), isNegated: generator.below(2) == 1)
    }
    for gate in 0..<gates {
      let kind = GateKind.allCases[Int(generator.below(4))]
      let fanIn = kind == .not ? 1 : 1 + Int(generator.below(6))
      builder.add(kind, (0..<fanIn).map { _ in wire(inputs + gate, &generator) })
    }
    return builder.finish(output: wire(inputs + gates, &generator))
  }
}
