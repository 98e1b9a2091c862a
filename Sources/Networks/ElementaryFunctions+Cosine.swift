extension Elementary {
  /// cos πx for x in 0...1, within 2·10^−16; exact at 0, ½ and 1.
  ///
  /// The angle is brought to at most π/4 by exact subtractions, and Taylor's polynomials serve there.
  public static func cosPi(_ x: Double) -> Double {
    precondition((0...1).contains(x), "cos πx is asked for x = \(x), expected 0...1")
    if x <= 0.25 { return cosine(.pi * x) }
    return x < 0.75 ? sine(.pi * (0.5 - x)) : -cosine(.pi * (1 - x))
  }

  /// cos y for |y| ≤ π/4.
  private static func cosine(_ y: Double) -> Double {
    let square = y * y
    var sum = 0.0
    for k in stride(from: 9, through: 1, by: -1) {
      sum = -square / Double((2 * k - 1) * (2 * k)) * (1 + sum)
    }
    return 1 + sum
  }

  /// sin y for |y| ≤ π/4.
  private static func sine(_ y: Double) -> Double {
    let square = y * y
    var sum = 0.0
    for k in stride(from: 8, through: 1, by: -1) {
      sum = -square / Double((2 * k) * (2 * k + 1)) * (1 + sum)
    }
    return y + y * sum
  }
}
