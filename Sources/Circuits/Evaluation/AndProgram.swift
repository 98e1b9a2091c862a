/// A circuit of AND gates and free negations, some of whose inputs may be fixed.
///
/// OR is the negated AND of the negated wires (De Morgan), NAND is a negated AND and NOT a negated
/// wire, so one kind of gate is left to evaluate. A literal is twice a source plus 1 when negated;
/// sources below ``firstGate`` are inputs, whose numbers stay when others are fixed.
struct AndProgram {
  /// The source of gate 0: below it are at most 63 inputs and one number for the labels.
  static let firstGate = 64

  static let alwaysFalse = UInt32.max - 1
  static let alwaysTrue = UInt32.max

  /// Where each gate's literals start, and the end of the last.
  private(set) var starts: [UInt32] = [0]
  private(set) var literals: [UInt32] = []
  private(set) var output = AndProgram.alwaysFalse

  var gateCount: Int { starts.count - 1 }

  /// A program without gates, to be filled by ``fix(input:to:into:renaming:)``.
  init() {}

  /// The whole circuit, no input fixed.
  init(_ circuit: Circuit) {
    starts.reserveCapacity(circuit.gateCount + 1)
    literals.reserveCapacity(circuit.wires.count)
    var renamed: [UInt32] = []
    renamed.reserveCapacity(circuit.gateCount)
    func literal(_ wire: Wire) -> UInt32 {
      let gate = wire.source - circuit.inputs
      return gate < 0 ? wire.code : renamed[gate] ^ (wire.code & 1)
    }
    for gate in 0..<circuit.gateCount {
      let kind = circuit.kinds[gate]
      let before: UInt32 = kind == .or ? 1 : 0
      let after: UInt32 = kind == .and ? 0 : 1
      let start = literals.count
      var isFalse = false
      for wire in circuit.wires(intoGate: gate) {
        isFalse = !append(literal(wire) ^ before) || isFalse
      }
      renamed.append(close(from: start, isFalse: isFalse) ^ after)
    }
    output = literal(circuit.output)
  }

  /// Writes this program with one input fixed into `child`, in the memory that `child` has.
  ///
  /// A false literal makes its gate false without a look at the others, a true one is left out, and
  /// a gate with one literal left is that literal. All rows that share the fixed inputs share this
  /// work: each fixed input halves the 2^(n−1) terms of a two-level circuit, so all steps together
  /// take n·2^(n−1) in place of 2^n·2^(n−1). `renamed` has room for one literal a gate.
  func fix(
    input: Int, to value: Bool, into child: inout AndProgram, renaming renamed: inout [UInt32]
  ) {
    child.starts.removeAll(keepingCapacity: true)
    child.literals.removeAll(keepingCapacity: true)
    child.starts.append(0)
    if renamed.count < gateCount {
      renamed = Array(repeating: 0, count: gateCount)
    }
    let fixed = UInt32(input) << 1
    let constant = value ? Self.alwaysTrue : Self.alwaysFalse
    let firstGate = UInt32(Self.firstGate) << 1
    for gate in 0..<gateCount {
      let start = child.literals.count
      var isFalse = false
      for index in Int(starts[gate])..<Int(starts[gate + 1]) {
        let literal = literals[index]
        let sign = literal & 1
        var new = literal
        if literal >= firstGate {
          new = renamed[Int(literal >> 1) - Self.firstGate] ^ sign
        } else if literal ^ sign == fixed {
          new = constant ^ sign
        }
        if !child.append(new) {
          isFalse = true
          break
        }
      }
      renamed[gate] = child.close(from: start, isFalse: isFalse)
    }
    let sign = output & 1
    if output >= Self.alwaysFalse || output >> 1 < Self.firstGate {
      child.output = output ^ sign == fixed ? constant ^ sign : output
    } else {
      child.output = renamed[Int(output >> 1) - Self.firstGate] ^ sign
    }
  }

  /// Adds a literal to the open gate; false when it makes the gate false.
  @inline(__always)
  private mutating func append(_ literal: UInt32) -> Bool {
    if literal < Self.alwaysFalse {
      literals.append(literal)
      return true
    }
    return literal == Self.alwaysTrue
  }

  /// Closes the open gate and gives the literal that stands for it.
  @inline(__always)
  private mutating func close(from start: Int, isFalse: Bool) -> UInt32 {
    var result: UInt32
    switch literals.count - start {
    case _ where isFalse: result = Self.alwaysFalse
    case 0: return Self.alwaysTrue
    case 1: result = literals[start]
    case 2 where literals[start] == literals[start + 1]: result = literals[start]
    case 2 where literals[start] == literals[start + 1] ^ 1: result = Self.alwaysFalse
    default:
      result = UInt32(Self.firstGate + gateCount) << 1
      starts.append(UInt32(literals.count))
      return result
    }
    literals.removeLast(literals.count - start)
    return result
  }
}
