import Networks
import Parity
import Testing
import Training

struct FloatFunctionTests {
  /// A function with its bound in ulps, its specification in double precision and where it is tried.
  ///
  /// The largest error found, over every float, is written beside it.
  struct Case: CustomTestStringConvertible {
    let function: FloatFunction
    let specification: @Sendable (Double) -> Double
    let bound: Double
    let sweep: [ClosedRange<Float>]
    /// The FNV-1a hash of the values' bits at ``arguments``: the same in every build, on every machine.
    let hash: UInt64

    var testDescription: String { "\(function)" }

    /// An even spread over each interval, then one over the floats: as many near 0 as far from it.
    var arguments: [Float] {
      let count = 500
      return sweep.flatMap { interval in
        let width = interval.upperBound - interval.lowerBound
        return (0...count).map { interval.lowerBound + width * (Float($0) / Float(count)) }
      } + logarithmic
    }

    private var logarithmic: [Float] {
      let (low, high) = sweep.reduce((Float.infinity, -Float.infinity)) {
        (min($0.0, $1.lowerBound), max($0.1, $1.upperBound))
      }
      let magnitudes = (0..<800).map { Float(bitPattern: 0x0080_0000 + 2_650_003 * UInt32($0)) }
      return (magnitudes + magnitudes.map { -$0 }).filter { $0 >= low && $0 <= high }
    }
  }

  static let cases = [
    // 1.048 ulps found, at 59.29
    Case(
      function: .exp, specification: { Elementary.exp($0) }, bound: 1.1,
      sweep: [-87.336...88.722, -1...1], hash: 0x21C7_C742_EE0A_FB11),
    // 0.981 ulp found, at −0.286
    Case(
      function: .expm1Negative, specification: { Elementary.expm1($0) }, bound: 1,
      sweep: [-100...0, -20...0, -1...0], hash: 0x8506_C771_2D7B_CAE8),
    // 3.863 ulps found, at 0.01515
    Case(
      function: .tanh, specification: { Elementary.tanh($0) }, bound: 3.9,
      sweep: [-10...10, -1...1, 7...9.5], hash: 0x9A18_891C_02F4_DDB7),
    // 2.402 ulps found, at −4.157
    Case(
      function: .sigmoid, specification: { Elementary.sigmoid($0) }, bound: 2.5,
      sweep: [-87.336...100, -8...8], hash: 0x899E_6D0F_390E_C62B),
    // 0.904 ulp found, at 1.398
    Case(
      function: .log, specification: { Elementary.log($0) }, bound: 1,
      sweep: [.leastNormalMagnitude...0x1p127, 0.25...4, 0.99...1.01], hash: 0x834B_9AA4_3F3F_9824),
    // 3.022 ulps found, at 0.0181
    Case(
      function: .log1pExp,
      specification: { max($0, 0) + Elementary.log1p(Elementary.exp(-$0.magnitude)) }, bound: 3.1,
      sweep: [-87.336...100, -8...8], hash: 0x44ED_78E6_B3E3_3B42),
  ]

  /// The distance of the floats around `value`.
  private func ulp(around value: Double) -> Double {
    // A float rounded up to a power of two has the wider distance, which `value` has not.
    let rounded = Float(value).magnitude
    return Double(Double(rounded) > value.magnitude ? rounded.nextDown.ulp : rounded.ulp)
  }

  @Test(arguments: cases)
  func `values are those of double precision within the bound`(tried: Case) {
    let arguments = tried.arguments
    for (x, value) in zip(arguments, tried.function.values(at: arguments)) {
      let expected = tried.specification(Double(x))
      let error = (Double(value) - expected).magnitude
      #expect(error <= tried.bound * ulp(around: expected), "at \(x): \(value), not \(expected)")
    }
  }

  @Test(arguments: cases)
  func `every build gives the recorded bits`(tried: Case) {
    let bits = tried.function.values(at: tried.arguments).map { String($0.bitPattern, radix: 16) }
    #expect(FNV1a.hash(bits.joined(separator: " ")) == tried.hash)
  }

  @Test(arguments: FloatFunction.allCases)
  func `NaN stays NaN`(function: FloatFunction) {
    let payloads = [Float.nan, -.nan, Float(nan: 0x1F, signaling: false), Float(bitPattern: .max)]
    for value in function.values(at: payloads) { #expect(value.isNaN) }
  }

  @Test func `infinities and what lies beyond the range have their limits`() {
    let infinity = Float.infinity
    #expect(FloatFunction.exp.values(at: [infinity, 88.72284]) == [infinity, infinity])
    #expect(FloatFunction.exp.values(at: [-infinity, -87.34, -1e30]) == [0, 0, 0])
    for value in FloatFunction.exp.values(at: [88.72283, -87.33654]) { #expect(value.isNormal) }
    #expect(FloatFunction.expm1Negative.values(at: [-infinity, -1e30, -20]) == [-1, -1, -1])
    #expect(FloatFunction.tanh.values(at: [-infinity, -9, 9, infinity]) == [-1, -1, 1, 1])
    #expect(FloatFunction.sigmoid.values(at: [-infinity, -87.34, 88, infinity]) == [0, 0, 1, 1])
    #expect(FloatFunction.log.values(at: [infinity, 0, -0.0]) == [infinity, -infinity, -infinity])
    for value in FloatFunction.log.values(at: [-1, -infinity]) { #expect(value.isNaN) }
    #expect(
      FloatFunction.log1pExp.values(at: [-infinity, -87.34, 1e30, infinity])
        == [0, 0, 1e30, infinity])
  }

  @Test func `the exact values are exact`() {
    #expect(FloatFunction.exp.values(at: [0, -0.0]) == [1, 1])
    #expect(FloatFunction.expm1Negative.values(at: [0, -0.0]) == [0, 0])
    #expect(FloatFunction.tanh.values(at: [0, -0.0]) == [0, 0])
    #expect(FloatFunction.sigmoid.values(at: [0, -0.0]) == [0.5, 0.5])
    #expect(FloatFunction.log.values(at: [1]) == [0])
  }

  @Test func `tanh is odd to the last bit and stays within 1`() {
    let arguments = (0...2000).map { Float($0) / 197 }
    let values = FloatFunction.tanh.values(at: arguments)
    let mirrored = FloatFunction.tanh.values(at: arguments.map { -$0 })
    for (index, x) in arguments.enumerated() {
      #expect((-mirrored[index]).bitPattern == values[index].bitPattern, "at \(x)")
      #expect(values[index] <= 1, "at \(x)")
      // Steps down happen between neighbouring floats only.
      if index > 0 { #expect(values[index] >= values[index - 1] - 0x1p-22, "at \(x)") }
    }
  }

  /// The gradient of a row that is nearly right: what is left of it must not be noise.
  @Test func `a small sigmoid keeps its relative accuracy`() {
    let margins = (1...80).map { -Float($0) }
    for (s, value) in zip(margins, FloatFunction.sigmoid.values(at: margins)) {
      let expected = Elementary.sigmoid(Double(s))
      #expect((Double(value) / expected - 1).magnitude < 4e-7, "at \(s)")
    }
  }
}
