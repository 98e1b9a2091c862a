import Foundation
import Networks
import Parity

/// The lectures' equations once more, for one row at a time, in nested arrays and with the
/// platform's own functions: the model that the passes are held against.
struct NaiveNetwork {
  /// W[l][unit][input] and b[l][unit], the output layer last.
  let weights: [[[Double]]]
  let biases: [[Double]]
  let activation: Activation
  let isBridged: Bool

  /// Reads the parameter vector layer by layer: all weights into unit 0, into unit 1, …, the biases.
  init(_ network: Network) {
    let shape = network.architecture
    activation = shape.activation
    isBridged = shape.connections == .bridged
    var rest = network.parameters[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    var weights: [[[Double]]] = []
    var biases: [[Double]] = []
    var seen = shape.inputs
    for width in shape.hidden + [1] {
      weights.append((0..<width).map { _ in take(seen) })
      biases.append(take(width))
      seen = isBridged ? seen + width : width
    }
    self.weights = weights
    self.biases = biases
  }

  /// Z[l] and A[l] of every layer for one row; A has the inputs as its first element.
  func forward(_ inputs: [Double]) -> (z: [[Double]], a: [[Double]]) {
    var z: [[Double]] = []
    var a = [inputs]
    for layer in weights.indices {
      let seen = isBridged ? a.flatMap { $0 } : a[layer]
      let sums = zip(weights[layer], biases[layer]).map { row, bias in
        zip(row, seen).reduce(bias) { $0 + $1.0 * $1.1 }
      }
      z.append(sums)
      a.append(sums.map { layer == weights.count - 1 ? 1 / (1 + exp(-$0)) : g($0) })
    }
    return (z, a)
  }

  /// The gradient of one row's loss, in the order of the parameter vector.
  func gradient(_ inputs: [Double], label: UInt8) -> [Double] {
    let (z, a) = forward(inputs)
    let y = Double(label)
    let output = a[weights.count][0]
    // dA has an element for each of A, the inputs included.
    var dA = a.map { $0.map { _ in 0.0 } }
    dA[weights.count] = [-y / output + (1 - y) / (1 - output)]
    var parts: [[Double]] = []
    for layer in weights.indices.reversed() {
      let isOutput = layer == weights.count - 1
      let dZ = zip(dA[layer + 1], z[layer]).map { dA, z in
        dA * (isOutput ? output * (1 - output) : slope(z))
      }
      let sources = isBridged ? Array(0...layer) : [layer]
      let seen = sources.flatMap { a[$0] }
      parts.append(dZ.flatMap { dz in seen.map { dz * $0 } } + dZ)
      var column = 0
      for source in sources {
        for entry in a[source].indices {
          for unit in dZ.indices {
            dA[source][entry] += weights[layer][unit][column] * dZ[unit]
          }
          column += 1
        }
      }
    }
    return parts.reversed().flatMap { $0 }
  }

  /// The gradient of the mean loss: the mean of the rows' gradients.
  func gradient(_ examples: Examples) -> [Double] {
    let rows = (0..<examples.count).map {
      gradient(examples.row($0), label: examples.labels[$0])
    }
    return (rows.first ?? []).indices.map { index in
      rows.reduce(0) { $0 + $1[index] } / Double(rows.count)
    }
  }

  private func g(_ z: Double) -> Double {
    switch activation {
    case .sigmoid: 1 / (1 + exp(-z))
    case .tanh: (exp(z) - exp(-z)) / (exp(z) + exp(-z))
    case .relu: max(0, z)
    case .leakyRelu: max(0.01 * z, z)
    case .elu: z > 0 ? z : exp(z) - 1
    case .step: z > 0 ? 1 : 0
    }
  }

  /// g′ in terms of z alone, not of the output as the passes have it.
  private func slope(_ z: Double) -> Double {
    switch activation {
    case .sigmoid: exp(-z) / ((1 + exp(-z)) * (1 + exp(-z)))
    case .tanh: 1 / (cosh(z) * cosh(z))
    case .relu: z > 0 ? 1 : 0
    case .leakyRelu: z > 0 ? 1 : 0.01
    case .elu: z > 0 ? 1 : exp(z)
    case .step: 0
    }
  }
}

extension Examples {
  /// The inputs of one example.
  func row(_ column: Int) -> [Double] {
    (0..<inputs.height).map { inputs[$0, column] }
  }

  /// Rows of numbers in −1 ..< 1 with labels thrown by a coin.
  static func random(inputs: Int, rows: Int, seed: UInt64) -> Examples {
    var generator = SeededGenerator(seed: seed, stream: "examples")
    var matrix = Matrix(height: inputs, width: rows)
    for index in matrix.elements.indices {
      matrix.elements[index] = generator.symmetric(1)
    }
    return Examples(
      inputs: matrix, labels: (0..<rows).map { _ in UInt8(generator.below(2)) })
  }
}

extension Network {
  /// A network whose weights and biases all lie in −1 ..< 1.
  static func random(_ architecture: Architecture, seed: UInt64) -> Network {
    var generator = SeededGenerator(seed: seed, stream: "network")
    return Network(
      architecture,
      parameters: (0..<architecture.parameters).map { _ in generator.symmetric(1) })
  }
}
