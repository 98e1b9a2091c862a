import Circuits
import Networks
import Tables

extension ExactArm {
  /// Every trial at n = `bits`, one a depth where the family has depths.
  ///
  /// A depth that saves nothing over the depth before is left out: its circuit or network would be
  /// the same.
  func trials(
    of arm: String, atBits bits: Int, _ conditions: Conditions, atMost room: Int
  ) throws(ArmError) -> [any Trial]? {
    let seed = conditions.seeds.first ?? 1
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
          check: ExactTrial.check(family, bits: bits, sample: sample, seed: seed))
      }
    }
  }

  private func circuits(
    _ name: CircuitFamily.Name, _ bits: Int
  ) throws(ArmError) -> [(CircuitFamily, CircuitSize?)] {
    guard let depths = try depths?.values("depths", bits, Self.depthRange) else {
      let family = CircuitFamily(name, depth: 2)
      return [(family, try size(of: family, bits))]
    }
    // The first depth is what an error speaks of; one table of counts serves them all.
    _ = try size(of: CircuitFamily(name, depth: depths.first ?? 2), bits)
    let counts = BlockCounts(maximumInputs: bits, maximumDepth: depths.last ?? 2)
    var found: [(CircuitFamily, CircuitSize?)] = []
    var fewest: UInt128?
    for var depth in depths {
      let gates = counts.gates(inputs: bits, depth: depth)
      while depth > 2, counts.gates(inputs: bits, depth: depth - 1) == gates { depth -= 1 }
      if found.isEmpty || gates != fewest {
        found.append((CircuitFamily(name, depth: depth), counts.size(inputs: bits, depth: depth)))
      }
      fewest = gates
    }
    return found
  }

  private func size(of family: CircuitFamily, _ bits: Int) throws(ArmError) -> CircuitSize? {
    do {
      return try family.size(inputs: bits)
    } catch {
      throw ArmError(key: "depths", problem: .impossible(error.description))
    }
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
