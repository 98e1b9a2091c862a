import Networks

/// The vector form of an activation: the twin of `Activation` for eight rows.
protocol LaneActivation {
  /// Whether g(c·z) = c·g(z) for c > 0.
  ///
  /// Then Σ a·d follows from other sums and g′ from the sign of z, so that a ``ShallowPass`` need
  /// not store values for the backward pass.
  static var isHomogeneous: Bool { get }

  /// s, where g(z) follows from e^(s·z); 0 where it does not.
  static var exponent: Float { get }

  /// Whether g(z) takes z besides e^(s·z).
  static var needsSum: Bool { get }

  /// g(z).
  static func value(_ z: Lanes) -> Lanes

  /// g(z) from e^(s·z) = x·y.
  static func value(_ z: Lanes, power x: Lanes, times y: Lanes) -> Lanes

  /// d·g′(z), from a = g(z).
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes

  /// d·g′(z) from a = g(z) and a·d.
  static func pullBack(_ d: Lanes, output a: Lanes, product: Lanes) -> Lanes

  /// d·g′(z) of a homogeneous g, from where z is positive.
  static func pullBack(_ d: Lanes, wherePositive isPositive: SIMDMask<SIMD8<Int32>>) -> Lanes
}

extension LaneActivation {
  static var isHomogeneous: Bool { false }
  static var exponent: Float { 0 }
  static var needsSum: Bool { exponent == 0 }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes, product: Lanes) -> Lanes {
    pullBack(d, output: a)
  }

  @inline(__always)
  static func value(_ z: Lanes, power x: Lanes, times y: Lanes) -> Lanes { value(z) }

  @inline(__always)
  static func pullBack(_ d: Lanes, wherePositive isPositive: SIMDMask<SIMD8<Int32>>) -> Lanes {
    preconditionFailure("g′ does not follow from the sign of z")
  }
}

/// max(z, 0).
enum LaneReLU: LaneActivation {
  static var isHomogeneous: Bool { true }

  @inline(__always)
  static func value(_ z: Lanes) -> Lanes {
    // Compared this way round, NaN passes through, and the run is seen to diverge.
    z.replacing(with: Lanes.zero, where: z .< Lanes.zero)
  }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes { .gated(d, where: a .> Lanes.zero) }

  @inline(__always)
  static func pullBack(_ d: Lanes, wherePositive isPositive: SIMDMask<SIMD8<Int32>>) -> Lanes {
    .gated(d, where: isPositive)
  }
}

/// z where z is positive, 0.01·z elsewhere.
enum LaneLeakyReLU: LaneActivation {
  static var isHomogeneous: Bool { true }

  @inline(__always)
  static func value(_ z: Lanes) -> Lanes {
    z.replacing(with: z * Float(Activation.leak), where: z .< Lanes.zero)
  }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes {
    pullBack(d, wherePositive: a .> Lanes.zero)
  }

  @inline(__always)
  static func pullBack(_ d: Lanes, wherePositive isPositive: SIMDMask<SIMD8<Int32>>) -> Lanes {
    (d * Float(Activation.leak)).replacing(with: d, where: isPositive)
  }
}

/// z where z is positive, e^z − 1 elsewhere.
enum LaneELU: LaneActivation {
  static var exponent: Float { 1 }
  static var needsSum: Bool { true }

  @inline(__always)
  static func value(_ z: Lanes, power x: Lanes, times y: Lanes) -> Lanes {
    z.replacing(with: multiplyAdd(x, y, Lanes(repeating: -1)), where: z .< Lanes.zero)
  }

  @inline(__always)
  static func value(_ z: Lanes) -> Lanes {
    let below = FloatFunctions.expm1Negative(z.replacing(with: Lanes.zero, where: z .> Lanes.zero))
    return z.replacing(with: below, where: z .< Lanes.zero)
  }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes {
    multiplyAdd(d, a, d).replacing(with: d, where: a .> Lanes.zero)
  }
}

/// tanh z.
enum LaneTanh: LaneActivation {
  static var exponent: Float { 2 }

  /// 1 − 2/(1 + e^2z).
  @inline(__always)
  static func value(_ z: Lanes, power x: Lanes, times y: Lanes) -> Lanes {
    let one = Lanes(repeating: 1)
    return one - Lanes(repeating: 2) / multiplyAdd(x, y, one)
  }

  @inline(__always)
  static func value(_ z: Lanes) -> Lanes { FloatFunctions.tanh(z) }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes {
    d * multiplyAdd(negated(a), a, Lanes(repeating: 1))
  }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes, product: Lanes) -> Lanes {
    multiplyAdd(negated(product), a, d)
  }
}

/// 1 / (1 + e^−z).
enum LaneSigmoid: LaneActivation {
  static var exponent: Float { -1 }

  /// 1/(1 + e^−z).
  @inline(__always)
  static func value(_ z: Lanes, power x: Lanes, times y: Lanes) -> Lanes {
    let one = Lanes(repeating: 1)
    return one / multiplyAdd(x, y, one)
  }

  @inline(__always)
  static func value(_ z: Lanes) -> Lanes { FloatFunctions.sigmoid(z) }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes) -> Lanes { d * multiplyAdd(negated(a), a, a) }

  @inline(__always)
  static func pullBack(_ d: Lanes, output a: Lanes, product: Lanes) -> Lanes {
    multiplyAdd(negated(product), a, product)
  }
}
