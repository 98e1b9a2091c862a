/// The exact rank of matrices of −1, 0 and 1, such as the features of step units.
///
/// Modulo a prime, elimination is exact. A matrix of rank above r has an r + 1 rowed minor that is
/// not 0; by Hadamard's inequality that minor is at most (r + 1)^((r + 1) / 2). If the rank is at
/// most r modulo each of several primes, every such minor is divisible by their product; once the
/// product exceeds Hadamard's bound all of them are 0, and the rank is at most r over the rationals.
enum IntegerRank {
  /// Whether the rank is proven to be at most `rank`; false for matrices of other numbers.
  static func isAtMost(_ rank: Int, of matrix: [[Double]]) -> Bool {
    guard matrix.allSatisfy({ $0.allSatisfy { $0 == 0 || $0.magnitude == 1 } }) else {
      return false
    }
    let size = rank + 1
    // log2 of the bound, with the logarithm of the size rounded up to a whole number.
    let bits = size * (Int.bitWidth - size.leadingZeroBitCount) / 2 + 1
    var prime: UInt64 = 1 << 31
    // Every prime counted lies above 2^30.
    for _ in 0...(bits / 30) {
      repeat { prime -= 1 } while !isPrime(prime)
      guard self.rank(of: matrix, modulo: prime) <= rank else { return false }
    }
    return true
  }

  /// The rank modulo a prime p below 2^31, by elimination.
  static func rank(of matrix: [[Double]], modulo p: UInt64) -> Int {
    var rows = matrix.map { row in row.map { $0 < 0 ? p - 1 : UInt64($0) } }
    var rank = 0
    for column in 0..<(rows.first?.count ?? 0) {
      guard let pivot = (rank..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(rank, pivot)
      let inverse = power(rows[rank][column], p - 2, modulo: p)
      for other in (rank + 1)..<max(rank + 1, rows.count) where rows[other][column] != 0 {
        let factor = p - rows[other][column] * inverse % p
        for k in column..<rows[other].count {
          rows[other][k] = (rows[other][k] + factor * rows[rank][k]) % p
        }
      }
      rank += 1
      if rank == rows.count { break }
    }
    return rank
  }

  private static func power(_ base: UInt64, _ exponent: UInt64, modulo p: UInt64) -> UInt64 {
    var (result, square, rest): (UInt64, UInt64, UInt64) = (1, base % p, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square % p }
      square = square * square % p
      rest >>= 1
    }
    return result
  }

  private static func isPrime(_ number: UInt64) -> Bool {
    var divisor: UInt64 = 2
    while divisor * divisor <= number {
      if number % divisor == 0 { return false }
      divisor += 1
    }
    return number > 1
  }
}
