import Foundation
import Networks
import Testing

struct ElementaryFunctionTests {
  /// A function with its bound: the largest error found, in ulps, is written beside it.
  ///
  /// Found by a search over 4·10^6 arguments in each of four or five intervals a function, against
  /// 64-bit significands, and over 40 000 arguments against mpmath.
  struct Function: CustomTestStringConvertible {
    let name: String
    let own: @Sendable (Double) -> Double
    let platform: @Sendable (Double) -> Double
    let bound: Double
    let references: [(x: Double, value: Double)]
    let sweep: [ClosedRange<Double>]

    var testDescription: String { name }
  }

  static let functions = [
    // 0.95 ulp found
    Function(
      name: "exp", own: { Elementary.exp($0) }, platform: { Foundation.exp($0) }, bound: 1,
      references: ReferenceValues.exp, sweep: [-745.2...709.78, -1.5...1.5, -1e-6...1e-6]),
    // 3.69 ulps found, just above the change of branch at 0.34
    Function(
      name: "expm1", own: { Elementary.expm1($0) }, platform: { Foundation.expm1($0) }, bound: 4,
      references: ReferenceValues.expm1,
      sweep: [-40...709.78, -1.2...1.2, 0.15...0.45, -1e-6...1e-6]),
    // 2.91 ulps found, just above 0.17
    Function(
      name: "tanh", own: { Elementary.tanh($0) }, platform: { Foundation.tanh($0) }, bound: 3,
      references: ReferenceValues.tanh, sweep: [-21...21, -0.6...0.6, -1e-6...1e-6]),
    // 2.38 ulps found, at −4.15
    Function(
      name: "sigmoid", own: { Elementary.sigmoid($0) },
      platform: { ($0 < 0 ? Foundation.exp($0) : 1) / (1 + Foundation.exp(-abs($0))) },
      bound: 3, references: ReferenceValues.sigmoid, sweep: [-745.2...40, -6...6, -1e-6...1e-6]),
    // 0.95 ulp found
    Function(
      name: "log", own: { Elementary.log($0) }, platform: { Foundation.log($0) }, bound: 1,
      references: ReferenceValues.log, sweep: [1e-308...1e-300, 0.5...2, 0.99...1.01, 1...1e9]),
    // 1.32 ulps found, at 0.28
    Function(
      name: "log1p", own: { Elementary.log1p($0) }, platform: { Foundation.log1p($0) }, bound: 2,
      references: ReferenceValues.log1p, sweep: [0...1e-6, 0...1, 1...1e9]),
  ]

  /// How far `found` lies from `expected`, in ulps of `expected`.
  private func ulps(_ found: Double, _ expected: Double) -> Double {
    found == expected ? 0 : abs(found - expected) / expected.ulp
  }

  /// The references are rounded themselves, by half an ulp at most.
  ///
  /// Since two doubles lie a whole
  /// number of ulps apart, an error below 3 shows as 3 at most: the bounds stand as they are.
  @Test(arguments: functions)
  func `values at the references are within the bound`(function: Function) {
    for (x, value) in function.references {
      let error = ulps(function.own(x), value)
      #expect(error <= function.bound, "\(function.name)(\(x)): \(function.own(x)), not \(value)")
    }
  }

  /// The platform's function is only itself good to an ulp or so, hence one more than the bound.
  @Test(arguments: functions)
  func `values of a dense sweep are the platform's`(function: Function) {
    let count = 2000
    for interval in function.sweep {
      let width = interval.upperBound - interval.lowerBound
      for index in 0...count {
        let x = interval.lowerBound + width * (Double(index) / Double(count))
        let (own, platform) = (function.own(x), function.platform(x))
        #expect(
          ulps(own, platform) <= function.bound + 1, "\(function.name)(\(x)): \(own), \(platform)")
      }
    }
  }

  @Test func `infinities and what lies beyond the range have their limits`() {
    #expect(Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.exp(709.79) == .infinity)
    #expect(Elementary.exp(709.7827128933841) == .infinity, "the first double above log of 2^1024")
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(-745.1332191019412) == 0, "the first double below log of 2^−1075")
    #expect(Elementary.exp(-1e300) == 0)
    #expect(Elementary.expm1(.infinity) == .infinity)
    #expect(Elementary.expm1(710) == .infinity)
    #expect(Elementary.expm1(-.infinity) == -1)
    #expect(Elementary.tanh(.infinity) == 1)
    #expect(Elementary.tanh(-.infinity) == -1)
    #expect(Elementary.sigmoid(.infinity) == 1)
    #expect(Elementary.sigmoid(-.infinity) == 0)
    #expect(Elementary.sigmoid(-1e300) == 0)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-0.0) == -.infinity)
    #expect(Elementary.log(-1).isNaN)
    #expect(Elementary.log(-.infinity).isNaN)
    #expect(Elementary.log1p(.infinity) == .infinity)
    #expect(Elementary.log1p(.greatestFiniteMagnitude) == Elementary.log(.greatestFiniteMagnitude))
  }

  @Test func `the exact values are exact`() {
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.expm1(0) == 0)
    #expect(Elementary.tanh(0) == 0)
    #expect(Elementary.sigmoid(0) == 0.5)
    #expect(Elementary.log(1) == 0)
    #expect(Elementary.log1p(0) == 0)
  }

  @Test(arguments: functions)
  func `NaN stays NaN`(function: Function) {
    #expect(function.own(.nan).isNaN)
    #expect(function.own(-.nan).isNaN)
  }

  @Test func `tanh is odd to the last bit and stays within 1`() {
    for index in 1...4000 {
      let x = Double(index) / 173
      #expect(Elementary.tanh(-x) == -Elementary.tanh(x), "at \(x)")
      #expect(Elementary.tanh(x) <= 1, "at \(x)")
    }
  }

  /// A step down would let a unit's output fall while its pre-activation grows.
  @Test func `exp does not fall from one tenth of a thousandth to the next`() {
    var last = 0.0
    for index in -4000...4000 {
      let value = Elementary.exp(Double(index) / 10_000)
      #expect(value > last, "at \(index) / 10000")
      last = value
    }
  }
}
