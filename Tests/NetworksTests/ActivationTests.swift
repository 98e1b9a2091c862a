import Foundation
import Networks
import Testing

struct ActivationTests {
  /// Points on both sides of 0, none within a step of the kink.
  static let points = [-30.0, -8, -2.5, -1, -0.3, -0.01, 0.01, 0.2, 1, 3, 9, 40]

  /// The textbook's form of each function, with the platform's exp.
  private func textbook(_ g: Activation, _ z: Double) -> Double {
    switch g {
    case .sigmoid: 1 / (1 + exp(-z))
    case .tanh: (exp(z) - exp(-z)) / (exp(z) + exp(-z))
    case .relu: max(z, 0)
    case .leakyRelu: z > 0 ? z : z / 100
    case .elu: z > 0 ? z : exp(z) - 1
    case .step: z > 0 ? 1 : 0
    }
  }

  @Test(arguments: Activation.allCases, points)
  func `an activation is its textbook form`(g: Activation, z: Double) {
    let expected = textbook(g, z)
    #expect(abs(g(z) - expected) <= 1e-14 * max(abs(expected), 0.01))
  }

  @Test(arguments: Activation.allCases, points)
  func `a derivative is the slope of the activation`(g: Activation, z: Double) {
    // h² times a third derivative below 1 is 10^−10, rounding at most 10^−15 / h times the value.
    let h = 1e-5
    let slope = (textbook(g, z + h) - textbook(g, z - h)) / (2 * h)
    #expect(abs(g.derivative(at: z, output: g(z)) - slope) <= 1e-9)
  }

  @Test(
    arguments: [(.relu, 0), (.leakyRelu, 0.01), (.elu, 1), (.step, 0)] as [(Activation, Double)])
  func `at the kink the slope is that from the left`(g: Activation, slope: Double) {
    #expect(g(0) == 0)
    #expect(g.derivative(at: 0, output: g(0)) == slope)
  }

  @Test func `a step fires above 0 only and is the one that cannot be trained`() {
    let tiny = Double.leastNonzeroMagnitude
    #expect([-1, -tiny, 0, tiny, 1].map { Activation.step($0) } == [0, 0, 0, 1, 1])
    #expect(Set(Activation.allCases).subtracting(Activation.trainable) == [.step])
  }

  @Test(arguments: [Activation.sigmoid, .tanh, .leakyRelu, .elu])
  func `NaN is passed on`(g: Activation) {
    #expect(g(.nan).isNaN)
  }
}
