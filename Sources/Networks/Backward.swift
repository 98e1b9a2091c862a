/// The gradient of the loss and the memory the backward pass needs for it.
public struct Gradient: Sendable {
  /// ∂J/∂parameter, laid out as the network's parameters.
  public internal(set) var parameters: [Double]

  /// dA of every entry of the stack; a layer's rows become its dZ when the pass reaches it.
  var stack: Matrix

  /// Room for the gradient of a network of this shape over m examples.
  public init(_ architecture: Architecture, examples m: Int) {
    parameters = Array(repeating: 0, count: architecture.parameters)
    stack = Matrix(height: architecture.inputs + architecture.units + 1, width: m)
  }
}

extension Network {
  /// The backward pass: the gradient of the mean loss J at the cache's examples.
  ///
  ///     dZ[l]   = dA[l] ⊙ g[l]′(Z[l])
  ///     dW[l]   = (1/m) dZ[l] A[l−1]ᵀ
  ///     db[l]   = (1/m) Σ_rows dZ[l]
  ///     dA[l−1] = W[l]ᵀ dZ[l]
  ///
  /// It starts at dZ[L], the derivative of the ``Loss`` by the logit. Of the logistic loss that is
  /// a − y: dA[L] = −y/a + (1 − y)/(1 − a), times g′ = a(1 − a) of the logistic output. A bridged layer
  /// adds to dA of everything it saw.
  public func backward(
    _ cache: ForwardCache, labels: [UInt8], loss: Loss = .logistic
  ) -> [Double] {
    var gradient = Gradient(architecture, examples: labels.count)
    backward(cache, labels: labels, loss: loss, into: &gradient)
    return gradient.parameters
  }

  /// The backward pass in the memory of an earlier one.
  public func backward(
    _ cache: ForwardCache, labels: [UInt8], loss: Loss = .logistic, into gradient: inout Gradient
  ) {
    let m = labels.count
    precondition(cache.activations.width == m, "\(cache.activations.width) rows, \(m) labels")
    gradient.stack.elements.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    for (index, layer) in cache.layers.enumerated().reversed() {
      if index == cache.layers.count - 1 {
        startAtOutput(layer, cache, labels, loss, &gradient.stack)
      } else {
        multiplyByDerivative(layer, cache, &gradient.stack)
      }
      accumulate(layer, cache, into: &gradient)
    }
  }

  private func startAtOutput(
    _ layer: Layer, _ cache: ForwardCache, _ labels: [UInt8], _ loss: Loss, _ stack: inout Matrix
  ) {
    let start = layer.outputs.lowerBound * labels.count
    for (column, label) in labels.enumerated() {
      let index = start + column
      stack.elements[index] = loss.derivative(
        at: cache.preactivations.elements[index], output: cache.activations.elements[index],
        label: label)
    }
  }

  private func multiplyByDerivative(
    _ layer: Layer, _ cache: ForwardCache, _ stack: inout Matrix
  ) {
    let g = architecture.activation
    let m = stack.width
    for index in (layer.outputs.lowerBound * m)..<(layer.outputs.upperBound * m) {
      stack.elements[index] *= g.derivative(
        at: cache.preactivations.elements[index], output: cache.activations.elements[index])
    }
  }

  /// dW and db of one layer from its dZ, and what it adds to dA of the values it saw.
  private func accumulate(_ layer: Layer, _ cache: ForwardCache, into gradient: inout Gradient) {
    let m = gradient.stack.width
    let share = 1 / Double(m)
    let a = cache.activations.elements
    let firstHidden = architecture.inputs
    gradient.stack.elements.withUnsafeMutableBufferPointer { stack in
      a.withUnsafeBufferPointer { a in
        guard let d = stack.baseAddress, let a = a.baseAddress else { return }
        for (unit, output) in layer.outputs.enumerated() {
          let dz = d + output * m
          gradient.parameters[layer.biases.lowerBound + unit] =
            share * UnsafeBufferPointer(start: dz, count: m).reduce(0, +)
          for (weight, input) in zip(layer.weights(intoUnit: unit), layer.inputs) {
            gradient.parameters[weight] = share * RowKernels.dot(dz, a + input * m, count: m)
            // The gradient of the inputs is not needed.
            if input >= firstHidden {
              RowKernels.addScaled(parameters[weight], dz, to: d + input * m, count: m)
            }
          }
        }
      }
    }
  }
}
