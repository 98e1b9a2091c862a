/// The first hidden layer of a ``DeepPass``, computed along the cube of inputs.
///
/// The pre-activations z of a unit on a panel of 16 rows are a pattern over the four lowest bits
/// plus a constant for the other bits. The constants of a tile's panels follow by doubling, eight
/// units at once.
struct CubeLayer: ~Copyable {
  private let bits: Int
  private let units: Int
  private let panelBits: Int
  private let off: Float
  private let on: Float
  private let start: CubeStart
  /// Vectors that hold a number for each unit.
  private let width: Int
  /// The weights of each input, then the biases, unit by unit.
  private let columns: LaneMemory
  private let panelConstants: LaneMemory
  /// The two vectors of each unit's pattern.
  let patterns: LaneMemory

  init(_ rows: TableRows, units: Int, panelBits: Int) {
    bits = rows.bits
    self.units = units
    self.panelBits = panelBits
    off = rows.off
    on = rows.on
    start = CubeStart(rows)
    width = (units + 7) / 8
    columns = LaneMemory(width * (rows.bits + 1))
    panelConstants = LaneMemory(width << panelBits)
    patterns = LaneMemory(2 * units)
  }

  // MARK: Forward

  /// Sets patterns and columns for new parameters.
  func prepare(_ parameters: UnsafePointer<Float>) {
    let columns = columns.floats
    for unit in 0..<units {
      let w = parameters + unit &* bits
      let p = start.vector(w, stride: 1)
      patterns.base[2 &* unit] = p
      patterns.base[2 &* unit &+ 1] = p + start.step(w, input: 3, stride: 1)
      for input in stride(from: 3, to: bits, by: 1) {
        columns[8 &* width &* input &+ unit] = w[input]
      }
      columns[8 &* width &* bits &+ unit] = parameters[units &* bits &+ unit]
    }
  }

  /// The constants of all panels of a tile.
  func setConstants(_ tile: Int) {
    for index in 0..<width {
      start.place(
        columns.base + index, stride: width, first: 4, doubled: panelBits, position: tile,
        into: panelConstants.base + index, perPattern: width)
    }
  }

  @inline(__always)
  func constants(ofPanel panel: Int) -> UnsafeMutablePointer<Float> {
    panelConstants.floats + 8 &* width &* panel
  }

  // MARK: Backward

  /// Adds a tile to the sums over all rows and over those with each bit from 3 on.
  ///
  /// `d` holds two vectors for each unit, `step` apart from panel to panel: the sum of the panel's
  /// dZ, and its second vector.
  func addGradient(
    _ d: UnsafeMutablePointer<Lanes>, step: Int, _ tile: Int, _ sums: UnsafeMutablePointer<Lanes>
  ) {
    for unit in 0..<units {
      let d = d + 2 &* unit
      let sum = sums + unit &* bits
      if panelBits == 3 {
        let s3 = (d[1] + d[step &+ 1]) + (d[2 &* step &+ 1] + d[3 &* step &+ 1])
        let t3 =
          (d[4 &* step &+ 1] + d[5 &* step &+ 1]) + (d[6 &* step &+ 1] + d[7 &* step &+ 1])
        let p1 = d[step]
        let p3 = d[3 &* step]
        let p5 = d[5 &* step]
        let p7 = d[7 &* step]
        let s01 = d[0] + p1
        let s23 = d[2 &* step] + p3
        let s45 = d[4 &* step] + p5
        let s67 = d[6 &* step] + p7
        let high = s45 + s67
        sum[3] += s3 + t3
        sum[4] += (p1 + p3) + (p5 + p7)
        sum[5] += s23 + s67
        sum[6] += high
        d[0] = (s01 + s23) + high
      } else {
        halve(d, step, sum)
      }
      let total = d[0]
      sums[units &* bits &+ unit] += total
      for input in stride(from: 4 &+ panelBits, to: bits, by: 1)
      where tile &>> (input &- 4 &- panelBits) & 1 == 1 {
        sum[input] += total
      }
    }
  }

  /// The same in a table of fewer than eight panels.
  private func halve(
    _ d: UnsafeMutablePointer<Lanes>, _ step: Int, _ sum: UnsafeMutablePointer<Lanes>
  ) {
    if bits > 3 {
      var upper = Lanes.zero
      for panel in 0..<(1 &<< panelBits) { upper += d[panel &* step &+ 1] }
      sum[3] += upper
    }
    for bit in stride(from: panelBits &- 1, through: 0, by: -1) {
      let half = d + step &<< bit
      var upper = Lanes.zero
      for panel in 0..<(1 &<< bit) {
        let more = half[panel &* step]
        upper += more
        d[panel &* step] += more
      }
      sum[4 &+ bit] += upper
    }
  }

  /// The sums over the rows with the bits 0 to 2, from those over all rows.
  func finish(_ sums: UnsafeMutablePointer<Lanes>) {
    for unit in 0..<units {
      let total = sums[units &* bits &+ unit]
      let sum = sums + unit &* bits
      sum[0] = total * Lanes(0, 1, 0, 1, 0, 1, 0, 1)
      if bits > 1 { sum[1] = total * Lanes(0, 0, 1, 1, 0, 0, 1, 1) }
      if bits > 2 { sum[2] = total * Lanes(0, 0, 0, 0, 1, 1, 1, 1) }
    }
  }

  /// The gradient of the weights, Σ off·dZ + (on − off)·(Σ dZ over the rows with the bit), in the
  /// place of the sums over the rows with the bit.
  func combine(_ gradient: UnsafeMutablePointer<Float>) {
    let step = on - off
    for unit in 0..<units {
      let base = off * gradient[units &* bits &+ unit]
      let g = gradient + unit &* bits
      for input in 0..<bits {
        g[input] = base.addingProduct(step, g[input])
      }
    }
  }
}
