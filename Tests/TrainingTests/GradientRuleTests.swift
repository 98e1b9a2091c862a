import Foundation
import Testing
import Training

/// Each rule against its recurrence for a single parameter, written as in its paper.
struct GradientRuleTests {
  /// Gradients that keep their sign, change it, vanish and return.
  private static let gradients = [0.5, 0.25, -0.75, -0.125, 0, 0.3, 0.3, 0.3, -1e-9, 1e3, 2, -7]

  /// The parameter after each step, starting at 0.7, among two others that must not matter.
  private func path(_ rule: GradientRule, _ gradients: [Double] = gradients) -> [Double] {
    var state = GradientRule.State(rule, parameters: 3)
    var parameters = [5, 0.7, -3]
    return gradients.map { g in
      state.step(&parameters, [-2 * g, g, 1])
      return parameters[1]
    }
  }

  @Test(arguments: [0.1, 1, 0.003])
  func `gradient descent goes against the gradient`(rate: Double) {
    var w = 0.7
    let expected = Self.gradients.map { g in
      w = w - rate * g
      return w
    }
    #expect(path(.gradientDescent(learningRate: rate)) == expected)
  }

  @Test(arguments: [0, 0.5, 0.9])
  func `momentum adds up past steps that fade`(mu: Double) {
    var (w, v) = (0.7, 0.0)
    let expected = Self.gradients.map { g in
      v = mu * v - 0.1 * g
      w = w + v
      return w
    }
    #expect(path(.momentum(learningRate: 0.1, momentum: mu)) == expected)
  }

  @Test func `momentum is the sum of all past gradients with powers of it`() {
    let found = path(.momentum(learningRate: 0.1, momentum: 0.5)).last ?? 0
    // Gradient j of m takes part in m − j steps: 1 + μ + … + μ^(m−j−1) = (1 − μ^(m−j)) / (1 − μ).
    let m = Self.gradients.count
    let expected = Self.gradients.enumerated().reduce(0.7) { w, entry in
      w - 0.1 * entry.element * (1 - pow(0.5, Double(m - entry.offset))) / 0.5
    }
    #expect(abs(found - expected) <= 1e-13 * abs(expected))
  }

  @Test(arguments: [(0.9, 0.999), (0.5, 0.9)])
  func `Adam divides the mean gradient by the root of the mean square`(
    beta1: Double, beta2: Double
  ) {
    let (rate, epsilon) = (0.03, 1e-8)
    var (w, m, v) = (0.7, 0.0, 0.0)
    let expected = Self.gradients.enumerated().map { index, g in
      let t = Double(index + 1)
      m = beta1 * m + (1 - beta1) * g
      v = beta2 * v + (1 - beta2) * g * g
      let unbiasedM = m / (1 - pow(beta1, t))
      let unbiasedV = v / (1 - pow(beta2, t))
      w = w - rate * unbiasedM / (unbiasedV.squareRoot() + epsilon)
      return w
    }
    let found = path(.adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon))
    // The powers are running products in the one and the platform's in the other, and 1 − β^t
    // magnifies their last bit: by 1000 at β = 0.999 and t = 1.
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) <= 1e-12 * 0.03)
    }
  }

  @Test(arguments: [1e-3, 1, 1e3])
  func `Adam's first step is the learning rate, whatever the gradient`(g: Double) {
    let adam = GradientRule.adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0)
    #expect(abs(path(adam, [g])[0] - 0.69) <= 1e-12)
    #expect(abs(path(adam, [-g])[0] - 0.71) <= 1e-12)
  }

  @Test func `iRprop- steps by the sign and adapts each step size`() {
    var (w, step, before) = (0.7, 0.1, 0.0)
    let expected = Self.gradients.map { gradient in
      var g = gradient
      if before * g > 0 { step = min(step * 1.2, 50) }
      if before * g < 0 {
        step = max(step * 0.5, 1e-6)
        g = 0
      }
      if g > 0 { w -= step }
      if g < 0 { w += step }
      before = g
      return w
    }
    #expect(path(.rprop(GradientRule.Rprop())) == expected)
  }

  @Test func `iRprop- as worked by hand`() {
    // Step sizes that are exact in binary: grown by 2, halved on a change of sign, which also skips
    // the step and forgets the gradient, so that the step after it is neither grown nor halved.
    var settings = GradientRule.Rprop()
    settings.initialStep = 1
    settings.increase = 2
    let path = path(.rprop(settings), [3, 0.1, 9, -1, -1, -1, 0, 1]).map { $0 - 0.7 }
    let expected: [Double] = [-1, -3, -7, -7, -5, -1, -1, -5]
    // Steps of 1, 2, 4; none, halved to 2; 2; grown to 4; none; still 4.
    #expect(zip(path, expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(path)")
  }

  @Test func `iRprop- steps stay between the smallest and the largest`() {
    var settings = GradientRule.Rprop()
    settings.maximumStep = 0.5
    let growing = path(.rprop(settings), Array(repeating: 1, count: 30))
    #expect(abs(growing[28] - growing[29] - 0.5) < 1e-12)
    settings.minimumStep = 0.01
    // A change of sign skips a step, so the gradient stands twice: 60 changes shrink by 2^60.
    let shrinking = path(.rprop(settings), (0..<120).map { ($0 / 2) % 2 == 0 ? 1 : -1 })
    #expect(abs(abs(shrinking[119] - shrinking[118]) - 0.01) < 1e-12)
  }

  @Test func `vectors of another length are refused`() async {
    await #expect(processExitsWith: .failure) {
      var state = GradientRule.State(.gradientDescent(learningRate: 1), parameters: 2)
      var parameters = [1.0, 2]
      state.step(&parameters, [1])
    }
  }
}
