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
  private let layout: ShallowLayout
  private let cube: CubeStart

  /// P of the units of a block, eight vectors each.
  private let patterns: LaneMemory
  /// c_t: tile after tile, one number for each unit of a block.
  private let constants: LaneMemory
  /// The logits of a chunk, then its dZ of the output.
  private let logits: LaneMemory
  /// Σ g of a unit, tile by tile.
  private let totals: LaneMemory
  /// What ``ShallowShape/sumsPerUnit`` says, unit after unit.
  private let sums: LaneMemory
  /// The values of a chunk, unit after unit, where they are stored.
  private let values: LaneMemory

  init(_ rows: TableRows, units: Int) {
    self.rows = rows
    self.units = units
    shape = ShallowShape(rows, units: units, storesValues: !Activation.isHomogeneous)
    layout = ShallowLayout(inputs: rows.bits, units: units)
    cube = CubeStart(rows)
    patterns = LaneMemory(8 * ShallowShape.block)
    constants = LaneMemory(ShallowShape.block / 8 * shape.tiles)
    logits = LaneMemory(8 * shape.tiles)
    totals = LaneMemory(shape.tiles)
    sums = LaneMemory(shape.sumsPerUnit * layout.row)
    values = LaneMemory(Activation.isHomogeneous ? 0 : 8 * shape.tiles * units)
  }

  var parameterCount: Int { layout.count }

  func position(of parameter: Int) -> Int { layout.position(of: parameter) }

  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    var output = OutputKernel(trainingRows: rows.trainingRows)
    var residualSum = Lanes.zero
    for chunk in 0..<shape.chunks {
      var first = 0
      while first < units {
        let count = min(ShallowShape.block, units &- first)
        prepare(first, count, chunk, parameters)
        forward(first, count, parameters)
        first &+= ShallowShape.block
      }
      residualSum += judge(chunk, &output)
      first = 0
      while first < units {
        let count = min(ShallowShape.block, units &- first)
        if units > ShallowShape.block { prepare(first, count, chunk, parameters) }
        if shape.tiles &* shape.chunks == 1 {
          backwardOneTile(first, count)
        } else {
          backward(first, count, chunk)
        }
        first &+= ShallowShape.block
      }
    }
    finish(parameters, gradient)
    gradient[layout.outputBias] = residualSum.laneSum
    return output.judgement
  }

  // MARK: Forward

  /// The patterns P of a block of units and their constants c_t for the tiles of a chunk.
  private func prepare(
    _ first: Int, _ count: Int, _ chunk: Int, _ parameters: UnsafePointer<Float>
  ) {
    let row = layout.row
    for index in 0..<count {
      let w = parameters + (first &+ index)
      let p = patterns.base + 8 &* index
      let p0 = cube.vector(w, stride: row)
      let w3 = cube.step(w, input: 3, stride: row)
      let w4 = cube.step(w, input: 4, stride: row)
      let w5 = cube.step(w, input: 5, stride: row)
      let (p1, p2) = (p0 + w3, p0 + w4)
      let p3 = p1 + w4
      (p[0], p[1], p[2], p[3]) = (p0, p1, p2, p3)
      (p[4], p[5], p[6], p[7]) = (p0 + w5, p1 + w5, p2 + w5, p3 + w5)
    }
    let columns = UnsafeRawPointer(parameters + first).assumingMemoryBound(to: Lanes.self)
    let perTile = ShallowShape.block / 8
    var group = 0
    while group &* 8 < count {
      cube.place(
        columns + group, stride: row &>> 3, first: 6, doubled: shape.tileBits, position: chunk,
        into: constants.base + group, perPattern: perTile)
      group &+= 1
    }
  }

  /// Adds a block of units to the logits of the chunk, the first to the output's bias.
  private func forward(_ first: Int, _ count: Int, _ parameters: UnsafePointer<Float>) {
    let outputWeights = parameters + (layout.outputWeights &+ first)
    let bias = Lanes(repeating: parameters[layout.outputBias])
    let (patterns, tiles) = (patterns.base, shape.tiles)
    let isFirst = first == 0
    for tile in 0..<tiles {
      let l = logits.base + 8 &* tile
      let constants = constants.floats + ShallowShape.block &* tile
      var sums = TileVectors()
      sums.update { vector, sum in sum = isFirst ? bias : l[vector] }
      for index in 0..<count {
        let p = patterns + 8 &* index
        let c = Lanes(repeating: constants[index])
        let v = Lanes(repeating: outputWeights[index])
        let a = values.base + 8 &* (tiles &* (first &+ index) &+ tile)
        @inline(__always)
        func add(_ vector: Int, _ sum: inout Lanes) {
          let value = Activation.value(p[vector] + c)
          sum = multiplyAdd(value, v, sum)
          if !Activation.isHomogeneous { a[vector] = value }
        }
        sums.update(add)
      }
      sums.update { vector, sum in l[vector] = sum }
    }
  }

  /// Turns the logits of a chunk into dZ of the output and returns their sum, by lane.
  private func judge(_ chunk: Int, _ output: inout OutputKernel) -> Lanes {
    let logits = logits.base
    let count = 8 &* shape.tiles
    return rows.targets.withUnsafeBufferPointer { targets in
      guard let targets = targets.baseAddress.map({ $0 + chunk &* count }) else { return .zero }
      var sum = Lanes.zero
      for index in 0..<count {
        let d = output.residual(logits[index], target: targets[index])
        logits[index] = d
        sum += d
      }
      return sum
    }
  }

  // MARK: Backward

  /// Adds the chunk to the sums of a block of units; the first chunk begins them.
  ///
  /// What is summed is g = dZ·g′, by lane: over all rows, over those with each bit from 3 on; and
  /// a·dZ where that does not follow.
  private func backward(_ first: Int, _ count: Int, _ chunk: Int) {
    let (tiles, totals, logits) = (shape.tiles, totals.base, logits.base)
    for index in 0..<count {
      let p = patterns.base + 8 &* index
      let c = constants.floats + index
      let sum = sums.base + shape.sumsPerUnit &* (first &+ index)
      let values = values.base + 8 &* tiles &* (first &+ index)
      var all = TileSums()
      for tile in 0..<tiles {
        // z = P + c_t is positive exactly where P > −c_t, rounding included.
        let threshold = Lanes(repeating: -c[ShallowShape.block &* tile])
        totals[tile] = all.add(
          Activation.self, p, logits + 8 &* tile, values + 8 &* tile, threshold)
      }
      if chunk == 0 {
        sum[1] = all.bit3
        sum[2] = all.bit4
        sum[3] = all.bit5
        if !Activation.isHomogeneous { sum[shape.sumsPerUnit &- 1] = all.products }
      } else {
        sum[1] += all.bit3
        sum[2] += all.bit4
        sum[3] += all.bit5
        if !Activation.isHomogeneous { sum[shape.sumsPerUnit &- 1] += all.products }
      }
      halve(into: sum, chunk)
    }
  }

  /// ``backward(_:_:_:)`` where one tile is the whole table: a small network spends its time between
  /// the tiles, not in them.
  private func backwardOneTile(_ first: Int, _ count: Int) {
    let perUnit = shape.sumsPerUnit
    let (p, c, d) = (patterns.base, constants.floats, logits.base)
    let sum = sums.base + perUnit &* first
    let a = values.base + 8 &* first
    for index in 0..<count {
      var all = TileSums()
      let place = sum + perUnit &* index
      place[0] = all.add(
        Activation.self, p + 8 &* index, d, a + 8 &* index, Lanes(repeating: -c[index]))
      place[1] = all.bit3
      place[2] = all.bit4
      place[3] = all.bit5
      if !Activation.isHomogeneous { place[perUnit &- 1] = all.products }
    }
  }

  /// The sums over all tiles and over the tiles with each of their bits.
  @inline(__always)
  private func halve(into sum: UnsafeMutablePointer<Lanes>, _ chunk: Int) {
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
      sum[4 &+ bit] = chunk == 0 ? upper : sum[4 &+ bit] + upper
    }
    let all = total[0]
    sum[0] = chunk == 0 ? all : sum[0] + all
    for bit in 0..<shape.chunkBits {
      let place = 4 &+ shape.tileBits &+ bit
      if chunk == 0 { sum[place] = .zero }
      if (chunk &>> bit) & 1 == 1 { sum[place] += all }
    }
  }

  /// The gradient from the sums, eight units at a time.
  private func finish(
    _ parameters: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    let n = rows.bits
    let perUnit = shape.sumsPerUnit
    let (off, step) = (Lanes(repeating: rows.off), Lanes(repeating: rows.on - rows.off))
    var unit = 0
    while unit < units {
      let sum = sums.base + perUnit &* unit
      let low = LaneSums(sum, stride: perUnit)
      let v = layout.lanes(parameters, row: n &+ 1, unit)
      let offTotal = off * low.all
      var product = layout.lanes(parameters, row: n, unit) * low.all
      var input = 0
      while input < n {
        let upper: Lanes
        switch input {
        case 0: upper = low.bit0
        case 1: upper = low.bit1
        case 2: upper = low.bit2
        default: upper = LaneSums(sum + (input &- 2), stride: perUnit).all
        }
        // Σ over the rows of input·g, from that over the rows where the input is on.
        let slope = multiplyAdd(step, upper, offTotal)
        layout.set(gradient, row: input, unit, v * slope)
        product = multiplyAdd(layout.lanes(parameters, row: input, unit), slope, product)
        input &+= 1
      }
      layout.set(gradient, row: n, unit, v * low.all)
      if !Activation.isHomogeneous {
        product = LaneSums(sum + (perUnit &- 1), stride: perUnit).all
      }
      layout.set(gradient, row: n &+ 1, unit, product)
      unit &+= 8
    }
  }
}
