import Networks
import Parity
import Testing

/// How near a gradient in single precision must be to the specification's.
enum GradientBounds {
  /// Expects a gradient of a mean loss over `examples`.
  ///
  /// The bound is in half-ulps of the largest sum of magnitudes of a layer: 4 for itself and for
  /// each layer that its terms passed through, and 8 more where that layer's values may be 4 ulps
  /// off (tanh). A wrong sign is 2^24 of them, a row too many or few 2^24 / m. A kernel that adds
  /// `terms` rows one after another may be off by another half-ulp for each.
  static func expect(
    _ gradient: [Double], of network: Network, on examples: Examples,
    loss: Loss = .logistic, terms: Int = 0
  ) {
    let shape = network.architecture
    let expected = network.backward(
      network.forward(examples.inputs), labels: examples.labels, loss: loss)
    let isPiecewiseLinear = shape.activation == .relu || shape.activation == .leakyRelu
    let perLayer = isPiecewiseLinear ? 4 : 12
    let bound = Double(perLayer * (shape.depth + 1) + terms) * 0x1p-24
    let magnitudes = magnitudes(network, examples, loss)
    for layer in shape.layers {
      let part = layer.weights.lowerBound..<layer.biases.upperBound
      let scale = magnitudes[part].max() ?? 0
      let worst = part.map { abs(gradient[$0] - expected[$0]) }.max() ?? 0
      #expect(worst <= bound * scale, "\(layer): \(worst / scale * 0x1p24) half-ulps")
    }
  }

  /// (1/m) Σ over the rows of the magnitude of the row's own gradient.
  private static func magnitudes(
    _ network: Network, _ examples: Examples, _ loss: Loss
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: network.parameters.count)
    for row in 0..<examples.count {
      var inputs = Matrix(height: examples.inputs.height, width: 1)
      for input in 0..<inputs.height { inputs[input, 0] = examples.inputs[input, row] }
      let gradient = network.backward(
        network.forward(inputs), labels: [examples.labels[row]], loss: loss)
      for (index, term) in gradient.enumerated() { sums[index] += abs(term) }
    }
    return sums.map { $0 / Double(examples.count) }
  }

  /// Parameters with no pre-activation near a kink.
  ///
  /// Weights are multiples of 2^−4, biases odd multiples of 2^−6: pre-activations of the first ReLU
  /// layers are exact in both precisions. Drawn again while another one is so near its kink
  /// that the precisions could lie on different sides. `isScaled` divides weights by a power of two
  /// near the root of their number, so that logits stay small: the slope of the loss far from 0 is
  /// e^−|z|, which has the absolute error of z as its relative one.
  static func draw(
    _ shape: Architecture, _ examples: Examples, _ generator: inout SeededGenerator,
    isScaled: Bool = false
  ) -> (Network, ForwardCache) {
    while true {
      var parameters = Array(repeating: 0.0, count: shape.parameters)
      for layer in shape.layers {
        let halvings = isScaled ? (Int.bitWidth - layer.inputs.count.leadingZeroBitCount) / 2 : 0
        let scale = 1 / Double(1 << halvings)
        for index in layer.weights {
          parameters[index] = scale * (Double(generator.below(33)) / 16 - 1)
        }
        for index in layer.biases { parameters[index] = Double(generator.below(64)) / 32 - 63 / 64 }
      }
      let network = Network(shape, parameters: parameters)
      let cache = network.forward(examples.inputs)
      let isExact = shape.activation == .relu && shape.depth < 3
      let hasKink = shape.activation == .relu || shape.activation == .leakyRelu
      if !hasKink || isExact
        || !cache.preactivations.elements.contains(where: { $0 != 0 && abs($0) < 0x1p-17 })
      {
        return (network, cache)
      }
    }
  }
}
