import Networks

/// The pass of one sequential hidden layer, computed along the cube of inputs.
///
/// Over all 2^n rows the pre-activations need no multiplication. A row with bit k on differs from
/// the row with it off by one number, z[r + 2^k] = z[r] + w_k·(on − off). A tile has 64 rows, eight
/// vectors that stay in registers: z on tile t is the pattern P of the unit, over the six lowest
/// bits, plus a constant c_t for the other bits. That is one addition for each row and unit. The
/// gradients of the weights are sums over the rows where a bit is on, found by halving.
///
/// A chunk of tiles goes forward, is judged and goes backward before the next chunk, so that its
/// logits stay in the cache for any n. Units are taken 32 at a time, so that their patterns do too.
/// For a homogeneous g the values are computed again on the way back; for others those of a chunk
/// are stored.
struct ShallowPass<Activation: LaneActivation>: TablePass, ~Copyable {
  let rows: TableRows
  let units: Int
  let shape: ShallowShape
  let layout: ShallowLayout
  let cube: CubeStart
  let loss: Loss

  /// P of the units of a block, eight vectors each.
  let patterns: LaneMemory
  /// c_t: tile after tile, one number for each unit of a block.
  let constants: LaneMemory
  /// The logits of a chunk, then its dZ of the output.
  let logits: LaneMemory
  /// Σ g of a unit, tile by tile.
  let totals: LaneMemory
  /// What ``ShallowShape/sumsPerUnit`` says, unit after unit.
  let sums: LaneMemory
  /// The values of a chunk, unit after unit, where they are stored.
  let values: LaneMemory

  init(_ rows: TableRows, units: Int, loss: Loss) {
    self.rows = rows
    self.loss = loss
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
    var output = OutputKernel(trainingRows: rows.trainingRows, loss: loss)
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
      return output.residuals(logits, targets: targets, count: count)
    }
  }
}
