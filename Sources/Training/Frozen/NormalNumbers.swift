import Networks
import Parity

/// Independent normal numbers, N(0, 1), by the polar method of Marsaglia and Bray (SIAM Review 1964).
///
/// A point (u, v) is drawn uniformly from the square (−1, 1)² until s = u² + v² lies in (0, 1);
/// then u·√(−2 ln s / s) and v·√(−2 ln s / s) are two independent normal numbers, given out in this
/// order. The logarithm is `Elementary`'s own and the square root is IEEE's, so that a
/// seed gives the same bytes everywhere.
struct NormalNumbers {
  private var generator: SeededGenerator
  private var kept: Double?

  /// The numbers of a seed and a named stream.
  init(seed: UInt64, stream: String) {
    generator = SeededGenerator(seed: seed, stream: stream)
  }

  /// The next number.
  mutating func next() -> Double {
    if let second = kept {
      kept = nil
      return second
    }
    while true {
      let (u, v) = (generator.symmetric(1), generator.symmetric(1))
      let s = u * u + v * v
      if s > 0 && s < 1 {
        let factor = (-2 * Elementary.log(s) / s).squareRoot()
        kept = v * factor
        return u * factor
      }
    }
  }
}
