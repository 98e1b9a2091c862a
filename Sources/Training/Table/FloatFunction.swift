/// One of ``FloatFunctions`` for whole arrays: how the tests reach them.
///
/// Modules built for different processors may pass a vector in different registers, so between
/// modules there are arrays only.
package enum FloatFunction: CaseIterable, Sendable {
  case exp
  case expm1Negative
  case tanh
  case sigmoid
  case log
  case log1pExp

  /// The function's values at `arguments`; a remainder of fewer than eight is filled with zeros.
  package func values(at arguments: [Float]) -> [Float] {
    var values = arguments
    for start in stride(from: 0, to: arguments.count, by: 8) {
      var x = Lanes.zero
      let count = min(8, arguments.count - start)
      for lane in 0..<count { x[lane] = arguments[start + lane] }
      let y = value(at: x)
      for lane in 0..<count { values[start + lane] = y[lane] }
    }
    return values
  }

  private func value(at x: Lanes) -> Lanes {
    switch self {
    case .exp: FloatFunctions.exp(x)
    case .expm1Negative: FloatFunctions.expm1Negative(x)
    case .tanh: FloatFunctions.tanh(x)
    case .sigmoid: FloatFunctions.sigmoid(x)
    case .log: FloatFunctions.log(x)
    case .log1pExp: FloatFunctions.log1pExp(x)
    }
  }
}
