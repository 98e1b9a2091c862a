import Networks
import Testing

struct ArchitectureTests {
  /// Shapes whose parameters were counted by hand, a bracket a layer: (inputs seen + 1)·width.
  struct Counted: CustomTestStringConvertible {
    let inputs: Int
    let hidden: [Int]
    let connections: Connections
    let parameters: Int

    var testDescription: String { "\(inputs) \(hidden) \(connections)" }

    static let all = [
      // (8+1)
      Counted(inputs: 8, hidden: [], connections: .sequential, parameters: 9),
      Counted(inputs: 8, hidden: [], connections: .bridged, parameters: 9),
      // (2+1)·2 + (2+1)
      Counted(inputs: 2, hidden: [2], connections: .sequential, parameters: 9),
      // (8+1)·16 + (16+1), and + (24+1) when the output sees the inputs too
      Counted(inputs: 8, hidden: [16], connections: .sequential, parameters: 161),
      Counted(inputs: 8, hidden: [16], connections: .bridged, parameters: 169),
      // (8+1)·4 + (4+1)·4 + (4+1)
      Counted(inputs: 8, hidden: [4, 4], connections: .sequential, parameters: 61),
      // (8+1)·4 + (12+1)·4 + (16+1)
      Counted(inputs: 8, hidden: [4, 4], connections: .bridged, parameters: 105),
      // (3+1)·2 + (2+1)·3 + (3+1)·1 + (1+1)
      Counted(inputs: 3, hidden: [2, 3, 1], connections: .sequential, parameters: 23),
      // (3+1)·2 + (5+1)·3 + (8+1)·1 + (9+1)
      Counted(inputs: 3, hidden: [2, 3, 1], connections: .bridged, parameters: 45),
      // The cascade of seven inputs: (7+1) + (8+1) + (9+1)
      Counted(inputs: 7, hidden: [1, 1], connections: .bridged, parameters: 27),
      // (1+1)·1 + (1+1)
      Counted(inputs: 1, hidden: [1], connections: .sequential, parameters: 4),
    ]
  }

  @Test(arguments: Counted.all)
  func `parameters, units and depth are what was counted by hand`(counted: Counted) {
    let architecture = Architecture(
      inputs: counted.inputs, hidden: counted.hidden, connections: counted.connections)
    #expect(architecture.parameters == counted.parameters)
    #expect(architecture.units == counted.hidden.reduce(0, +))
    #expect(architecture.depth == counted.hidden.count)
    #expect(architecture.layers.count == counted.hidden.count + 1)
  }

  @Test(arguments: Counted.all)
  func `layers cut the stack and the parameters without gap or overlap`(counted: Counted) {
    let architecture = Architecture(
      inputs: counted.inputs, hidden: counted.hidden, connections: counted.connections)
    var filled = counted.inputs
    var before = counted.inputs
    var read: [Int] = []
    for (layer, width) in zip(architecture.layers, counted.hidden + [1]) {
      let firstSeen = counted.connections == .bridged ? 0 : filled - before
      #expect(layer.inputs == firstSeen..<filled)
      #expect(layer.outputs == filled..<(filled + width))
      for unit in 0..<width {
        #expect(layer.weights(intoUnit: unit).count == layer.inputs.count)
        read += layer.weights(intoUnit: unit)
      }
      #expect(read.last == layer.weights.last)
      read += layer.biases
      filled += width
      before = width
    }
    #expect(filled == counted.inputs + architecture.units + 1)
    #expect(read == Array(0..<counted.parameters), "weights unit after unit, then the biases")
  }

  @Test func `sequential is tanh unless said otherwise`() {
    let architecture = Architecture(inputs: 2, hidden: [2])
    #expect(architecture.connections == .sequential)
    #expect(architecture.activation == .tanh)
  }

  @Test func `cases are called in experiment files what they are called here`() {
    #expect(Connections.allCases.map(\.rawValue) == ["sequential", "bridged"])
    #expect(
      Activation.trainable.map(\.rawValue) == ["sigmoid", "tanh", "relu", "leakyRelu", "elu"])
    #expect(
      Initialization.allCases.map(\.rawValue) == [
        "glorot", "he", "rademacher", "fanIn", "counting",
      ])
  }

  @Test func `shapes without an input or with an empty layer are refused`() async {
    await #expect(processExitsWith: .failure) { _ = Architecture(inputs: 0, hidden: [1]) }
    await #expect(processExitsWith: .failure) { _ = Architecture(inputs: 2, hidden: [3, 0]) }
    await #expect(processExitsWith: .failure) {
      _ = Network(Architecture(inputs: 2, hidden: []), parameters: [1, 2])
    }
  }
}
