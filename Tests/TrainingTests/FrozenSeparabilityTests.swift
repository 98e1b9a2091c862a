import Networks
import Parity
import Testing
import Training

struct FrozenSeparabilityTests {
  private static func matrix(_ rows: [[Double]]) -> Matrix {
    var matrix = Matrix(height: rows.count, width: rows[0].count)
    matrix.elements = rows.flatMap { $0 }
    return matrix
  }

  private static let xor: [UInt8] = [0, 1, 1, 0]
  private static let inputs: [[Double]] = [[1, 1, 1, 1], [-1, 1, -1, 1], [-1, -1, 1, 1]]
  private static let plain = matrix(inputs)
  private static let withProduct = matrix(inputs + [[1, -1, -1, 1]])

  @Test func `XOR of its inputs is refuted by the mean of all four rows`() throws {
    let answer = Separability.decide(Self.plain, labels: Self.xor)
    guard case .notSeparable(let refutation) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(refutation.weights.allSatisfy { abs($0 - 0.25) <= 1e-15 })
    guard case .exact = refutation.check(Self.plain, labels: Self.xor) else {
      Issue.record("the proof is not exact")
      return
    }
    #expect(
      Refutation(weights: [0.25, 0.25, 0.25, 0.25]).check(Self.plain, labels: Self.xor)
        == .exact(deviation: 0))
  }

  @Test func `XOR is separated by the product of its inputs`() throws {
    let answer = Separability.decide(Self.withProduct, labels: Self.xor)
    guard case .separable(let weights) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(weights.check(Self.withProduct, labels: Self.xor) != nil)
    #expect(weights.weights[3] < 0)
  }

  @Test(arguments: 0..<16)
  func `of the 16 functions of two inputs only XOR and its complement are not linear`(code: Int) {
    let labels = (0..<4).map { UInt8(code >> $0 & 1) }
    switch Separability.decide(Self.plain, labels: labels) {
    case .separable(let weights):
      #expect(code != 6 && code != 9)
      #expect(weights.check(Self.plain, labels: labels) != nil)
    case .notSeparable(let refutation):
      #expect(code == 6 || code == 9)
      #expect(refutation.check(Self.plain, labels: labels) != nil)
    case .undecided:
      Issue.record("undecided")
    }
  }

  /// Cover 1965: of the 2^N labellings of N points in general position, homogeneous hyperplanes in
  /// d dimensions separate C(N, d) = 2 Σ_{k<d} binomial(N − 1, k).
  @Test(arguments: [(5, 2), (6, 3), (7, 3), (8, 4), (8, 8), (7, 9)])
  func `as many labellings are separable as Cover counted`(points: Int, dimension: Int) {
    var generator = SeededGenerator(seed: 11, stream: "points")
    let features = Self.matrix(
      (0..<dimension).map { _ in (0..<points).map { _ in generator.symmetric(1) } })
    var (separable, refuted) = (0, 0)
    for code in 0..<(1 << points) {
      let labels = (0..<points).map { UInt8(code >> $0 & 1) }
      switch Separability.decide(features, labels: labels) {
      case .separable(let weights):
        separable += 1
        #expect(weights.check(features, labels: labels) != nil)
      case .notSeparable(let refutation):
        refuted += 1
        guard case .exact = refutation.check(features, labels: labels) else {
          Issue.record("labels \(code) are refuted but not exactly")
          continue
        }
      case .undecided:
        Issue.record("labels \(code) are undecided")
      }
    }
    var (cover, binomial) = (0, 1)
    for k in 0..<dimension {
      cover += 2 * binomial
      binomial = binomial * (points - 1 - k) / (k + 1)
    }
    #expect(separable == cover)
    #expect(separable + refuted == 1 << points)
  }

  /// On three inputs 104 of the 256 functions are thresholds, on four 1882 of 65536 (Muroga 1971).
  @Test func `104 functions of three inputs are linear thresholds`() {
    let features = Self.matrix(
      [Array(repeating: 1, count: 8)]
        + (0..<3).map { input in (0..<8).map { $0 >> input & 1 == 1 ? 1 : -1 } })
    var separable = 0
    for code in 0..<256 {
      let labels = (0..<8).map { UInt8(code >> $0 & 1) }
      switch Separability.decide(features, labels: labels) {
      case .separable: separable += 1
      case .notSeparable(let refutation):
        guard case .exact = refutation.check(features, labels: labels) else {
          Issue.record("labels \(code) are refuted but not exactly")
          continue
        }
      case .undecided: Issue.record("labels \(code) are undecided")
      }
    }
    #expect(separable == 104)
  }

  @Test func `weights of a single label are separated by a constant and two labels are not`() {
    let constant = Self.matrix([[1, 1, 1]])
    guard case .separable = Separability.decide(constant, labels: [1, 1, 1]) else {
      Issue.record("one label")
      return
    }
    guard case .notSeparable = Separability.decide(constant, labels: [1, 0, 1]) else {
      Issue.record("two labels")
      return
    }
  }
}
