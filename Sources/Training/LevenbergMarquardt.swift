/// The settings of ``Optimizer/levenbergMarquardt(_:)`` (Levenberg 1944, Marquardt 1963).
///
/// It minimizes E = ½ Σ (t − y)² over the rows, y = ±1, t = tanh(z/2), by steps δ that solve
///
///     (JᵀJ + μ D) δ = −Jᵀ(t − y)        J = ∂t/∂parameter, of shape (rows, P)
///
/// in double precision. A step that lowers the sum of squares is taken and μ divided by the factor;
/// any other is undone and μ multiplied by it.
///
/// *The output unit.* The usual recipe has a tanh output t = tanh(s), s = Σ v h + c. The output
/// here is logistic, a = 1/(1 + e^−z), z = Σ w h + b, and 2a − 1 = (1 − e^−z)/(1 + e^−z) =
/// tanh(z/2). It is the same network when z = 2s, so with output weights and bias doubled, w = 2v
/// and b = 2c. Then ∂t/∂v = 2 ∂t/∂w, and damping v with μ, (JᵥᵀJᵥ + μ) δᵥ = −Jᵥᵀe, is (JᵀJ + μ/4) δ
/// = −Jᵀe for w. So D is 1/4 for the output unit's parameters and 1 for all others, and both
/// networks take the same path.
///
/// Marquardt's own choice, the diagonal of JᵀJ in place of D, is worse here: from the counting
/// start at n = 8 with 6 units it solved none of 240 seeds, D solved 140.
///
/// *An epoch* is one iteration: J at the present parameters, then up to ``attempts`` steps of it,
/// each with the next larger μ, until one is accepted. An iteration *stalls* when none is accepted;
/// μ stays as large as it has become. After ``stalls`` stalled iterations in a row the run ends
/// early, with the outcome `budget` and the epochs spent.
public struct LevenbergMarquardt: Hashable, Sendable {
  /// The first damping, μ0.
  public var damping = 0.01
  /// What μ is multiplied by after a rejected step and divided by after an accepted one.
  public var factor = 10.0
  /// The steps that one iteration may try.
  public var attempts = 5
  /// The stalled iterations in a row that end the run.
  public var stalls = 3

  /// μ stays within these bounds: below, it changes no step; above, hardly a step is left.
  static let dampingRange = 1e-20...1e20

  /// The customary settings.
  public init() {}
}
