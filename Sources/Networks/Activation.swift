/// The function g a hidden unit applies to its pre-activation z.
public enum Activation: String, CaseIterable, Sendable {
  /// 1 / (1 + e^−z).
  case sigmoid
  /// (e^z − e^−z) / (e^z + e^−z).
  case tanh
  /// max(z, 0).
  case relu
  /// z where z is positive, 0.01·z elsewhere.
  case leakyRelu
  /// z where z is positive, e^z − 1 elsewhere (Clevert, Unterthiner, Hochreiter 2016, α = 1).
  case elu
  /// 1 where z is positive (the unit fires), 0 elsewhere: a linear threshold unit.
  ///
  /// Its slope is 0 wherever it has one, so that no gradient passes through it. It serves constructed
  /// networks and frozen features, and ``trainable`` leaves it out.
  case step

  /// The functions that a gradient passes through, in the order they are listed to users.
  public static let trainable: [Activation] = [.sigmoid, .tanh, .relu, .leakyRelu, .elu]

  /// The slope of ``leakyRelu`` left of zero.
  public static let leak = 0.01

  /// g(z).
  public func callAsFunction(_ z: Double) -> Double {
    switch self {
    case .sigmoid: Elementary.sigmoid(z)
    case .tanh: Elementary.tanh(z)
    // Compared this way round, NaN passes through, and the run is seen to diverge.
    case .relu: z < 0 ? 0 : z
    case .leakyRelu: z < 0 ? Self.leak * z : z
    case .elu: z < 0 ? Elementary.expm1(z) : z
    case .step: z > 0 ? 1 : 0
    }
  }

  /// g′(z), given z and a = g(z); where g has a kink or a jump (z = 0) the slope from the left.
  public func derivative(at z: Double, output a: Double) -> Double {
    switch self {
    case .sigmoid: a * (1 - a)
    case .tanh: 1 - a * a
    case .relu: z > 0 ? 1 : 0
    case .leakyRelu: z > 0 ? 1 : Self.leak
    case .elu: z > 0 ? 1 : a + 1
    case .step: 0
    }
  }
}
