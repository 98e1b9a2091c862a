/// A product of literals: fixed inputs and free ones.
public struct Implicant: Hashable, Sendable {
  /// The inputs that occur, as a mask: bit i is set when input i is fixed.
  public let fixed: Int
  /// The values of the fixed inputs; bits of free inputs are 0.
  public let values: Int

  /// A product of the inputs in `fixed`, each with its bit of `values`.
  public init(fixed: Int, values: Int) {
    precondition(values & ~fixed == 0, "a free input has no value")
    self.fixed = fixed
    self.values = values
  }

  /// The number of literals.
  public var literals: Int { fixed.nonzeroBitCount }

  /// Whether the product is 1 on `row`.
  public func covers(_ row: Int) -> Bool { row & fixed == values }
}

/// The prime implicants of a function, and which of them every two-level circuit must have.
///
/// An implicant is a product that is 0 wherever the function is; it is *prime* when it stops being
/// one without any of its literals, and *essential* when it alone among the primes covers some row.
/// The smallest DNF consists of prime implicants and holds every essential one. So where all primes
/// are essential, as for parity, their number is the exact number of terms, proven.
///
/// Method: Quine 1952 and McCluskey 1956. In place of lists of products compared pair by pair, all
/// 3^n products stand in one table indexed by their digits in base 3 (0, 1, free): a product with a
/// free input is an implicant when both products with that input fixed are. 3^n bytes and about
/// n·3^n steps: n = 14 takes 5 MB.
public struct PrimeImplicants: Sendable {
  /// The largest n accepted: 3^16 bytes are 43 MB.
  public static let maximumInputs = 16

  /// All prime implicants that cover a row on which the function is 1, in the order of the table.
  public let all: [Implicant]

  /// The primes without which some row on which the function is 1 is not covered.
  public let essential: [Implicant]

  /// The prime implicants of `function`, which may take any value on the rows of `dontCare`.
  public init(of function: TruthTable, dontCare: [Int] = []) {
    let n = function.inputs
    precondition(n <= Self.maximumInputs, "\(n) inputs, at most \(Self.maximumInputs)")
    var allowed = (0..<function.rowCount).map { function[$0] }
    for row in dontCare { allowed[row] = true }
    let table = ImplicantTable(allowed: allowed, inputs: n)
    let primes = table.primes.filter { prime in
      dontCare.isEmpty || Self.rows(of: prime, inputs: n).contains { function[$0] }
    }
    var covered = [UInt8](repeating: 0, count: function.rowCount)
    for prime in primes {
      for row in Self.rows(of: prime, inputs: n) where covered[row] < 2 {
        covered[row] += 1
      }
    }
    all = primes
    essential = primes.filter { prime in
      Self.rows(of: prime, inputs: n).contains {
        covered[$0] == 1 && function[$0] && !dontCare.contains($0)
      }
    }
  }

  /// The rows a product covers: its values with every subset of the free inputs, in descending order.
  private static func rows(of product: Implicant, inputs: Int) -> some Sequence<Int> {
    let free = ((1 << inputs) - 1) & ~product.fixed
    return sequence(first: free) { $0 == 0 ? nil : ($0 - 1) & free }.lazy.map {
      $0 | product.values
    }
  }
}

/// Which of the 3^n products are implicants.
private struct ImplicantTable {
  /// The weight of input i in the index, 3^i.
  private let weights: [Int]
  private var isImplicant: [Bool]

  /// Digit 2 in base 3 is a free input.
  init(allowed: [Bool], inputs: Int) {
    weights = (0..<inputs).map { input in (0..<input).reduce(1) { power, _ in power * 3 } }
    let count = weights[inputs - 1] * 3
    isImplicant = Array(repeating: false, count: count)
    for index in 0..<count {
      // The products with the input fixed have smaller indices, so they are decided already.
      let (row, free) = parts(of: index)
      isImplicant[index] =
        free.map { isImplicant[index - $0] && isImplicant[index - 2 * $0] } ?? allowed[row]
    }
  }

  /// The implicants that stop being one when any of their inputs is made free.
  var primes: [Implicant] {
    var primes: [Implicant] = []
    for index in isImplicant.indices where isImplicant[index] {
      var (rest, fixed, values) = (index, 0, 0)
      var isPrime = true
      for (input, weight) in weights.enumerated() {
        let digit = rest % 3
        rest /= 3
        guard digit < 2 else { continue }
        fixed |= 1 << input
        values |= digit << input
        if isImplicant[index + (2 - digit) * weight] {
          isPrime = false
          break
        }
      }
      if isPrime { primes.append(Implicant(fixed: fixed, values: values)) }
    }
    return primes
  }

  /// The row of a product without free inputs, or the weight of its lowest free input.
  private func parts(of index: Int) -> (row: Int, free: Int?) {
    var (rest, row) = (index, 0)
    for (input, weight) in weights.enumerated() {
      let digit = rest % 3
      if digit == 2 { return (row, weight) }
      row |= digit << input
      rest /= 3
    }
    return (row, nil)
  }
}
