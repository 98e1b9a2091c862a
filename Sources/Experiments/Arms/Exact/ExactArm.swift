import Circuits
import Networks
import Tables

/// A family that needs no training: circuits or constructed networks, checked row by row.
struct ExactArm: ArmSettings {
  /// The depths that can be asked for.
  static let depthRange = 1...64
  /// The rows on which too large a truth table is sampled, unless the arm says otherwise.
  static let sampleRows = 100_000

  /// What is built.
  let construction: Construction
  /// The depths to build, for the families that have one for each; nil for the others.
  let depths: Sweep?
  /// The rows to check where there are too many to check all.
  let sample: Int

  /// The families in an experiment file.
  enum Construction: Hashable, Sendable {
    /// AND, OR and NOT gates; the depth of block circuits comes from the sweep.
    case circuit(CircuitFamily.Name)
    /// A network with weights written down.
    case network(ConstructedNetwork.Family)
  }

  /// The sizes of circuits fit 128 bits up to n = 128; networks are proven by their counts beyond.
  var possibleBits: ClosedRange<Int> {
    switch construction {
    case .circuit: 1...128
    case .network: Record.bitsRange
    }
  }
}

extension ExactArm {
  static let kinds = ["circuit", "constructed"]

  static func keys(of kind: String) -> [FileKey] {
    let families =
      kind == "circuit"
      ? CircuitFamily.Name.allCases.map(\.rawValue)
      : ConstructedNetwork.Family.allCases.map(\.rawValue)
    return [
      FileKey("family", families.map { "`\($0)`" }.joined(separator: ", ") + "."),
      FileKey("depths", "For `\(kind == "circuit" ? "blocks" : "bridged")`: the depths, a sweep."),
      FileKey("sample", "The rows to check where there are too many; \(sampleRows) by default."),
    ]
  }

  init(_ kind: String, _ object: ObjectNode) throws(InputError) {
    let family = try object.required("family")
    construction =
      kind == "circuit"
      ? .circuit(try family.word(CircuitFamily.Name.self))
      : .network(try family.word(ConstructedNetwork.Family.self))
    depths = try object["depths"]?.sweep()
    let hasDepths = construction == .circuit(.blocks) || construction == .network(.bridged)
    if depths != nil, !hasDepths, let node = object["depths"] {
      throw node.unexpected("no depths: there is one \(try family.string()) for each n")
    }
    if depths == nil, construction == .circuit(.blocks) { _ = try object.required("depths") }
    sample = try object["sample"]?.whole(in: 1...100_000_000) ?? Self.sampleRows
  }
}
