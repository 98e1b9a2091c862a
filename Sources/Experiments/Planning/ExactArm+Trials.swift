import Circuits
import Networks

extension ExactArm {
  /// Every trial at n = `bits`, one a depth where the family has depths.
  ///
  /// A depth that saves nothing over the depth before is left out: its circuit or network would be
  /// the same.
  func trials(
    of arm: String, atBits bits: Int, _ experiment: Experiment
  ) throws(ArmError) -> [ExactTrial] {
    let seed = experiment.seeds.first ?? 1
    switch construction {
    case .circuit(let name):
      let sizes = try circuits(name, bits)
      return sizes.map { family, size in
        ExactTrial(
          arm: arm, bits: bits, subject: .circuit(family, size),
          check: ExactTrial.check(size, bits: bits, sample: sample, seed: seed))
      }
    case .network(let family):
      return try shapes(family, bits).map { shape in
        ExactTrial(
          arm: arm, bits: bits, subject: .network(family, shape),
          check: ExactTrial.check(bits: bits, sample: sample, seed: seed))
      }
    }
  }

  private func circuits(
    _ name: CircuitName, _ bits: Int
  ) throws(ArmError) -> [(CircuitFamily, CircuitSize?)] {
    var found: [(family: CircuitFamily, size: CircuitSize?)] = []
    for depth in try depths?.values("depths", bits, Self.depthRange) ?? [2] {
      let family = name.family(depth: depth)
      let size: CircuitSize?
      do {
        size = try family.size(inputs: bits)
      } catch {
        throw ArmError(key: "depths", problem: .impossible(error.description))
      }
      if let last = found.last, last.size?.gates == size?.gates { continue }
      found.append((family, size))
    }
    return found
  }

  private func shapes(
    _ family: ConstructedNetwork.Family, _ bits: Int
  ) throws(ArmError) -> [Architecture] {
    guard let depths else { return [family.architecture(bits: bits)] }
    return try depths.values("depths", bits, Self.depthRange).compactMap { depth in
      BridgedLaw.fewestWidths(bits: bits, depth: depth).map { widths in
        Architecture(
          inputs: bits, hidden: widths, connections: family.connections,
          activation: family.activation)
      }
    }
  }
}
