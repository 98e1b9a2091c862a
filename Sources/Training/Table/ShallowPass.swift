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
    sums = LaneMemory(shape.sumsPerUnit * units)
    values = LaneMemory(Activation.isHomogeneous ? 0 : 8 * shape.tiles * units)
  }

  mutating func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    let outputBias = units * (rows.bits + 2)
    var output = OutputKernel(trainingRows: rows.trainingRows)
    var residualSum = Lanes.zero
    sums.base.update(repeating: .zero, count: sums.count)
    for chunk in 0..<shape.chunks {
      logits.base.update(repeating: Lanes(repeating: parameters[outputBias]), count: logits.count)
      for start in stride(from: 0, to: units, by: shape.block) {
        let block = start..<min(start + shape.block, units)
        prepare(block, chunk, parameters)
        forward(block, parameters)
      }
      rows.targets.withUnsafeBufferPointer { targets in
        for index in 0..<logits.count {
          let d = output.residual(logits.base[index], target: targets[chunk * logits.count + index])
          logits.base[index] = d
          residualSum += d
        }
      }
      for start in stride(from: 0, to: units, by: shape.block) {
        let block = start..<min(start + shape.block, units)
        if units > shape.block { prepare(block, chunk, parameters) }
        for unit in block {
          backward(unit, in: block, chunk)
        }
      }
    }
    for unit in 0..<units {
      finish(unit, parameters, gradient)
    }
    gradient[outputBias] = residualSum.laneSum
    return output.judgement
  }

  // MARK: Forward

  /// The patterns P of a block of units and their constants c_t for the tiles of a chunk.
  private func prepare(_ block: Range<Int>, _ chunk: Int, _ parameters: UnsafePointer<Float>) {
    let n = rows.bits
    let step = rows.on - rows.off
    for (index, unit) in block.enumerated() {
      let w = parameters + unit * n
      let p = patterns.base + 8 * index
      let c = constants.floats + shape.tiles * index
      var start = Lanes.zero
      if n > 0 { start = multiplyAdd(lanePatterns.0, Lanes(repeating: w[0]), start) }
      if n > 1 { start = multiplyAdd(lanePatterns.1, Lanes(repeating: w[1]), start) }
      if n > 2 { start = multiplyAdd(lanePatterns.2, Lanes(repeating: w[2]), start) }
      var constant = parameters[units * n + unit]
      for input in 3..<max(n, 3) {
        // Bits above the chunk are on or off for all of it, the others start off.
        let isOn = input >= 6 + shape.tileBits && chunk >> (input - 6 - shape.tileBits) & 1 == 1
        constant = constant.addingProduct(isOn ? rows.on : rows.off, w[input])
      }
      p[0] = start
      let w3 = Lanes(repeating: n > 3 ? w[3] * step : 0)
      let w4 = Lanes(repeating: n > 4 ? w[4] * step : 0)
      let w5 = Lanes(repeating: n > 5 ? w[5] * step : 0)
      let p1 = start + w3
      p[1] = p1
      let p2 = start + w4
      let p3 = p1 + w4
      p[2] = p2
      p[3] = p3
      p[4] = start + w5
      p[5] = p1 + w5
      p[6] = p2 + w5
      p[7] = p3 + w5
      c[0] = constant
      for bit in 0..<shape.tileBits {
        let half = 1 << bit
        let more = step * w[6 + bit]
        for tile in 0..<half {
          c[tile + half] = c[tile] + more
        }
      }
    }
  }

  /// Adds a block of units to the logits of the chunk.
  private func forward(_ block: Range<Int>, _ parameters: UnsafePointer<Float>) {
    let outputWeights = parameters + units * (rows.bits + 1) + block.lowerBound
    for tile in 0..<shape.tiles {
      let l = logits.base + 8 * tile
      var l0 = l[0], l1 = l[1], l2 = l[2], l3 = l[3]
      var l4 = l[4], l5 = l[5], l6 = l[6], l7 = l[7]
      for index in 0..<block.count {
        let p = patterns.base + 8 * index
        let c = Lanes(repeating: constants.floats[shape.tiles * index + tile])
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
          let a = values.base + 8 * (shape.tiles * (block.lowerBound + index) + tile)
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

  /// Adds the chunk to the sums of a unit: Σ g over all rows and over those with each bit from 3 on,
  /// g = dZ·g′, by lane; and Σ a·dZ where that does not follow from them.
  private func backward(_ unit: Int, in block: Range<Int>, _ chunk: Int) {
    let index = unit - block.lowerBound
    let p = patterns.base + 8 * index
    let c = constants.floats + shape.tiles * index
    let sum = sums.base + shape.sumsPerUnit * unit
    var s3 = Lanes.zero, s4 = Lanes.zero, s5 = Lanes.zero, products = Lanes.zero
    for tile in 0..<shape.tiles {
      let d = logits.base + 8 * tile
      let a = values.base + 8 * (shape.tiles * unit + tile)
      let constant = Lanes(repeating: c[tile])
      let g0 = pulledBack(0, p, d, a, constant, &products)
      let g1 = pulledBack(1, p, d, a, constant, &products)
      let g01 = g0 + g1
      let g2 = pulledBack(2, p, d, a, constant, &products)
      let g3 = pulledBack(3, p, d, a, constant, &products)
      let g23 = g2 + g3
      let g4 = pulledBack(4, p, d, a, constant, &products)
      let g5 = pulledBack(5, p, d, a, constant, &products)
      let g45 = g4 + g5
      let g6 = pulledBack(6, p, d, a, constant, &products)
      let g7 = pulledBack(7, p, d, a, constant, &products)
      let g67 = g6 + g7
      let high = g45 + g67
      s3 += (g1 + g3) + (g5 + g7)
      s4 += g23 + g67
      s5 += high
      totals.base[tile] = (g01 + g23) + high
    }
    sum[1] += s3
    sum[2] += s4
    sum[3] += s5
    if !Activation.isHomogeneous { sum[shape.sumsPerUnit - 1] += products }
    halve(into: sum, chunk)
  }

  @inline(__always)
  private func pulledBack(
    _ index: Int, _ p: UnsafeMutablePointer<Lanes>, _ d: UnsafeMutablePointer<Lanes>,
    _ a: UnsafeMutablePointer<Lanes>, _ constant: Lanes, _ products: inout Lanes
  ) -> Lanes {
    if Activation.isHomogeneous {
      return Activation.pullBack(d[index], output: p[index] + constant)
    }
    products = multiplyAdd(a[index], d[index], products)
    return Activation.pullBack(d[index], output: a[index])
  }

  /// The sums of the tiles' totals over all tiles and over those with each of their bits.
  private func halve(into sum: UnsafeMutablePointer<Lanes>, _ chunk: Int) {
    let total = totals.base
    for bit in (0..<shape.tileBits).reversed() {
      let half = 1 << bit
      var upper = Lanes.zero
      for tile in 0..<half {
        upper += total[tile + half]
        total[tile] += total[tile + half]
      }
      sum[4 + bit] += upper
    }
    sum[0] += total[0]
    for bit in 0..<shape.chunkBits where chunk >> bit & 1 == 1 {
      sum[4 + shape.tileBits + bit] += total[0]
    }
  }

  /// The gradient of a unit's parameters from its sums.
  private func finish(
    _ unit: Int, _ parameters: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    let n = rows.bits
    let sum = sums.base + shape.sumsPerUnit * unit
    let outputWeight = units * (n + 1) + unit
    let v = parameters[outputWeight]
    let total = sum[0].laneSum
    let step = rows.on - rows.off
    let bias = parameters[units * n + unit]
    var product = bias * total
    for input in 0..<n {
      let upper = input < 3 ? (sum[0] * bitLanes(input)).laneSum : sum[input - 2].laneSum
      let g = (rows.off * total).addingProduct(step, upper)
      gradient[unit * n + input] = v * g
      product = product.addingProduct(parameters[unit * n + input], g)
    }
    gradient[units * n + unit] = v * total
    gradient[outputWeight] =
      Activation.isHomogeneous ? product : sum[shape.sumsPerUnit - 1].laneSum
  }

  /// 1 in the lanes that have the bit, 0 elsewhere.
  @inline(__always)
  private func bitLanes(_ input: Int) -> Lanes {
    switch input {
    case 0: Lanes(0, 1, 0, 1, 0, 1, 0, 1)
    case 1: Lanes(0, 0, 1, 1, 0, 0, 1, 1)
    default: Lanes(0, 0, 0, 0, 1, 1, 1, 1)
    }
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
