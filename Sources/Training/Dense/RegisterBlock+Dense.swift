extension RegisterBlock {
  /// Starts every row at the same two vectors.
  @inline(__always)
  mutating func start(height: Int, vectors: UnsafePointer<Lanes>) {
    let (v0, v1) = (vectors[0], vectors[1])
    update(height: height) { _, a, b in
      a = v0
      b = v1
    }
  }

  /// Stores every row, two vectors each.
  @inline(__always)
  func store(height: Int, to y: UnsafeMutablePointer<Lanes>) {
    read(height: height) { row, a, b in
      y[2 &* row] = a
      y[2 &* row &+ 1] = b
    }
  }

  /// Takes the rows as dA, writes dZ over the values `y`, `rowStep` vectors apart, and adds the dZ
  /// of all rows to the two vectors of `sums`.
  @inline(__always)
  func pullBack<Activation: LaneActivation>(
    height: Int, _ g: Activation.Type, _ y: UnsafeMutablePointer<Lanes>, rowStep: Int,
    _ sums: UnsafeMutablePointer<Lanes>
  ) {
    var (sum0, sum1) = (sums[0], sums[1])
    read(height: height) { row, a, b in
      let d = g.pullBack(a, output: y[row &* rowStep])
      let e = g.pullBack(b, output: y[row &* rowStep &+ 1])
      y[row &* rowStep] = d
      y[row &* rowStep &+ 1] = e
      sum0 += d
      sum1 += e
    }
    sums[0] = sum0
    sums[1] = sum1
  }
}
