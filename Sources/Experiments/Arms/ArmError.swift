package import Tables

/// A setting of an arm that is impossible at some n, and the key it stands under.
package struct ArmError: Error {
  package let key: String
  package let problem: InputError.Problem
}

extension Sweep {
  /// The values at n = `bits`, or the error with the key that the sweep stands under.
  func values(
    _ key: String, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(ArmError) -> [Int] {
    do {
      return try values(atBits: bits, in: range)
    } catch {
      throw ArmError(key: key, problem: .formula(error.formula.text, error.reason))
    }
  }
}

extension Formula {
  /// The whole number at n = `bits`, or the error with the key that the formula stands under.
  func whole(
    _ key: String, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(ArmError) -> Int {
    do {
      return try whole(atBits: bits, in: range)
    } catch {
      throw ArmError(key: key, problem: .formula(text, error))
    }
  }
}
