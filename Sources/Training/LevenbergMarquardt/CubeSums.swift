/// Sums over the hypercube of a function against its inputs: a truncated Walsh–Hadamard transform.
///
/// A function of n inputs x = ±1 is given by its 2^n values in the order of the rows (bit i on is
/// x_i = 1), eight to a vector, 2^m vectors, n = m + 3: the lowest three bits are the lane. With
/// x_n = 1 standing for the constant,
///
///     first[i]             Σ_x f(x) x_i           i = 0…n
///     second[i·(n+1) + j]  Σ_x f(x) x_i x_j       i ≥ j
///
/// The full transform takes n·2^n additions. Where only degrees up to 2 are asked for, the sums of
/// two halves carry degree 2 on, their differences degree 1, differences of differences degree 0:
/// each step leaves half as many numbers, 3·2^n additions for `first` and about 5·2^n for `second`.
package enum CubeSums {
  /// The inputs that tell the lanes of a vector apart.
  package static let laneBits = 3

  /// Degrees 0 and 1 of the 2^m vectors at `f`, which are overwritten; `first` has room for m + 4.
  package static func first(
    _ f: UnsafeMutablePointer<SIMD8<Double>>, _ m: Int, into first: UnsafeMutablePointer<Double>
  ) {
    for bit in stride(from: m - 1, through: 0, by: -1) {
      let half = 1 << bit
      var difference = SIMD8<Double>.zero
      for index in 0..<half {
        let (low, high) = (f[index], f[index + half])
        difference += high - low
        f[index] = low + high
      }
      first[laneBits + bit] = sum(difference)
    }
    lanes(f[0], into: first, constant: m + laneBits)
  }

  /// Degrees 0, 1 and 2 of the 2^m vectors at `f`, which are overwritten like the 2^(m−1), at least
  /// one, at `scratch`; `second` has room for (m + 4)².
  package static func second(
    _ f: UnsafeMutablePointer<SIMD8<Double>>, scratch: UnsafeMutablePointer<SIMD8<Double>>,
    _ m: Int, into second: UnsafeMutablePointer<Double>
  ) {
    let n = m + laneBits
    for bit in stride(from: m - 1, through: 0, by: -1) {
      let half = 1 << bit
      for index in 0..<half {
        let (low, high) = (f[index], f[index + half])
        scratch[index] = high - low
        f[index] = low + high
      }
      // Row i of the result, its constant at i: moved to row n, where constants stand.
      let row = second + (laneBits + bit) * (n + 1)
      first(scratch, bit, into: row)
      second[n * (n + 1) + laneBits + bit] = row[laneBits + bit]
    }
    let total = f[0]
    lanes(total, into: second + n * (n + 1), constant: n)
    second[1 * (n + 1) + 0] = sum(total * signs(0) * signs(1))
    second[2 * (n + 1) + 0] = sum(total * signs(0) * signs(2))
    second[2 * (n + 1) + 1] = sum(total * signs(1) * signs(2))
    for input in 0..<n {
      second[input * (n + 1) + input] = second[n * (n + 1) + n]
    }
  }

  /// The eight lanes added up, pairwise.
  @inline(__always)
  package static func sum(_ x: SIMD8<Double>) -> Double {
    let fours = x.lowHalf + x.highHalf
    let twos = fours.lowHalf + fours.highHalf
    return twos[0] + twos[1]
  }

  /// x_bit in each lane, for a bit below ``laneBits``.
  package static func signs(_ bit: Int) -> SIMD8<Double> {
    switch bit {
    case 0: SIMD8(-1, 1, -1, 1, -1, 1, -1, 1)
    case 1: SIMD8(-1, -1, 1, 1, -1, -1, 1, 1)
    default: SIMD8(-1, -1, -1, -1, 1, 1, 1, 1)
    }
  }

  @inline(__always)
  private static func lanes(
    _ total: SIMD8<Double>, into first: UnsafeMutablePointer<Double>, constant: Int
  ) {
    first[0] = sum(total * signs(0))
    first[1] = sum(total * signs(1))
    first[2] = sum(total * signs(2))
    first[constant] = sum(total)
  }
}
