import Networks

/// The pass of one sequential hidden layer, by doubling and halving along the cube of inputs.
///
/// With all 2^n rows the pre-activations need no multiplication: a row that has one bit more than
/// another has that bit's weight more, z[r + 2^k] = z[r] + w_k·(on − off). The rows are taken in
/// *tiles* of 64, eight vectors that stay in registers: z of tile t is the same pattern P over the six
/// low bits, plus a constant c_t of the high bits. One addition a row and unit is what remains. The
/// weight gradients are the transpose, sums over the rows that have a bit, by halving.
///
/// A *chunk* of tiles is walked forward, judged and walked back before the next, so that logits stay
/// in the cache whatever n is; units are taken in *blocks* whose patterns do. A homogeneous g
/// computes its values again on the way back; others store those of a chunk.
struct ShallowPass<Activation: LaneActivation>: TablePass, ~Copyable {
  private let rows: TableRows
  private let units: Int
  private let shape: ShallowShape
  private let lanePatterns: (Lanes, Lanes, Lanes)

  private let patterns: LaneMemory
  private let constants: LaneMemory
  private let logits: LaneMemory
  private let totals: LaneMemory
  private let sums: LaneMemory
  private let values: LaneMemory

  init(_ rows: TableRows, units: Int) {
    self.rows = rows
    self.units = units
    shape = ShallowShape(rows, units: units, storesValues: !Activation.isHomogeneous)
    lanePatterns = (rows.lanes(ofInput: 0), rows.lanes(ofInput: 1), rows.lanes(ofInput: 2))
    patterns = LaneMemory(8 * shape.block)
    constants = LaneMemory((shape.block * shape.tiles + 7) / 8)
    logits = LaneMemory(8 * shape.tiles)
    totals = LaneMemory(shape.tiles)
    sums = LaneMemory(shape.sumsPerUnit * units + 3)
    values = LaneMemory(Activation.isHomogeneous ? 0 : 8 * shape.tiles * units)
  }

