import Networks
import Parity
import Testing

/// Networks that see the number of ones alone: found by their weights, proven by n + 1 rows.
struct CountCheckTests {
  private static let families = ConstructedNetwork.Family.allCases.filter(\.seesCountAlone)

  #if DEBUG
    /// One layer of 1024 units takes too long without optimization.
    private static let large = 130
  #else
    private static let large = 1024
  #endif

  /// A network whose weights are drawn, but for those of the inputs, which are equal in each unit.
  private static func random(
    _ bits: Int, hidden: [Int], _ connections: Connections, seed: UInt64
  ) -> Network {
    var network = Network.random(
      Architecture(inputs: bits, hidden: hidden, connections: connections), seed: seed)
    for layer in network.architecture.layers where layer.inputs.lowerBound == 0 {
      for unit in 0..<layer.outputs.count {
        let weights = layer.weights(intoUnit: unit)
        for input in 1..<bits {
          network.parameters[weights.lowerBound + input] = network.parameters[weights.lowerBound]
        }
      }
    }
    return network
  }

  @Test(arguments: families, [1, 2, 3, 8, 63, 64, 100])
  func `every construction but the tree sees the count alone`(
    family: ConstructedNetwork.Family, bits: Int
  ) {
    let built = ConstructedNetwork(family, bits: bits)
    #expect(built.network.seesCountAlone(coding: built.coding))
    #expect(!built.network.seesCountAlone(coding: .plusMinusOne), "signs come in another order")
  }

  @Test(arguments: [3, 4, 8, 33])
  func `a tree of XORs sees more than the count`(bits: Int) {
    #expect(!ConstructedNetwork.xorTree(bits: bits).network.seesCountAlone(coding: .zeroOne))
  }

  /// The theorem behind the proof, on weights that are no round numbers.
  @Test(arguments: Connections.allCases, [[Int](), [3], [4, 2]])
  func `rows with as many ones have the same logit, bit for bit`(
    connections: Connections, hidden: [Int]
  ) {
    let bits = 9
    let network = Self.random(bits, hidden: hidden, connections, seed: 11)
    #expect(network.seesCountAlone(coding: .zeroOne))
    let task = ParityTask(bits: bits)
    let logits = Array(
      network.forward(Matrix(DataSet.truthTable(task), coding: .zeroOne)).logits)
    for (row, logit) in logits.enumerated() {
      let first = logits[(1 << row.nonzeroBitCount) - 1]
      #expect(logit.bitPattern == first.bitPattern, "row \(row)")
    }
    let (all, counts) = (
      network.check(task, coding: .zeroOne, rows: 0..<task.rowCount),
      network.checkCounts(coding: .zeroOne)
    )
    #expect(counts.rows == bits + 1)
    #expect(counts.margin == all.margin)
    let wrong = (0...bits).filter { (logits[(1 << $0) - 1] > 0) != ($0 & 1 == 1) }
    #expect(counts.solvedRows == bits + 1 - wrong.count)
    #expect(counts.firstWrongRow == wrong.first.map { UInt64($0) })
  }

  @Test(arguments: families)
  func `one weight of an input that differs in its last bit is found`(
    family: ConstructedNetwork.Family
  ) {
    let bits = 7
    let network = ConstructedNetwork(family, bits: bits).network
    for layer in network.architecture.layers where layer.inputs.lowerBound == 0 {
      for unit in 0..<layer.outputs.count {
        for input in 0..<bits {
          var changed = network
          let place = layer.weights(intoUnit: unit).lowerBound + input
          changed.parameters[place] = changed.parameters[place].nextUp
          #expect(!changed.seesCountAlone(coding: .zeroOne), "unit \(unit), input \(input)")
        }
      }
    }
  }

  /// Whatever is wrong with a network that sees the count alone, some count shows it.
  @Test(arguments: families, [6, 40])
  func `a wrong bias is found at the count that it spoils`(
    family: ConstructedNetwork.Family, bits: Int
  ) {
    let network = ConstructedNetwork(family, bits: bits).network
    var spoilt = 0
    for layer in network.architecture.layers {
      for place in layer.biases {
        var changed = network
        // Two counts further on: a unit then fires for other counts than it should.
        changed.parameters[place] -= 2 * changed.parameters[layer.weights.lowerBound].magnitude
        #expect(changed.seesCountAlone(coding: .zeroOne))
        let naive = NaiveNetwork(changed)
        let wrong = (0...bits).first { count in
          let row = (0..<bits).map { $0 < count ? 1.0 : 0 }
          let logit = naive.forward(row).z.last?.first ?? .nan
          return count & 1 == 1 ? !(logit > 0) : !(logit < 0)
        }
        let found = changed.checkCounts(coding: .zeroOne)
        #expect(found.firstWrongRow == wrong.map { UInt64($0) })
        if wrong != nil { spoilt += 1 }
      }
    }
    #expect(spoilt > 0)
  }

  @Test(arguments: families)
  func `every construction is proven up to 1024 bits`(family: ConstructedNetwork.Family) {
    let isWide = family.architecture(bits: 1024).units > 100
    let bits = isWide ? Self.large : 1024
    let built = ConstructedNetwork(family, bits: bits)
    #expect(built.network.seesCountAlone(coding: built.coding))
    let found = built.network.checkCounts(coding: built.coding)
    #expect((found.rows, found.solvedRows, found.firstWrongRow) == (bits + 1, bits + 1, nil))
    if family == .sigmoids {
      #expect(found.margin > 0.46 && found.margin < 0.5)
    } else {
      #expect(found.margin == 0.5)
    }
  }

  @Test func `the margin of all counts is smaller than that of a sample`() {
    let built = ConstructedNetwork.sigmoids(bits: 32)
    let naive = NaiveNetwork(built.network)
    let margins = (0...32).map { count in
      naive.forward((0..<32).map { $0 < count ? 1.0 : 0 }).z.last?.first?.magnitude ?? 0
    }
    let found = built.network.checkCounts(coding: built.coding).margin
    #expect(abs(found - (margins.min() ?? 0)) < 1e-9)
    // 100 000 rows of 2^32 hold no row with few ones or with many: their smallest is larger.
    var generator = SeededGenerator(seed: 1, stream: "sample n=32")
    let sample = DataSet.sample(ParityTask(bits: 32), count: 2000, using: &generator)
    let sampled = built.network.check(sample.task, coding: built.coding, rows: sample.rows)
    #expect(found < sampled.margin)
  }
}
