import Networks
import Parity
import Testing

struct ForwardTests {
  /// Sums of a dozen terms of size 1 and functions good to a few ulps, through five layers.
  private static let tolerance = 1e-13

  @Test(arguments: Shape.all, [UInt64(1), 2])
  func `every value of the stack is that of the naive pass`(shape: Shape, seed: UInt64) {
    let network = Network.random(shape.architecture, seed: seed)
    let examples = Examples.random(inputs: 3, rows: 9, seed: seed)
    let cache = network.forward(examples.inputs)
    let naive = NaiveNetwork(network)
    for column in 0..<examples.count {
      let (z, a) = naive.forward(examples.row(column))
      // The inputs have no pre-activation; their rows of Z stay 0.
      let expectedZ = [0, 0, 0] + Array(z.joined())
      let expectedA = Array(a.joined())
      #expect(cache.activations.height == expectedA.count)
      for entry in expectedA.indices {
        let errorZ = abs(cache.preactivations[entry, column] - expectedZ[entry])
        #expect(errorZ <= Self.tolerance * max(1, abs(expectedZ[entry])), "Z of entry \(entry)")
        let errorA = abs(cache.activations[entry, column] - expectedA[entry])
        #expect(errorA <= Self.tolerance * max(1, abs(expectedA[entry])), "A of entry \(entry)")
      }
      #expect(Array(cache.logits)[column] == cache.preactivations[expectedA.count - 1, column])
    }
  }

  @Test(arguments: 1...17)
  func `a row's values do not depend on the rows beside it`(rows: Int) {
    for connections in Connections.allCases {
      let architecture = Architecture(
        inputs: 4, hidden: [3, 2], connections: connections, activation: .elu)
      let network = Network.random(architecture, seed: 5)
      let examples = Examples.random(inputs: 4, rows: rows, seed: 6)
      let logits = Array(network.forward(examples.inputs).logits)
      #expect(logits.count == rows)
      for column in 0..<rows {
        var single = Matrix(height: 4, width: 1)
        single.elements = examples.row(column)
        #expect(network.forward(single).logits.first == logits[column], "row \(column)")
      }
    }
  }

  @Test func `a cache that is used again holds the values of the last network`() {
    let architecture = Architecture(inputs: 3, hidden: [4, 2], connections: .bridged)
    let examples = Examples.random(inputs: 3, rows: 11, seed: 1)
    var cache = ForwardCache(architecture, inputs: examples.inputs)
    for seed in UInt64(1)...3 {
      let network = Network.random(architecture, seed: seed)
      network.forward(into: &cache)
      let fresh = network.forward(examples.inputs)
      #expect(cache.preactivations == fresh.preactivations, "seed \(seed)")
      #expect(cache.activations == fresh.activations, "seed \(seed)")
    }
  }

  @Test(arguments: InputCoding.allCases)
  func `a matrix holds the coded inputs, a row of it an input`(coding: InputCoding) {
    let data = DataSet(ParityTask(bits: 3), rows: [0b101, 0b010, 0b000, 0b111, 0b101])
    let off: Double = coding == .zeroOne ? 0 : -1
    let matrix = Matrix(data, coding: coding)
    #expect((matrix.height, matrix.width) == (3, 5))
    #expect(
      matrix.elements == [
        1, off, off, 1, 1,
        off, 1, off, 1, off,
        1, off, off, 1, 1,
      ])
    #expect((matrix[1, 0], matrix[1, 1], matrix[2, 4]) == (off, 1, 1))
    let examples = Examples(data, coding: coding)
    #expect(examples.inputs == matrix)
    #expect(examples.labels == [0, 1, 0, 1, 0])
  }

  @Test func `inputs that do not fit are refused`() async {
    await #expect(processExitsWith: .failure) {
      let network = Network(Architecture(inputs: 2, hidden: []), parameters: [1, 1, 1])
      _ = network.forward(Matrix(height: 3, width: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = Examples(inputs: Matrix(height: 2, width: 3), labels: [0, 1])
    }
  }
}
