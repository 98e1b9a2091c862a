public import Networks

/// What can be turned beside the rule of a training by gradients.
public struct GradientOptions: Hashable, Sendable {
  /// What is minimized, as a mean over the rows.
  public var loss = Loss.logistic
  /// How the weights are pulled toward 0, or nil where they are not.
  public var weightDecay: WeightDecay?
  /// How the learning rate changes.
  public var schedule = Schedule()

  /// The logistic loss, no decay, a constant learning rate.
  public init() {}
}

/// A pull of the weights w toward 0, of strength λ; biases are not pulled.
///
/// On plain gradient descent both kinds are one. With momentum and in
/// ``GradientRule/adam(learningRate:beta1:beta2:epsilon:)`` they are not: there the gradient passes
/// through the rule's averages first.
public struct WeightDecay: Hashable, Sendable {
  /// λ, above 0.
  public var coefficient: Double

  /// Whether the pull stands beside the step of the rule, in place of being a part of the gradient.
  ///
  /// *Coupled* (L2) is the gradient g + λ w, that of the loss plus λ/2 Σ w². *Decoupled* is w ← w − η λ w
  /// before the step, with η the learning rate of that step: SGDW and AdamW of Loshchilov and Hutter
  /// 2019, with λ times the learning rate as in PyTorch. It needs a rule with a learning rate.
  public var isDecoupled: Bool

  /// A pull of strength `coefficient`.
  public init(_ coefficient: Double, isDecoupled: Bool = false) {
    precondition(coefficient > 0, "a weight decay of \(coefficient)")
    (self.coefficient, self.isDecoupled) = (coefficient, isDecoupled)
  }
}
