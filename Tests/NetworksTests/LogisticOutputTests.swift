import Networks
import Testing

/// The output unit: the lectures' worked example and the short form of dZ.
struct LogisticOutputTests {
  // L(w, x) = 1 / (1 + exp(−(w0·x0 + w1·x1 + w2))) at w = (2, −3, −3), x = (−1, −2), with the
  // derivatives of Stanford's cs231n notes, "Backpropagation, intuitions", worked to ten digits.
  private let network = Network(Architecture(inputs: 2, hidden: []), parameters: [2, -3, -3])
  private let inputs = [-1.0, -2.0]

  private var matrix: Matrix {
    var matrix = Matrix(height: 2, width: 1)
    matrix.elements = inputs
    return matrix
  }

  @Test func `the worked example has the lecture's value and derivatives`() {
    let cache = network.forward(matrix)
    let z = cache.preactivations[2, 0]
    let a = cache.activations[2, 0]
    #expect(z == 1, "2·(−1) + (−3)·(−2) − 3")
    #expect(abs(a - 0.7310585786300049) <= 2 * a.ulp)
    let slope = Activation.sigmoid.derivative(at: z, output: a)
    #expect(abs(slope - 0.1966119332) < 1e-10)
    let weights = [slope * inputs[0], slope * inputs[1], slope]
    #expect(agree(weights, [-0.1966119332, -0.3932238665, 0.1966119332]))
    let toInputs = [slope * network.parameters[0], slope * network.parameters[1]]
    #expect(agree(toInputs, [0.3932238665, -0.5898357998]))
  }

  /// The loss of label y has dz = a − y; divided by dA, the loss's own derivative, what remains is
  /// the example's dL/dw again.
  @Test(arguments: [UInt8(0), 1])
  func `the worked example's backward pass is dA times the lecture's derivatives`(label: UInt8) {
    let a = 0.7310585786300049
    let gradient = network.backward(network.forward(matrix), labels: [label])
    let dZ = label == 0 ? a : -(1 - a)
    #expect(agree(gradient, [dZ * -1, dZ * -2, dZ], within: 1e-15))
    let dA = label == 0 ? 1 / (1 - a) : -1 / a
    #expect(agree(gradient.map { $0 / dA }, [-0.1966119332, -0.3932238665, 0.1966119332]))
  }

  /// Where the logistic function is a hidden unit, the code's own chain rule has to give them.
  @Test func `the worked example as a hidden unit has the lecture's derivatives`() {
    // The output is a logistic unit on top with weight 1 and bias 0; its dZ divides out.
    let shape = Architecture(inputs: 2, hidden: [1], activation: .sigmoid)
    let network = Network(shape, parameters: [2, -3, -3, 1, 0])
    let cache = network.forward(matrix)
    let gradient = network.backward(cache, labels: [0])
    let dZ = cache.activations[3, 0]
    #expect(
      agree(gradient.prefix(3).map { $0 / dZ }, [-0.1966119332, -0.3932238665, 0.1966119332]))
    #expect(abs(gradient[3] / dZ - 0.7310585786300049) < 1e-15)
  }

  @Test(arguments: [-30, -5, -1, -0.001, 0, 0.3, 2, 10, 30], [UInt8(0), 1])
  func `a less y is dA times the slope wherever the long form is finite`(z: Double, label: UInt8) {
    let network = Network(Architecture(inputs: 1, hidden: []), parameters: [0, z])
    let cache = network.forward(Matrix(height: 1, width: 1))
    let a = cache.activations[1, 0]
    let y = Double(label)
    let dA = -y / a + (1 - y) / (1 - a)
    let long = dA * Activation.sigmoid.derivative(at: z, output: a)
    let dZ = network.backward(cache, labels: [label])[1]
    #expect(dZ == a - y)
    // 1 − a has lost what a's last digit could not hold; that is all the two may differ by.
    #expect(abs(dZ - long) <= 4 * Double.ulpOfOne)
  }

  @Test(arguments: [-1e300, -800, 800, 1e300])
  func `the gradient stays finite where the output reaches 0 or 1`(z: Double) {
    let network = Network(Architecture(inputs: 1, hidden: []), parameters: [0, z])
    let cache = network.forward(Matrix(height: 1, width: 2))
    let a: Double = z > 0 ? 1 : 0
    #expect(network.backward(cache, labels: [0, 1]) == [0, ((a - 0) + (a - 1)) / 2])
  }

  private func agree(_ found: [Double], _ expected: [Double], within limit: Double = 1e-10) -> Bool
  {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= limit }
  }
}
