public import Circuits
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
    case circuit(CircuitFamily.Name)
    /// A network with weights written down.
    case network(ConstructedNetwork.Family)
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
