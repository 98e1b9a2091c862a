package import Circuits
package import Networks
import Parity

/// A circuit or constructed network at one n: its size is known, whether it is right is checked.
package struct ExactTrial: Trial {
  package let arm: String
  package let bits: Int
  /// What is checked.
  package let subject: Subject
  /// Which rows it is checked on.
  package let check: Check

  /// What can be checked.
  package enum Subject: Sendable {
    /// A circuit and its size, which is nil beyond 128 bits.
    case circuit(CircuitFamily, CircuitSize?)
    /// A network's family and its shape.
    case network(ConstructedNetwork.Family, Architecture)
  }

  /// How far the check goes.
  package enum Check: Hashable, Sendable {
    /// Every row of the truth table.
    case all
    /// One row for each count of ones, which proves a network that sees the count alone on all rows.
    case counts
    /// So many rows drawn with a seed.
    case sample(rows: Int, seed: Int)
    /// None: it is too large to build, or its rows do not fit 64 bits.
    case none
  }

  package var key: String {
    var parts = [arm, "n=\(bits)"]
    switch subject {
    case .circuit(.blocks(let depth), _): parts.append("depth=\(depth)")
    case .circuit: break
    case .network(.bridged, let shape): parts.append("widths=\(shape.widths)")
    case .network: break
    }
    return parts.joined(separator: "/")
  }

  /// What it takes to draw a sample, to build, and to check every row.
  ///
  /// A circuit's program is simplified for each of the inputs beyond twelve; few of the wires of a
  /// wide circuit are left then.
  package func seconds(epochs: Double) -> Double {
    guard let rows = rows.map(Double.init) else { return 1e-6 }
    let isWhole = check == .all
    let drawing = isWhole || check == .counts ? 0 : 200e-9 * rows
    switch subject {
    case .network(_, let shape):
      return drawing + shape.secondsOfCheck(rows: rows)
    case .circuit(_, let size):
      let wires = Double(size?.wires ?? 0)
      let building = wires * (26 + 5 * Double(isWhole ? max(0, bits - 12) : 0))
      let proof = provesMinimum ? 1000 * rows : 0
      let checking = 0.003 * rows * (isWhole ? min(wires, 600) : wires)
      return drawing + 1e-9 * (5000 + building + proof + checking)
    }
  }

  /// The bytes of the circuit and its check, or of a chunk of rows, and of the sampled rows.
  package var memory: Int {
    let sampled =
      switch check {
      case .sample(let rows, _): 100 * rows
      case .all, .counts, .none: 0
      }
    guard check != .none else { return 0 }
    return switch subject {
    // The circuit, the program made of it, and what is left of that on a block of rows.
    case .circuit(_, let size): sampled + 4 * Int(clamping: size?.bytes ?? 0)
    case .network(_, let shape):
      sampled + 10_000 * (shape.units + shape.inputs) + 32 * shape.parameters
    }
  }

  package var work: TrialWork { TrialWork(count: rows ?? 1, unit: .rows) }

  /// The rows that are checked; nil where none is.
  var rows: Int? {
    switch check {
    case .all: 1 << bits
    case .counts: bits + 1
    case .sample(let rows, _): rows
    case .none: nil
    }
  }

  package var settings: String {
    let what =
      switch subject {
      case .circuit(let family, _): family.name.rawValue
      case .network(let family, let shape): "\(family.rawValue) \(shape.widths)"
      }
    let how =
      switch check {
      case .all: "all"
      case .counts: "counts"
      case .sample(let rows, let seed): "sample=\(rows) seed=\(seed)"
      case .none: "counted"
      }
    return "\(what) \(how) check 1"
  }
}

extension ExactTrial {
  /// All rows are checked up to here, whatever the family.
  private static let enumerableBits = 20
  /// And up to here where the circuit or network is small.
  private static let enumerableBitsIfSmall = 24
  private static let smallGates: UInt128 = 10_000
  /// The largest circuit that is built, in bytes.
  private static let buildLimit: UInt128 = 1 << 26

  /// How far the check of a circuit goes.
  static func check(_ size: CircuitSize?, bits: Int, sample: Int, seed: Int) -> Check {
    guard let size, let bytes = size.bytes, bytes <= buildLimit else { return .none }
    return check(isSmall: size.gates <= smallGates, bits: bits, sample: sample, seed: seed)
  }

  /// How far the check of a network goes.
  ///
  /// Where its rows are too many, one that sees the count of ones alone is proven by its counts. Whether
  /// it does is read off its weights when it is built.
  static func check(
    _ family: ConstructedNetwork.Family, bits: Int, sample: Int, seed: Int
  ) -> Check {
    let check = check(isSmall: true, bits: bits, sample: sample, seed: seed)
    return check != .all && family.seesCountAlone ? .counts : check
  }

  private static func check(isSmall: Bool, bits: Int, sample: Int, seed: Int) -> Check {
    // A sample of every row is the table.
    let isCovered = bits < 63 && sample >= 1 << bits
    if isCovered || bits <= (isSmall ? enumerableBitsIfSmall : enumerableBits) { return .all }
    return bits <= 63 ? .sample(rows: sample, seed: seed) : .none
  }
}
