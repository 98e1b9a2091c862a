/// The vector form of ``GradientRule/State``: the same rules, eight parameters at a time.
///
/// Settings and the bias corrections are worked out in double precision and rounded once.
struct LaneOptimizer: ~Copyable {
  private let rule: GradientRule
  private let decay: LaneDecay
  private var factors: ScheduleFactors
  /// The vectors that hold the parameters.
  private let count: Int
  /// Velocity, first moment, or the sign of the gradient before, by rule.
  private let first: LaneMemory
  /// Second moment or step size, by rule.
  private let second: LaneMemory
  /// β1^t and β2^t.
  private var decay1 = 1.0
  private var decay2 = 1.0

  /// The state before the first step on `count` vectors of parameters, in a training of at most
  /// `epochs` epochs.
  ///
  /// `weights` says of each number whether it is a weight, on which decay works.
  init(
    _ rule: GradientRule, count: Int, _ options: GradientOptions = GradientOptions(),
    stepsPerEpoch: Int = 1, epochs: Int, weights: [Bool]
  ) {
    self.rule = rule
    self.count = count
    decay = LaneDecay(options.weightDecay, weights, count: count)
    factors = ScheduleFactors(options.schedule, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
    first = LaneMemory(count)
    second = LaneMemory(count)
    if case .rprop(let settings) = rule {
      second.base.update(repeating: Lanes(repeating: Float(settings.initialStep)), count: count)
    }
  }

  /// All of it but the rule, at the positions of the parameters: in the gaps nothing ever changes.
  func checkpoint(at positions: [Int]) -> Checkpoint.OptimizerState {
    Checkpoint.OptimizerState(
      first: positions.map { Double(first.floats[$0]) },
      second: positions.map { Double(second.floats[$0]) }, decay1: decay1, decay2: decay2,
      steps: factors.step)
  }

  /// Puts it into the state that a checkpoint holds.
  mutating func restore(_ state: Checkpoint.OptimizerState, at positions: [Int]) {
    for (index, position) in positions.enumerated() {
      first.floats[position] = Float(state.first[index])
      second.floats[position] = Float(state.second[index])
    }
    (decay1, decay2) = (state.decay1, state.decay2)
    factors.go(to: state.steps)
  }

  /// Takes one step against `gradient` and says whether all parameters still are numbers.
  ///
  /// A decay that is a part of the gradient is added to it.
  mutating func step(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>
  ) -> Bool {
    let factor = factors.next()
    if decay.isThere {
      decay.apply(parameters, gradient, learningRate: (rule.learningRate ?? 0) * factor)
    }
    switch rule {
    case .gradientDescent(let rate):
      return stepGradientDescent(parameters, gradient, rate * factor)
    case .momentum(let rate, let momentum):
      return stepMomentum(parameters, gradient, rate * factor, momentum)
    case .adam(let rate, let beta1, let beta2, let epsilon):
      return stepAdam(parameters, gradient, rate * factor, beta1, beta2, epsilon)
    case .rprop(let settings):
      return stepRprop(parameters, gradient, settings)
    }
  }

  private func stepGradientDescent(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafePointer<Lanes>, _ rate: Double
  ) -> Bool {
    let rate = Lanes(repeating: Float(-rate))
    var alarm = Lanes.zero
    for index in 0..<count {
      let w = multiplyAdd(rate, gradient[index], parameters[index])
      parameters[index] = w
      alarm = multiplyAdd(w, Lanes.zero, alarm)
    }
    return alarm == .zero
  }

  private func stepMomentum(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafePointer<Lanes>, _ rate: Double,
    _ momentum: Double
  ) -> Bool {
    let rate = Lanes(repeating: Float(-rate))
    let momentum = Lanes(repeating: Float(momentum))
    let velocity = first.base
    var alarm = Lanes.zero
    for index in 0..<count {
      let v = multiplyAdd(momentum, velocity[index], rate * gradient[index])
      let w = parameters[index] + v
      velocity[index] = v
      parameters[index] = w
      alarm = multiplyAdd(w, Lanes.zero, alarm)
    }
    return alarm == .zero
  }

  private mutating func stepAdam(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafePointer<Lanes>, _ rate: Double,
    _ beta1: Double, _ beta2: Double, _ epsilon: Double
  ) -> Bool {
    decay1 *= beta1
    decay2 *= beta2
    let scale = Lanes(repeating: Float(-rate / (1 - decay1)))
    let correction = Lanes(repeating: Float(1 / (1 - decay2)))
    let keep1 = Lanes(repeating: Float(beta1)), add1 = Lanes(repeating: Float(1 - beta1))
    let keep2 = Lanes(repeating: Float(beta2)), add2 = Lanes(repeating: Float(1 - beta2))
    let epsilon = Lanes(repeating: Float(epsilon))
    let (moment1, moment2) = (first.base, second.base)
    var alarm = Lanes.zero
    for index in 0..<count {
      let g = gradient[index]
      let m = multiplyAdd(keep1, moment1[index], add1 * g)
      let v = multiplyAdd(keep2, moment2[index], add2 * g * g)
      moment1[index] = m
      moment2[index] = v
      let root = (v * correction).squareRoot() + epsilon
      let w = parameters[index] + scale * m / root
      parameters[index] = w
      alarm = multiplyAdd(w, Lanes.zero, alarm)
    }
    return alarm == .zero
  }

  private func stepRprop(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafePointer<Lanes>,
    _ settings: GradientRule.Rprop
  ) -> Bool {
    let increase = Lanes(repeating: Float(settings.increase))
    let decrease = Lanes(repeating: Float(settings.decrease))
    let minimum = Lanes(repeating: Float(settings.minimumStep))
    let maximum = Lanes(repeating: Float(settings.maximumStep))
    let one = Lanes(repeating: 1)
    let (signs, steps) = (first.base, second.base)
    var alarm = Lanes.zero
    for index in 0..<count {
      let g = gradient[index]
      let sign = Lanes.gated(one, where: g .> Lanes.zero) - .gated(one, where: g .< Lanes.zero)
      // The product of two signs: that of two small gradients could vanish.
      let agreement = sign * signs[index]
      let step = steps[index]
      let longer = step * increase
      let limitedAbove = longer.replacing(with: maximum, where: longer .> maximum)
      let shorter = step * decrease
      let limitedBelow = shorter.replacing(with: minimum, where: shorter .< minimum)
      var next = step.replacing(with: limitedAbove, where: agreement .> Lanes.zero)
      next = next.replacing(with: limitedBelow, where: agreement .< Lanes.zero)
      let taken = sign.replacing(with: Lanes.zero, where: agreement .< Lanes.zero)
      signs[index] = taken
      steps[index] = next
      // A gradient that is no number has no sign; the parameter must show it.
      let w = multiplyAdd(-taken, next, parameters[index]) + (g - g)
      parameters[index] = w
      alarm = multiplyAdd(w, Lanes.zero, alarm)
    }
    return alarm == .zero
  }
}
