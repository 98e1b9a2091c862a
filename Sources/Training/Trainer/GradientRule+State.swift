public import Networks

extension GradientRule {
  /// What a rule carries from step to step, for one parameter vector: the specification of its steps.
  ///
  /// ``LaneOptimizer`` is its fast twin.
  public struct State: Sendable {
    private let rule: GradientRule
    private let decay: WeightDecay?
    /// Whether each parameter is a weight; empty where no weight decays.
    private let isWeight: [Bool]
    private var factors: ScheduleFactors
    /// The velocity, first moment, or the gradient of the step before, by rule.
    private var first: [Double]
    /// The second moment or the step size, by rule.
    private var second: [Double]
    /// β1^t and β2^t, kept as running products.
    private var decay1 = 1.0
    private var decay2 = 1.0

    /// The state before the first step on `count` parameters, with a constant rate and no decay.
    public init(_ rule: GradientRule, parameters count: Int) {
      self.init(rule, GradientOptions(), stepsPerEpoch: 1, epochs: 0, count, isWeight: [])
    }

    /// The state before the first step on a network of this shape, in a training of at most `epochs`
    /// epochs.
    public init(
      _ rule: GradientRule, _ architecture: Architecture, _ options: GradientOptions,
      stepsPerEpoch: Int = 1, epochs: Int
    ) {
      var isWeight = Array(repeating: false, count: architecture.parameters)
      for layer in architecture.layers {
        for index in layer.weights { isWeight[index] = true }
      }
      self.init(
        rule, options, stepsPerEpoch: stepsPerEpoch, epochs: epochs, architecture.parameters,
        isWeight: isWeight)
    }

    private init(
      _ rule: GradientRule, _ options: GradientOptions, stepsPerEpoch: Int, epochs: Int,
      _ count: Int, isWeight: [Bool]
    ) {
      self.rule = rule
      decay = options.weightDecay
      precondition(
        decay?.isDecoupled != true || rule.learningRate != nil,
        "a decoupled decay needs a learning rate")
      self.isWeight = isWeight
      factors = ScheduleFactors(options.schedule, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
      first = Array(repeating: 0, count: count)
      second = Array(repeating: 0, count: count)
      if case .rprop(let settings) = rule {
        second = Array(repeating: settings.initialStep, count: count)
      }
    }

    /// Goes on from the state that a checkpoint holds.
    mutating func restore(_ state: Checkpoint.OptimizerState) {
      (first, second) = (state.first, state.second)
      (decay1, decay2) = (state.decay1, state.decay2)
      factors.go(to: state.steps)
    }

    /// All of it but what is set.
    var checkpoint: Checkpoint.OptimizerState {
      Checkpoint.OptimizerState(
        first: first, second: second, decay1: decay1, decay2: decay2, steps: factors.step)
    }

    /// Takes one step from `parameters` against `gradient`, both as long as the state.
    public mutating func step(_ parameters: inout [Double], _ gradient: [Double]) {
      precondition(
        parameters.count == first.count && gradient.count == first.count,
        "\(first.count) parameters expected, got \(parameters.count) and \(gradient.count)")
      let factor = factors.next()
      var gradient = gradient
      if let decay { apply(decay, &parameters, &gradient, factor) }
      switch rule {
      case .gradientDescent(let rate):
        let rate = rate * factor
        for index in parameters.indices {
          parameters[index] -= rate * gradient[index]
        }
      case .momentum(let rate, let momentum):
        let rate = rate * factor
        for index in parameters.indices {
          first[index] = momentum * first[index] - rate * gradient[index]
          parameters[index] += first[index]
        }
      case .adam(let rate, let beta1, let beta2, let epsilon):
        stepAdam(&parameters, gradient, rate * factor, beta1, beta2, epsilon)
      case .rprop(let settings):
        stepRprop(&parameters, gradient, settings)
      }
    }

    /// w ← w − η λ w where the decay is decoupled, g ← g + λ w where it is not.
    private func apply(
      _ decay: WeightDecay, _ parameters: inout [Double], _ gradient: inout [Double],
      _ factor: Double
    ) {
      let rate = (rule.learningRate ?? 0) * factor
      for index in parameters.indices where isWeight[index] {
        if decay.isDecoupled {
          parameters[index] -= rate * decay.coefficient * parameters[index]
        } else {
          gradient[index] += decay.coefficient * parameters[index]
        }
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
