/// The rule that turns a gradient into a step; all step sizes are in units of the parameters.
public enum Optimizer: Hashable, Sendable {
  /// w ← w − η g.
  case gradientDescent(learningRate: Double)

  /// v ← μ v − η g, w ← w + v: heavy-ball momentum (Polyak 1964).
  case momentum(learningRate: Double, momentum: Double)

  /// Adaptive moments with bias correction: Kingma and Ba 2015, algorithm 1.
  case adam(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double)

  /// A step size of its own for each parameter, grown while the gradient keeps its sign and shrunk
  /// when it changes: iRprop− of Igel and Hüsken 2000. Meant for the full batch.
  case rprop(Rprop)

  /// Damped Gauss–Newton steps on the squared error, for small widths and the full batch; it needs
  /// the Jacobian, so ``State`` is not for it.
  case levenbergMarquardt(LevenbergMarquardt)

  /// The settings of ``rprop(_:)``.
  public struct Rprop: Hashable, Sendable {
    /// The first step size.
    public var initialStep = 0.1
    /// The factor while the sign stays.
    public var increase = 1.2
    /// The factor when the sign changes.
    public var decrease = 0.5
    /// The smallest step size.
    public var minimumStep = 1e-6
    /// The largest step size.
    public var maximumStep = 50.0

    /// The customary settings (Riedmiller and Braun 1993).
    public init() {}
  }

  /// What an optimizer carries from step to step, for one parameter vector.
  public struct State: Sendable {
    let optimizer: Optimizer
    /// Velocity, first moment, or the gradient before, by optimizer.
    var first: [Double]
    /// Second moment or step size, by optimizer.
    var second: [Double]
    /// β1^t and β2^t, kept as running products.
    var decay1 = 1.0
    var decay2 = 1.0

    /// The state before the first step on `count` parameters, for an optimizer that steps from the
    /// gradient alone.
    public init(_ optimizer: Optimizer, parameters count: Int) {
      if case .levenbergMarquardt = optimizer {
        preconditionFailure("Levenberg–Marquardt steps from the Jacobian, not from a gradient")
      }
      self.optimizer = optimizer
      first = Array(repeating: 0, count: count)
      second = Array(repeating: 0, count: count)
      if case .rprop(let settings) = optimizer {
        second = Array(repeating: settings.initialStep, count: count)
      }
    }

    /// Takes one step from `parameters` against `gradient`, both as long as the state.
    public mutating func step(_ parameters: inout [Double], _ gradient: [Double]) {
      precondition(
        parameters.count == first.count && gradient.count == first.count,
        "\(first.count) parameters expected, got \(parameters.count) and \(gradient.count)")
      switch optimizer {
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
      case .levenbergMarquardt:
        preconditionFailure("Levenberg–Marquardt has no such state")
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
