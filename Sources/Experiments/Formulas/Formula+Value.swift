import Networks

extension Formula {
  /// The value at n = `bits`.
  public func value(atBits bits: Int) throws(FormulaError) -> Double {
    try tree.value(bits)
  }

  /// The value at n = `bits`, which must be a whole number in `range`.
  public func whole(
    atBits bits: Int, in range: ClosedRange<Int> = 0...Int(0x1p53)
  ) throws(FormulaError) -> Int {
    let value = try tree.value(bits)
    guard let whole = Int(exactly: value) else { throw .notWhole(value, bits: bits) }
    guard range.contains(whole) else { throw .outside(whole, range, bits: bits) }
    return whole
  }
}

extension Formula.Tree {
  fileprivate func value(_ bits: Int) throws(FormulaError) -> Double {
    let result: Double
    switch self {
    case .number(let value): result = value
    case .bits: result = Double(bits)
    case .negated(let tree): result = -(try tree.value(bits))
    case .sum(let a, let b): result = try a.value(bits) + b.value(bits)
    case .difference(let a, let b): result = try a.value(bits) - b.value(bits)
    case .product(let a, let b): result = try a.value(bits) * b.value(bits)
    case .quotient(let a, let b):
      let divisor = try b.value(bits)
      guard divisor != 0 else { throw .dividesByZero(bits: bits) }
      result = try a.value(bits) / divisor
    case .power(let a, let b): result = try power(a.value(bits), b.value(bits), bits)
    case .call(let function, let arguments):
      var values: [Double] = []
      for argument in arguments {
        values.append(try argument.value(bits))
      }
      result = try call(function, values, bits)
    }
    guard result.magnitude <= 0x1p53 else { throw .overflows(bits: bits) }
    return result
  }

  /// A power by repeated squaring: exact as long as the result is.
  private func power(_ base: Double, _ exponent: Double, _ bits: Int) throws(FormulaError) -> Double
  {
    guard let count = Int(exactly: exponent) else {
      throw .undefined("\(base)^\(exponent)", bits: bits)
    }
    if base == 0 && count < 0 { throw .dividesByZero(bits: bits) }
    var result = 1.0
    var factor = base
    var rest = count.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      rest >>= 1
      factor *= factor
    }
    guard result.isFinite else { throw .overflows(bits: bits) }
    return count < 0 ? 1 / result : result
  }

  private func call(
    _ function: Formula.Function, _ values: [Double], _ bits: Int
  ) throws(FormulaError) -> Double {
    switch function {
    case .ceil: return values[0].rounded(.up)
    case .floor: return values[0].rounded(.down)
    case .min: return Swift.min(values[0], values[1])
    case .max: return Swift.max(values[0], values[1])
    case .sqrt:
      guard values[0] >= 0 else { throw .undefined("sqrt(\(values[0]))", bits: bits) }
      return values[0].squareRoot()
    case .log2:
      guard values[0] > 0 else { throw .undefined("log2(\(values[0]))", bits: bits) }
      return log2(values[0])
    case .binomial:
      guard
        let n = Int(exactly: values[0]), let k = Int(exactly: values[1]), (0...1000).contains(n),
        (0...n).contains(k)
      else { throw .undefined("binomial(\(values[0]), \(values[1]))", bits: bits) }
      // Each partial product is itself a binomial coefficient, so every division is exact.
      return (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
  }

  /// Exact at powers of two, so that `ceil(log2(8))` is 3.
  private func log2(_ x: Double) -> Double {
    let fraction = Elementary.log(x.significand) / Elementary.log(2)
    return Double(x.exponent) + fraction
  }
}
