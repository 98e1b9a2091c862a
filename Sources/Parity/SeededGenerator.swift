/// The one source of randomness: xoshiro256**, seeded by a number and the name of a stream.
///
/// Data, initialization and order each draw from a stream of their own, so that changing how one of
/// them is used leaves the numbers of the others alone. The same seed and name give the same numbers
/// on every machine and in every version.
///
///     var generator = SeededGenerator(seed: 7, stream: "order")
///
/// Source: Blackman and Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 2021; the
/// state is filled by SplitMix64, as its authors advise.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// All that decides the numbers to come.
  package private(set) var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator for `seed` and the stream called `stream`.
  public init(seed: UInt64, stream: String) {
    var mix = SplitMix64(state: seed ^ FNV1a.hash(stream))
    state = (mix.next(), mix.next(), mix.next(), mix.next())
  }

  /// A generator in a given state, which must not be all zero.
  package init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(state != (0, 0, 0, 0), "xoshiro256** stands still in the all-zero state")
    self.state = state
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotatedLeft(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotatedLeft(state.3, by: 45)
    return result
  }

  private func rotatedLeft(_ word: UInt64, by count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }
}

/// The generator that fills the state of another one: Steele, Lea and Flood, OOPSLA 2014.
package struct SplitMix64 {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
