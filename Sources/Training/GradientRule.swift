/// How a gradient g becomes a step of the parameters w; all step sizes are in units of the parameters.
public enum GradientRule: Hashable, Sendable {
  /// w ← w − η g.
  case gradientDescent(learningRate: Double)

  /// v ← μ v − η g, w ← w + v: heavy-ball momentum (Polyak 1964).
  case momentum(learningRate: Double, momentum: Double)

  /// Adaptive moments with bias correction: Kingma and Ba 2015, algorithm 1.
  case adam(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double)

  /// A step size of its own for each parameter, grown while the gradient keeps its sign and shrunk
  /// when it changes: iRprop− of Igel and Hüsken 2000. It is meant for the full batch, since it trusts
  /// the sign of every gradient.
  case rprop(Rprop)

  /// η, for the rules that have one.
  public var learningRate: Double? {
    switch self {
    case .gradientDescent(let rate), .momentum(let rate, _), .adam(let rate, _, _, _): rate
    case .rprop: nil
    }
  }

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
}
