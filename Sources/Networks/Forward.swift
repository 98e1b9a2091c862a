/// What the forward pass keeps for the way back: Z and A of every layer, as stacks.
///
/// Both have one row for each entry of the stack that ``Architecture/layers`` describes: the inputs,
/// then all hidden units, then the output unit; and one column for each of the m examples.
public struct ForwardCache: Sendable {
  /// The layers of the architecture this cache was made for.
  let layers: [Layer]

  /// Z, the pre-activations; the rows of the inputs stay 0.
  public internal(set) var preactivations: Matrix

  /// A, the values: A[0] = X first.
  public internal(set) var activations: Matrix

  /// A cache that holds X and has room for everything else.
  public init(_ architecture: Architecture, inputs: Matrix) {
    precondition(
      inputs.height == architecture.inputs,
      "\(architecture.inputs) inputs expected, got \(inputs.height)")
    layers = architecture.layers
    let height = architecture.inputs + architecture.units + 1
    preactivations = Matrix(height: height, width: inputs.width)
    activations = Matrix(height: height, width: inputs.width)
    activations.elements.replaceSubrange(0..<inputs.elements.count, with: inputs.elements)
  }

  /// The pre-activation of the output unit for each example: positive means label 1.
  public var logits: ArraySlice<Double> {
    preactivations.elements[preactivations.indices(ofRow: preactivations.height - 1)]
  }
}

extension Network {
  /// The forward pass over all examples at once; `inputs` is X, of shape (n, m).
  ///
  ///     Z[l] = W[l] A[l−1] + b[l]
  ///     A[l] = g[l](Z[l])        the output unit's g is the logistic function
  ///
  /// A bridged layer sees [A[0]; …; A[l−1]] in place of A[l−1].
  public func forward(_ inputs: Matrix) -> ForwardCache {
    var cache = ForwardCache(architecture, inputs: inputs)
    forward(into: &cache)
    return cache
  }

  /// The forward pass in the memory of an earlier one, over the inputs that `cache` holds.
  public func forward(into cache: inout ForwardCache) {
    let m = cache.activations.width
    for (index, layer) in cache.layers.enumerated() {
      cache.preactivations.elements.withUnsafeMutableBufferPointer { z in
        cache.activations.elements.withUnsafeBufferPointer { a in
          parameters.withUnsafeBufferPointer { w in
            preactivate(layer, w, a, into: z, m)
          }
        }
      }
      let isOutput = index == cache.layers.count - 1
      activate(layer, with: isOutput ? .sigmoid : architecture.activation, &cache)
    }
  }

  /// Z = W A + b for one layer: a weighted sum of rows of A for each of its units.
  private func preactivate(
    _ layer: Layer, _ w: UnsafeBufferPointer<Double>, _ a: UnsafeBufferPointer<Double>,
    into z: UnsafeMutableBufferPointer<Double>, _ m: Int
  ) {
    guard let z = z.baseAddress, let a = a.baseAddress else { return }
    for (unit, output) in layer.outputs.enumerated() {
      let row = z + output * m
      row.update(repeating: w[layer.biases.lowerBound + unit], count: m)
      for (weight, input) in zip(layer.weights(intoUnit: unit), layer.inputs) {
        RowKernels.addScaled(w[weight], a + input * m, to: row, count: m)
      }
    }
  }

  private func activate(_ layer: Layer, with g: Activation, _ cache: inout ForwardCache) {
    let m = cache.activations.width
    for index in (layer.outputs.lowerBound * m)..<(layer.outputs.upperBound * m) {
      cache.activations.elements[index] = g(cache.preactivations.elements[index])
    }
  }
}
