/// Eight rows, or eight parameters, in single precision: the vector of all kernels over the table.
///
/// It has eight lanes on every machine, so that sums are formed in the same order everywhere. It
/// takes one register with AVX2, two with NEON or SSE.
typealias Lanes = SIMD8<Float>

/// a·b + c with one rounding.
@inline(__always)
func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  c.addingProduct(a, b)
}

/// −x, as a flip of the sign bit, which a multiply-add takes up; the operator −x is 0 − x.
@inline(__always)
func negated(_ x: Lanes) -> Lanes {
  let sign = SIMD8<UInt32>(repeating: 0x8000_0000)
  return unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt32>.self) ^ sign, to: Lanes.self)
}

extension SIMD8<Float> {
  /// `yes` where the condition holds, 0 elsewhere.
  @inline(__always)
  static func gated(_ yes: Lanes, where condition: SIMDMask<SIMD8<Int32>>) -> Lanes {
    // As bits: a selection lane by lane is not always turned back into one instruction.
    let mask = unsafeBitCast(condition, to: SIMD8<Int32>.self)
    return unsafeBitCast(mask & unsafeBitCast(yes, to: SIMD8<Int32>.self), to: Lanes.self)
  }

  /// The sum of all lanes: the halves, then neighbours, then the pair.
  @inline(__always)
  var laneSum: Float {
    let fours = lowHalf + highHalf
    return (fours[0] + fours[1]) + (fours[2] + fours[3])
  }
}
