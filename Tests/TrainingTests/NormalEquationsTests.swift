import Parity
import Testing
import Training

struct NormalEquationsTests {
  @Test func `two equations as solved by hand`() throws {
    // (3+1)a + 2b = −2 and 2a + (5+1)b = −4: a = −1/5, b = −3/5.
    var equations = NormalEquations(scale: [1, 1])
    equations.matrix = [3, 2, 99, 5]
    equations.gradient = [2, 4]
    let isSolved = equations.solve(damping: 1)
    #expect(isSolved)
    #expect(abs(equations.step[0] + 0.2) < 1e-15 && abs(equations.step[1] + 0.6) < 1e-15)
  }

  @Test func `no equations have a solution`() {
    var equations = NormalEquations(scale: [])
    let isSolved = equations.solve(damping: 1)
    #expect(isSolved)
  }

  @Test(arguments: 1...20)
  func `the solution satisfies the equations, whatever their number`(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count), stream: "test")
    let rows = (0..<(count + 3)).map { _ in (0..<count).map { _ in generator.symmetric(1) } }
    var equations = NormalEquations(scale: (0..<count).map { 1 + Double($0 % 3) })
    for i in 0..<count {
      equations.gradient[i] = generator.symmetric(1)
      for j in 0..<count {
        equations.matrix[i * count + j] = rows.reduce(0) { $0 + $1[i] * $1[j] }
      }
    }
    let isSolved = equations.solve(damping: 0.1)
    #expect(isSolved)
    for i in 0..<count {
      var left = 0.1 * equations.scale[i] * equations.step[i]
      for j in 0..<count {
        left += equations.matrix[min(i, j) * count + max(i, j)] * equations.step[j]
      }
      #expect(abs(left + equations.gradient[i]) < 1e-12)
    }
  }

  @Test func `equations that are not positive definite or not finite are not solved`() {
    for matrix in [[1, 2, 2, 1], [0, 0, 0, 0], [-1, 0, 0, 1], [Double.nan, 0, 0, 1]] {
      var equations = NormalEquations(scale: [1, 1])
      equations.matrix = matrix
      let isSolved = equations.solve(damping: 0)
      #expect(!isSolved, "\(matrix)")
    }
    var equations = NormalEquations(scale: [1])
    equations.matrix = [1e-300]
    equations.gradient = [1e300]
    let isFinite = equations.solve(damping: 0)
    #expect(!isFinite)
  }
}
