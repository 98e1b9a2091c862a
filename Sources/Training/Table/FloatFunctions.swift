enum FloatFunctions {
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    let magic = Lanes(repeating: 0x1.8p23)
    let shifted = multiplyAdd(x, Lanes(repeating: 1.4426950408889634), magic)
    let k = shifted - magic
    var r = multiplyAdd(k, Lanes(repeating: -0x1.62e4p-1), x)
    r = multiplyAdd(k, Lanes(repeating: -1.42860677e-6), r)
    var p = Lanes(repeating: 1 / 720)
    p = multiplyAdd(p, r, Lanes(repeating: 1 / 120))
    p = multiplyAdd(p, r, Lanes(repeating: 1 / 24))
    p = multiplyAdd(p, r, Lanes(repeating: 1 / 6))
    p = multiplyAdd(p, r, Lanes(repeating: 0.5))
    p = multiplyAdd(p, r, Lanes(repeating: 1))
    p = multiplyAdd(p, r, Lanes(repeating: 1))
    let bits = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &+ SIMD8<Int32>(repeating: 127)
    return p * unsafeBitCast(bits &<< SIMD8<Int32>(repeating: 23), to: Lanes.self)
  }
  @inline(__always)
  static func sigmoid(_ x: Lanes) -> Lanes {
    let negative = Lanes(repeating: 0).replacing(with: x, where: x .< 0) * 2 - x
    let low = negative.replacing(with: Lanes(repeating: -87), where: negative .< -87)
    let e = exp(low)
    let one = Lanes(repeating: 1)
    return one.replacing(with: e, where: x .< 0) / (one + e)
  }

  @inline(__always)
  static func expm1Negative(_ x: Lanes) -> Lanes { exp(x) - Lanes(repeating: 1) }
  @inline(__always)
  static func tanh(_ x: Lanes) -> Lanes { 2 * sigmoid(2 * x) - Lanes(repeating: 1) }
}
