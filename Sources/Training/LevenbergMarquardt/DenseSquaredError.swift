package import Networks

/// The specification of the squared error, for any network and any rows.
///
/// It computes the Jacobian row by row, and JᵀJ as a dense product.
package struct DenseSquaredError: SquaredError {
  private let architecture: Architecture
  private let layers: [Layer]
  /// y = ±1, one a row.
  private let targets: [Double]
  private var cache: ForwardCache
  /// ∂t/∂pre-activation of every entry of the stack, for one row.
  private var slopes: [Double]
  /// One row of J, ∂t/∂parameter.
  private var jacobian: [Double]

  /// The squared error of networks of this shape on `examples`.
  package init(_ architecture: Architecture, _ examples: Examples) {
    self.architecture = architecture
    layers = architecture.layers
    targets = examples.labels.map { 2 * Double($0) - 1 }
    cache = ForwardCache(architecture, inputs: examples.inputs)
    slopes = Array(repeating: 0, count: cache.activations.height)
    jacobian = Array(repeating: 0, count: architecture.parameters)
  }

  package mutating func value(at parameters: [Double]) -> SquaredErrorValue {
    Network(architecture, parameters: parameters).forward(into: &cache)
    var value = SquaredErrorValue(sum: 0, solvedRows: 0)
    for (z, y) in zip(cache.logits, targets) {
      let error = Elementary.tanh(z / 2) - y
      value.sum += error * error
      value.solvedRows += z * y > 0 ? 1 : 0
    }
    return value
  }

  package mutating func linearize(
    _ parameters: [Double], into equations: inout NormalEquations
  ) {
    let count = equations.count
    for index in equations.matrix.indices { equations.matrix[index] = 0 }
    for index in equations.gradient.indices { equations.gradient[index] = 0 }
    for row in targets.indices {
      let error = differentiate(parameters, atRow: row)
      for i in 0..<count {
        let slope = jacobian[i]
        equations.gradient[i] += slope * error
        for j in i..<count {
          equations.matrix[i * count + j] += slope * jacobian[j]
        }
      }
    }
  }

  /// Fills the row of J by the backward pass from dt/dz = (1 − t²)/2 and returns t − y.
  private mutating func differentiate(_ parameters: [Double], atRow row: Int) -> Double {
    let output = slopes.count - 1
    let t = Elementary.tanh(cache.preactivations[output, row] / 2)
    for index in slopes.indices { slopes[index] = 0 }
    slopes[output] = (1 - t * t) / 2
    for layer in layers.reversed() {
      for (unit, entry) in layer.outputs.enumerated() {
        if entry != output {
          slopes[entry] *= architecture.activation.derivative(
            at: cache.preactivations[entry, row], output: cache.activations[entry, row])
        }
        jacobian[layer.biases.lowerBound + unit] = slopes[entry]
        for (weight, input) in zip(layer.weights(intoUnit: unit), layer.inputs) {
          jacobian[weight] = slopes[entry] * cache.activations[input, row]
          slopes[input] += slopes[entry] * parameters[weight]
        }
      }
    }
    return t - targets[row]
  }
}
