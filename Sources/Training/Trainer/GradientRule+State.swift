extension GradientRule {
  /// What a rule carries from step to step, for one parameter vector: the specification of its steps.
  ///
  /// ``LaneOptimizer`` is its fast twin.
  public struct State: Sendable {
    private let rule: GradientRule
    /// The velocity, first moment, or the gradient of the step before, by rule.
    private var first: [Double]
    /// The second moment or the step size, by rule.
    private var second: [Double]
    /// β1^t and β2^t, kept as running products.
    private var decay1 = 1.0
    private var decay2 = 1.0

    /// The state before the first step on `count` parameters.
    public init(_ rule: GradientRule, parameters count: Int) {
      self.rule = rule
      first = Array(repeating: 0, count: count)
      second = Array(repeating: 0, count: count)
      if case .rprop(let settings) = rule {
        second = Array(repeating: settings.initialStep, count: count)
      }
    }

    /// The state that a checkpoint holds.
    init(_ rule: GradientRule, _ state: Checkpoint.OptimizerState) {
      self.rule = rule
      (first, second) = (state.first, state.second)
      (decay1, decay2) = (state.decay1, state.decay2)
    }

    /// All of it but the rule.
    var checkpoint: Checkpoint.OptimizerState {
      Checkpoint.OptimizerState(first: first, second: second, decay1: decay1, decay2: decay2)
    }

    /// Takes one step from `parameters` against `gradient`, both as long as the state.
    public mutating func step(_ parameters: inout [Double], _ gradient: [Double]) {
      precondition(
        parameters.count == first.count && gradient.count == first.count,
        "\(first.count) parameters expected, got \(parameters.count) and \(gradient.count)")
      switch rule {
      case .gradientDescent(let rate):
        for index in parameters.indices {
          parameters[index] -= rate * gradient[index]
        }
      case .momentum(let rate, let momentum):
        for index in parameters.indices {
          first[index] = momentum * first[index] - rate * gradient[index]
          parameters[index] += first[index]
        }
      case .adam(let rate, let beta1, let beta2, let epsilon):
        stepAdam(&parameters, gradient, rate, beta1, beta2, epsilon)
      case .rprop(let settings):
        stepRprop(&parameters, gradient, settings)
      }
    }

    private mutating func stepAdam(
      _ parameters: inout [Double], _ gradient: [Double], _ rate: Double, _ beta1: Double,
      _ beta2: Double, _ epsilon: Double
    ) {
      decay1 *= beta1
      decay2 *= beta2
      let correction1 = 1 / (1 - decay1)
      let correction2 = 1 / (1 - decay2)
      for index in parameters.indices {
        let g = gradient[index]
        first[index] = beta1 * first[index] + (1 - beta1) * g
        second[index] = beta2 * second[index] + (1 - beta2) * g * g
        let scale = (second[index] * correction2).squareRoot() + epsilon
        parameters[index] -= rate * (first[index] * correction1) / scale
      }
    }

    private mutating func stepRprop(
      _ parameters: inout [Double], _ gradient: [Double], _ settings: Rprop
    ) {
      for index in parameters.indices {
        var g = gradient[index]
        let agreement = g * first[index]
        if agreement > 0 {
          second[index] = min(second[index] * settings.increase, settings.maximumStep)
        } else if agreement < 0 {
          second[index] = max(second[index] * settings.decrease, settings.minimumStep)
          g = 0
        }
        first[index] = g
        if g != 0 {
          parameters[index] -= g > 0 ? second[index] : -second[index]
        }
      }
    }
  }
}
