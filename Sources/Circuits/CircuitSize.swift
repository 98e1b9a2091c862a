/// How large a circuit is.
///
/// - A *gate* is an AND, OR or NAND gate, the output gate included. ``gates`` of the two-level
///   circuit of n bits: 2^(n−1) terms and the gate that joins them.
/// - *Units* are the gates without the output gate, as the output unit of a network is not counted.
/// - NOT gates are counted apart, in ``not``: a family in which negation is free has none, because
///   there a wire is negated, and one in which negation costs has a NOT gate for each.
/// - *Wires* are the inputs of the gates; the wire into a NOT gate is not counted.
/// - *Depth* is the largest number of gates on a path from an input to the output. NOT adds nothing.
///   An input or its negation alone has depth 0, an AND of inputs depth 1, a two-level circuit
///   depth 2.
/// - For the circuits built of NAND alone, gates and depth count NAND gates.
///
/// The integers have 128 bits so that sizes far beyond what can be built are still exact.
public struct CircuitSize: Hashable, Sendable {
  /// AND gates.
  public var and: UInt128 = 0
  /// OR gates.
  public var or: UInt128 = 0
  /// NAND gates.
  public var nand: UInt128 = 0
  /// NOT gates, which are not among the ``gates``.
  public var not: UInt128 = 0
  /// Inputs of AND, OR and NAND gates; nil where their number does not fit 128 bits.
  public var wires: UInt128? = 0
  /// Levels of AND, OR and NAND gates.
  public var depth = 0

  /// The size of a circuit without gates.
  public init() {}

  /// AND, OR and NAND gates, the output gate included.
  public var gates: UInt128 { and + or + nand }

  /// The gates without the output gate.
  public var units: UInt128 { gates == 0 ? 0 : gates - 1 }

  /// The bytes that a circuit of this size takes, 4 a wire and 5 a gate; nil beyond 128 bits.
  public var bytes: UInt128? {
    guard let wires, wires < UInt128.max >> 4, gates + not < UInt128.max >> 4 else { return nil }
    return 4 * (wires + not) + 5 * (gates + not)
  }
}

extension Circuit {
  /// The size of this circuit, counted gate by gate.
  public var size: CircuitSize {
    var size = CircuitSize()
    var wireCount = 0
    var levels = [Int](repeating: 0, count: inputs + gateCount)
    for gate in 0..<gateCount {
      let wires = wires(intoGate: gate)
      let below = wires.reduce(0) { max($0, levels[$1.source]) }
      let isNot = kind(ofGate: gate) == .not
      levels[inputs + gate] = below + (isNot ? 0 : 1)
      switch kind(ofGate: gate) {
      case .and: size.and += 1
      case .or: size.or += 1
      case .nand: size.nand += 1
      case .not: size.not += 1
      }
      if !isNot { wireCount += wires.count }
    }
    size.wires = UInt128(wireCount)
    size.depth = levels[output.source]
    return size
  }
}
