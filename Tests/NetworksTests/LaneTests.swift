import Networks
import Parity
import Testing

struct LaneTests {
  private func eight(_ x: [Double]) -> [Double] {
    var vectors = stride(from: 0, to: x.count, by: 8).map { start in
      SIMD8<Double>((0..<8).map { x[min(start + $0, x.count - 1)] })
    }
    vectors.withUnsafeMutableBufferPointer {
      guard let address = $0.baseAddress else { return }
      Elementary.tanh(address, count: $0.count)
    }
    return x.indices.map { vectors[$0 / 8][$0 % 8] }
  }

  @Test(arguments: [UInt64(1), 2])
  func `tanh of eight numbers has the bits of tanh of each`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var x: [Double] = [
      0, -0.0, 0.17, 0.34, -0.17, 20, -20, 20.nextDown, 1e-300, -Double.leastNonzeroMagnitude,
      1e300, .infinity,
      -.infinity, 0.17.nextDown, 0.17.nextUp, 0.17328679513998632,
    ]
    for limit in [1e-9, 0.2, 0.4, 2, 25, 1000] {
      x += (0..<4000).map { _ in generator.symmetric(limit) }
    }
    let found = eight(x)
    for (x, found) in zip(x, found) {
      #expect(found.bitPattern == Elementary.tanh(x).bitPattern, "\(x)")
    }
  }

  @Test func `a number that is none stays none, and its neighbours are right`() {
    let found = eight([.nan, 1, 2, .signalingNaN, 3, 4, 5, 6])
    #expect(found[0].isNaN && found[3].isNaN)
    #expect(found[1] == Elementary.tanh(1) && found[7] == Elementary.tanh(6))
  }
}
