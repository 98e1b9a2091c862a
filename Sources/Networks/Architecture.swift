/// Which earlier values a layer sees.
public enum Connections: String, CaseIterable, Sendable {
  /// Only the layer before it.
  case sequential
  /// Everything before it: the inputs and all earlier hidden layers.
  case bridged
}

/// The shape of a network with one logistic output unit: a plain value.
///
/// *Depth* is the number of hidden layers, the layers between the input and the output unit:
///
///     Architecture(inputs: 8, hidden: []).depth      // 0: logistic regression
///     Architecture(inputs: 8, hidden: [16]).depth    // 1: "shallow"
///     Architecture(inputs: 8, hidden: [4, 4]).depth  // 2
///
/// *Width* is the number of units in one hidden layer, *units* the number in all of them; the output
/// unit is not counted.
public struct Architecture: Hashable, Sendable {
  /// The number of inputs, n.
  public let inputs: Int

  /// The width of each hidden layer, from the input on; empty is logistic regression.
  public let hidden: [Int]

  /// Which earlier values each layer sees.
  public let connections: Connections

  /// What every hidden unit applies to its pre-activation.
  public let activation: Activation

  /// The number of weights and biases, the output unit's included.
  public let parameters: Int

  /// A shape with at least one input and no empty layer.
  public init(
    inputs: Int, hidden: [Int], connections: Connections = .sequential,
    activation: Activation = .tanh
  ) {
    precondition(inputs >= 1, "a network needs an input, got \(inputs)")
    precondition(hidden.allSatisfy { $0 >= 1 }, "a hidden layer needs a unit, got \(hidden)")
    self.inputs = inputs
    self.hidden = hidden
    self.connections = connections
    self.activation = activation
    let layers = Self.layers(inputs: inputs, hidden: hidden, connections)
    parameters = layers.last?.biases.upperBound ?? 0
  }

  /// The number of hidden layers.
  public var depth: Int { hidden.count }

  /// The number of hidden units.
  public var units: Int { hidden.reduce(0, +) }

  /// The hidden widths as one word, `8x8x4`; empty at depth 0.
  package var widths: String { hidden.map { "\($0)" }.joined(separator: "x") }

  /// The widths of `depth` layers that share `units` as evenly as can be, the wider layers first.
  package static func evenWidths(units: Int, depth: Int) -> [Int] {
    (0..<depth).map { units / depth + ($0 < units % depth ? 1 : 0) }
  }

  /// The hidden layers and the output layer, in the order they are computed.
  ///
  /// The inputs and the outputs of all layers are thought of as one *stack* of values: the inputs
  /// first, then layer after layer, the output unit last. A sequential layer sees the part of the
  /// stack that the layer before it filled, a bridged layer everything before its own part.
  public var layers: [Layer] {
    Self.layers(inputs: inputs, hidden: hidden, connections)
  }

  private static func layers(
    inputs: Int, hidden: [Int], _ connections: Connections
  ) -> [Layer] {
    var layers: [Layer] = []
    var seen = 0..<inputs
    var offset = 0
    for width in hidden + [1] {
      let layer = Layer(
        inputs: seen, outputs: seen.upperBound..<(seen.upperBound + width), firstParameter: offset)
      layers.append(layer)
      offset = layer.biases.upperBound
      seen = (connections == .bridged ? 0 : layer.outputs.lowerBound)..<layer.outputs.upperBound
    }
    return layers
  }
}

/// Where one layer reads and writes: its part of the stack and its part of the parameter vector.
public struct Layer: Hashable, Sendable {
  /// The entries of the stack the layer sees.
  public let inputs: Range<Int>

  /// The entries of the stack the layer fills, one a unit.
  public let outputs: Range<Int>

  /// W in the parameter vector: one row of `inputs.count` weights a unit, unit after unit.
  public let weights: Range<Int>

  /// b in the parameter vector: one bias a unit, directly after the weights.
  public let biases: Range<Int>

  init(inputs: Range<Int>, outputs: Range<Int>, firstParameter: Int) {
    self.inputs = inputs
    self.outputs = outputs
    let weightsEnd = firstParameter + inputs.count * outputs.count
    weights = firstParameter..<weightsEnd
    biases = weightsEnd..<(weightsEnd + outputs.count)
  }

  /// The index in the parameter vector of the weights into one unit, `unit` counted from 0.
  public func weights(intoUnit unit: Int) -> Range<Int> {
    let start = weights.lowerBound + unit * inputs.count
    return start..<(start + inputs.count)
  }
}
