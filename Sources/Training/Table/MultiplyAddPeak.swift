/// The multiply-adds that one core can do: the ceiling of the kernels.
package enum MultiplyAddPeak {
  /// The floating-point operations of ``run(steps:)``, a multiply-add being two.
  package static func operations(steps: Int) -> Int { steps * 12 * 8 * 2 }

  /// Twelve chains of multiply-adds on vectors in registers: two units with a latency of four
  /// cycles need eight to be busy.
  ///
  /// The sum is returned so that the compiler keeps the work.
  package static func run(steps: Int) -> Float {
    let x = Lanes(repeating: 0.999_999)
    let y = Lanes(repeating: 1e-6)
    var a0 = Lanes(repeating: 0.0), a1 = Lanes(repeating: 0.1), a2 = Lanes(repeating: 0.2)
    var a3 = Lanes(repeating: 0.3), a4 = Lanes(repeating: 0.4), a5 = Lanes(repeating: 0.5)
    var a6 = Lanes(repeating: 0.6), a7 = Lanes(repeating: 0.7), a8 = Lanes(repeating: 0.8)
    var a9 = Lanes(repeating: 0.9), a10 = Lanes(repeating: 1.0), a11 = Lanes(repeating: 1.1)
    for _ in 0..<steps {
      a0 = multiplyAdd(a0, x, y)
      a1 = multiplyAdd(a1, x, y)
      a2 = multiplyAdd(a2, x, y)
      a3 = multiplyAdd(a3, x, y)
      a4 = multiplyAdd(a4, x, y)
      a5 = multiplyAdd(a5, x, y)
      a6 = multiplyAdd(a6, x, y)
      a7 = multiplyAdd(a7, x, y)
      a8 = multiplyAdd(a8, x, y)
      a9 = multiplyAdd(a9, x, y)
      a10 = multiplyAdd(a10, x, y)
      a11 = multiplyAdd(a11, x, y)
    }
    let low = (a0 + a1) + (a2 + a3) + (a4 + a5)
    let high = (a6 + a7) + (a8 + a9) + (a10 + a11)
    return (low + high).laneSum
  }
}
