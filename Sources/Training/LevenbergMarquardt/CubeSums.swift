/// The sums over all rows of a function times one input, or times a product of two.
///
/// A function f of n inputs x = ±1 is given by its 2^n values in the order of the rows, where bit i
/// of a row is on when x_i = 1. A vector holds eight values, so there are 2^m vectors, m = n − 3,
/// and the lowest three bits of a row are its lane. With x_n = 1 for the constant, the sums are
///
///     first[i]             Σ_x f(x) x_i           i = 0…n
///     second[i·(n+1) + j]  Σ_x f(x) x_i x_j       i ≥ j
///
/// They are the entries of degree 0, 1 and 2 of the Walsh–Hadamard transform, whose 2^n entries
/// take n·2^n additions. Each step here splits f at its highest bit. The sum of the two halves is a
/// function of one input less with the same sums over the other inputs; their difference gives the
/// sums that have the highest input as a factor, and needs one degree less. Each step leaves half
/// as many numbers, so that `first` takes 3·2^n additions and `second` about 5·2^n.
package enum CubeSums {
  /// The inputs that tell the lanes of a vector apart.
  package static let laneBits = 3

  /// The sums of degree 0 and 1 of the 2^m vectors at `f`, which are overwritten; `first` has room
  /// for m + 4 numbers.
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

  /// The sums of degree 0, 1 and 2 of the 2^m vectors at `f`, which are overwritten; `second` has
  /// room for (m + 4)² numbers.
  ///
  /// `scratch` has room for 2^(m−1) vectors, and for one at least.
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
      // This writes row i, with its constant at column i; the constant belongs to row n.
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