  mutating func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    let outputBias = units &* (rows.bits &+ 2)
    var output = OutputKernel(trainingRows: rows.trainingRows)
    var residualSum = Lanes.zero
    sums.base.update(repeating: .zero, count: sums.count)
    for chunk in 0..<shape.chunks {
      logits.base.update(repeating: Lanes(repeating: parameters[outputBias]), count: logits.count)
      forEachBlock { first, count in
        prepare(first, count, chunk, parameters)
        forward(first, count, parameters)
      }
      rows.targets.withUnsafeBufferPointer { targets in
        let first = chunk &* logits.count
        for index in 0..<logits.count {
          let d = output.residual(logits.base[index], target: targets[first &+ index])
          logits.base[index] = d
          residualSum += d
        }
      }
      forEachBlock { first, count in
        if units > shape.block { prepare(first, count, chunk, parameters) }
        for index in 0..<count {
          backward(first &+ index, index)
          halve(first &+ index, chunk)
        }
      }
    }
    for unit in 0..<units {
      finish(unit, parameters, gradient)
    }
    gradient[outputBias] = residualSum.laneSum
    return output.judgement
  }

  @inline(__always)
  private func forEachBlock(_ body: (_ first: Int, _ count: Int) -> Void) {
    var first = 0
    while first < units {
      body(first, min(shape.block, units &- first))
      first &+= shape.block
    }
  }

  // MARK: Forward

  /// The patterns P of a block of units and their constants c_t for the tiles of a chunk.
  private func prepare(
    _ first: Int, _ count: Int, _ chunk: Int, _ parameters: UnsafePointer<Float>
  ) {
    let n = rows.bits
    let step = rows.on - rows.off
    let biases = parameters + units &* n
    for index in 0..<count {
      let w = parameters + (first &+ index) &* n
      let p = patterns.base + 8 &* index
      var start = lanePatterns.0 * w[0]
      if n > 1 { start = multiplyAdd(lanePatterns.1, Lanes(repeating: w[1]), start) }
      if n > 2 { start = multiplyAdd(lanePatterns.2, Lanes(repeating: w[2]), start) }
      let w3 = Lanes(repeating: n > 3 ? w[3] * step : 0)
      let w4 = Lanes(repeating: n > 4 ? w[4] * step : 0)
      let w5 = Lanes(repeating: n > 5 ? w[5] * step : 0)
      let p1 = start + w3
      let p2 = start + w4
      let p3 = p1 + w4
      p[0] = start
      p[1] = p1
      p[2] = p2
      p[3] = p3
      p[4] = start + w5
      p[5] = p1 + w5
      p[6] = p2 + w5
      p[7] = p3 + w5
      placeTiles(w, biases[first &+ index], chunk, into: constants.floats + shape.tiles &* index)
    }
  }

  /// The constants of one unit: what its bias and the inputs from 3 on, all off, give the first tile,
  /// then one addition a tile.
  @inline(__always)
  private func placeTiles(
    _ w: UnsafePointer<Float>, _ bias: Float, _ chunk: Int, into c: UnsafeMutablePointer<Float>
  ) {
    let (off, on) = (rows.off, rows.on)
    let firstOfChunk = 6 &+ shape.tileBits
    var constant = bias
    var input = 3
    while input < rows.bits {
      // The inputs above the chunk are on or off for all of it.
      let isOn = input >= firstOfChunk && (chunk &>> (input &- firstOfChunk)) & 1 == 1
      constant = constant.addingProduct(isOn ? on : off, w[input])
      input &+= 1
    }
    c[0] = constant
    var tiles = 1
    while tiles < shape.tiles {
      let more = (on - off) * w[6 &+ tiles.trailingZeroBitCount]
      for tile in 0..<tiles { c[tile &+ tiles] = c[tile] + more }
      tiles &*= 2
    }
  }

  /// Adds a block of units to the logits of the chunk.
  private func forward(_ first: Int, _ count: Int, _ parameters: UnsafePointer<Float>) {
    let outputWeights = parameters + (units &* (rows.bits &+ 1) &+ first)
    let (patterns, constants, tiles) = (patterns.base, constants.floats, shape.tiles)
    for tile in 0..<tiles {
      let l = logits.base + 8 &* tile
      var l0 = l[0], l1 = l[1], l2 = l[2], l3 = l[3]
      var l4 = l[4], l5 = l[5], l6 = l[6], l7 = l[7]
      for index in 0..<count {
        let p = patterns + 8 &* index
        let c = Lanes(repeating: constants[tiles &* index &+ tile])
        let v = Lanes(repeating: outputWeights[index])
        let a0 = Activation.value(p[0] + c)
        let a1 = Activation.value(p[1] + c)
        let a2 = Activation.value(p[2] + c)
        let a3 = Activation.value(p[3] + c)
        l0 = multiplyAdd(a0, v, l0)
        l1 = multiplyAdd(a1, v, l1)
        l2 = multiplyAdd(a2, v, l2)
        l3 = multiplyAdd(a3, v, l3)
        let a4 = Activation.value(p[4] + c)
        let a5 = Activation.value(p[5] + c)
        let a6 = Activation.value(p[6] + c)
        let a7 = Activation.value(p[7] + c)
        l4 = multiplyAdd(a4, v, l4)
        l5 = multiplyAdd(a5, v, l5)
        l6 = multiplyAdd(a6, v, l6)
        l7 = multiplyAdd(a7, v, l7)
        if !Activation.isHomogeneous {
          let a = values.base + 8 &* (tiles &* (first &+ index) &+ tile)
          a[0] = a0
          a[1] = a1
          a[2] = a2
          a[3] = a3
          a[4] = a4
          a[5] = a5
          a[6] = a6
          a[7] = a7
        }
      }
      l[0] = l0
      l[1] = l1
      l[2] = l2
      l[3] = l3
      l[4] = l4
      l[5] = l5
      l[6] = l6
      l[7] = l7
    }
  }

  // MARK: Backward

  /// Adds the chunk to a unit's sums over the rows with bit 3, 4 and 5, leaves its sums over each
  /// tile, and adds Σ a·dZ where that does not follow from the sums.
  ///
  /// What is summed is g = dZ·g′, by lane.
  private func backward(_ unit: Int, _ index: Int) {
    let p = patterns.base + 8 &* index
    let c = constants.floats + shape.tiles &* index
    let sum = sums.base + shape.sumsPerUnit &* unit
    let totals = totals.base
    let logits = logits.base
    let values = values.base + 8 &* shape.tiles &* unit
    var s3 = Lanes.zero
    var s4 = Lanes.zero
    var s5 = Lanes.zero
    var products = Lanes.zero
    for tile in 0..<shape.tiles {
      let d = logits + 8 &* tile
      let a = values + 8 &* tile
      // z = P + c_t is positive exactly where P > −c_t, rounding included.
      let threshold = Lanes(repeating: -c[tile])
      let g0 = Self.pulledBack(0, p, d, a, threshold, &products)
      let g1 = Self.pulledBack(1, p, d, a, threshold, &products)
      let g01 = g0 + g1
      let g2 = Self.pulledBack(2, p, d, a, threshold, &products)
      let g3 = Self.pulledBack(3, p, d, a, threshold, &products)
      let g23 = g2 + g3
      let g4 = Self.pulledBack(4, p, d, a, threshold, &products)
      let g5 = Self.pulledBack(5, p, d, a, threshold, &products)
      let g45 = g4 + g5
      let g6 = Self.pulledBack(6, p, d, a, threshold, &products)
      let g7 = Self.pulledBack(7, p, d, a, threshold, &products)
      let g67 = g6 + g7
      let high = g45 + g67
      s3 += (g1 + g3) + (g5 + g7)
      s4 += g23 + g67
      s5 += high
      totals[tile] = (g01 + g23) + high
    }
    sum[1] += s3
    sum[2] += s4
    sum[3] += s5
    if !Activation.isHomogeneous { sum[shape.sumsPerUnit &- 1] += products }
  }

  @inline(__always)
  private static func pulledBack(
    _ index: Int, _ p: UnsafeMutablePointer<Lanes>, _ d: UnsafeMutablePointer<Lanes>,
    _ a: UnsafeMutablePointer<Lanes>, _ threshold: Lanes, _ products: inout Lanes
  ) -> Lanes {
    if Activation.isHomogeneous {
      return Activation.pullBack(d[index], wherePositive: p[index] .> threshold)
    }
    products = multiplyAdd(a[index], d[index], products)
    return Activation.pullBack(d[index], output: a[index])
  }

  /// Adds to a unit's sums those over all tiles and over the tiles with each of their bits.
  private func halve(_ unit: Int, _ chunk: Int) {
    let sum = sums.base + shape.sumsPerUnit &* unit
    let total = totals.base
    var bit = shape.tileBits
    while bit > 0 {
      bit &-= 1
      let half = 1 &<< bit
      var upper = Lanes.zero
      for tile in 0..<half {
        let above = total[tile &+ half]
        upper += above
        total[tile] += above
      }
      sum[4 &+ bit] += upper
    }
    sum[0] += total[0]
    for bit in 0..<shape.chunkBits where (chunk &>> bit) & 1 == 1 {
      sum[4 &+ shape.tileBits &+ bit] += total[0]
    }
  }

  /// The gradient of a unit's parameters from its sums.
  private func finish(
    _ unit: Int, _ parameters: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    let n = rows.bits
    let sum = sums.base + shape.sumsPerUnit &* unit
    let w = parameters + unit &* n
    let g = gradient + unit &* n
    let outputWeight = units &* (n &+ 1) &+ unit
    let v = parameters[outputWeight]
    let all = sum[0]
    let low = Lanes.laneSums(
      all, all * Lanes(0, 1, 0, 1, 0, 1, 0, 1), all * Lanes(0, 0, 1, 1, 0, 0, 1, 1),
      all * Lanes(0, 0, 0, 0, 1, 1, 1, 1))
    let total = low[0]
    let (off, step) = (rows.off * total, rows.on - rows.off)
    var product = parameters[units &* n &+ unit] * total

    /// Σ over the rows of input·g, from that over the rows where the input is on.
    @inline(__always)
    func set(_ input: Int, _ upper: Float) {
      let slope = off.addingProduct(step, upper)
      g[input] = v * slope
      product = product.addingProduct(w[input], slope)
    }

    for input in 0..<min(n, 3) { set(input, low[1 &+ input]) }
    var input = 3
    while input < n {
      let next = sum + (input &- 2)
      // What lies beyond the last input are sums as well, and not looked at.
      let upper = Lanes.laneSums(next[0], next[1], next[2], next[3])
      for index in 0..<min(4, n &- input) { set(input &+ index, upper[index]) }
      input &+= 4
    }
    gradient[units &* n &+ unit] = v * total
    gradient[outputWeight] =
      Activation.isHomogeneous ? product : sum[shape.sumsPerUnit &- 1].laneSum
  }
}

/// How the rows and units of a ``ShallowPass`` are cut: a function of the shape alone, since the
/// order of sums follows from it.
struct ShallowShape {
  /// Tiles of 64 rows in a chunk, 2^tileBits.
  let tileBits: Int
  /// Chunks in the table, 2^chunkBits.
  let chunkBits: Int
  /// Units in a block.
  let block: Int
  /// The vectors a unit's sums take: over all rows, over the rows with each bit from 3 on, and of
  /// the products with its values.
  let sumsPerUnit: Int

  var tiles: Int { 1 << tileBits }
  var chunks: Int { 1 << chunkBits }

  init(_ rows: TableRows, units: Int, storesValues: Bool) {
    let allTileBits = max(rows.bits - 6, 0)
    var tileBits = min(allTileBits, 6)
    if storesValues {
      // Values of a chunk: 256 bytes a tile and unit, kept within half a megabyte where possible.
      while tileBits > 0, 256 * units << tileBits > 1 << 19 { tileBits -= 1 }
    }
    self.tileBits = tileBits
    chunkBits = allTileBits - tileBits
    block = 32
    sumsPerUnit = 4 + allTileBits + 1
  }
}
