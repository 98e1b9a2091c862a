import Networks
import Parity
import Testing

struct ConstructedMinimalityTests {
  /// Networks of every family, and bridged ones of several shapes beside those of one hidden layer.
  struct Built: CustomTestStringConvertible {
    let constructed: ConstructedNetwork

    var shape: Architecture { constructed.network.architecture }
    var task: ParityTask { ParityTask(bits: shape.inputs) }
    var testDescription: String {
      "\(constructed.family.rawValue) n=\(shape.inputs) widths \(shape.hidden)"
    }

    func check(_ network: Network) -> RowCheck {
      network.check(task, coding: constructed.coding, rows: 0..<task.rowCount)
    }

    static func all(bits: ClosedRange<Int>) -> [Built] {
      let layered = bits.flatMap { bits in
        (2...4).compactMap { depth in
          BridgedLaw.fewestWidths(bits: bits, depth: depth).map {
            Built(constructed: .bridged(bits: bits, widths: $0))
          }
        }
      }
      return Construction.all(bits: bits).map { Built(constructed: $0.constructed) } + layered
    }
  }

  @Test(arguments: Built.all(bits: 1...8))
  func `removing any one hidden unit breaks it`(built: Built) {
    let shape = built.shape
    for entry in shape.inputs..<(shape.inputs + shape.units) {
      var network = built.constructed.network
      for layer in shape.layers where layer.inputs.contains(entry) {
        for unit in layer.outputs.indices.map({ $0 - layer.outputs.lowerBound }) {
          let weights = layer.weights(intoUnit: unit)
          network.parameters[weights.lowerBound + entry - layer.inputs.lowerBound] = 0
        }
      }
      #expect(built.check(network).firstWrongRow != nil, "unit \(entry - shape.inputs)")
    }
  }

  /// The first row on which the nested-array model is not on the label's side.
  private func firstWrongRow(_ network: Network, _ built: Built) -> UInt64? {
    let naive = NaiveNetwork(network)
    return (0..<built.task.rowCount).first { row in
      let bits = (0..<built.shape.inputs).map { (row >> UInt64($0)) & 1 }
      let logit = naive.forward(bits.map { Double($0) }).z.last?.first ?? 0
      return bits.reduce(0, +) % 2 == 1 ? !(logit > 0) : !(logit < 0)
    }
  }

  /// Seven bits, the most that the bridged shapes of two or three units solve.
  ///
  /// Below the most, a weight may be for a case that no row reaches, and its sign does not matter.
  @Test(arguments: Built.all(bits: 7...7))
  func `a wrong sign is reported with the first row it spoils`(built: Built) {
    #expect(firstWrongRow(built.constructed.network, built) == nil)
    var harmless: [Int] = []
    for index in built.constructed.network.parameters.indices {
      var network = built.constructed.network
      guard network.parameters[index] != 0 else { continue }
      network.parameters[index].negate()
      let found = built.check(network)
      #expect(found.firstWrongRow == firstWrongRow(network, built), "parameter \(index)")
      #expect((found.firstWrongRow == nil) == (found.solvedRows == found.rows))
      if found.firstWrongRow == nil { harmless.append(index) }
    }
    #expect(harmless == [])
  }
}
