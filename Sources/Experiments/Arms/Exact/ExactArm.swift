import Circuits
public import Networks

/// A family that needs no training: circuits or constructed networks, proven row by row.
public struct ExactArm: Sendable {
  /// The depths that can be asked for.
  static let depthRange = 1...64

  /// What is built.
  public let construction: Construction
  /// The depths to build, for the families that have one for each; nil for the others.
  public let depths: Sweep?
  /// The rows to check where there are too many to check all.
  public let sample: Int

  /// The families in an experiment file.
  public enum Construction: Hashable, Sendable {
    /// AND, OR and NOT gates; the depth of block circuits comes from the sweep.
    case circuit(CircuitName)
    /// A network with weights written down.
    case network(ConstructedNetwork.Family)
  }

  /// The words for the families of circuits.
  public enum CircuitName: String, CaseIterable, Sendable {
    /// An OR of 2^(n−1) terms.
    case dnf
    /// An AND of 2^(n−1) clauses.
    case cnf
    /// A tree of two-input XORs, negation free.
    case xorTree
    /// The same with a NOT gate for each negation.
    case xorTreeWithNot
    /// A tree of two-input XORs of NAND gates.
    case nandTree
    /// A tree of three-input XORs.
    case xor3Tree
    /// Blocks of blocks with at most a given depth.
    case blocks

    /// The family, given the depth where it has one.
    func family(depth: Int?) -> CircuitFamily {
      switch self {
      case .dnf: .dnf
      case .cnf: .cnf
      case .xorTree: .xorTree
      case .xorTreeWithNot: .xorTreeWithNot
      case .nandTree: .nandTree
      case .xor3Tree: .xor3Tree
      case .blocks: .blocks(depth: depth ?? 2)
      }
    }
  }
}

extension ExactArm.Construction {
  /// The word in files.
  var word: String {
    switch self {
    case .circuit(let name): name.rawValue
    case .network(let family): family.rawValue
    }
  }

  /// Whether the family has a circuit or network for each depth.
  var hasDepths: Bool { self == .circuit(.blocks) || self == .network(.bridged) }
}
