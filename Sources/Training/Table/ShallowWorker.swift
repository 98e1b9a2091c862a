import Networks

/// What one member of a crew needs to compute parts of a ``ShallowPass``.
///
/// A chunk of tiles goes forward, is judged and goes backward before the next chunk, so that its
/// logits stay in the cache for any n. Units are taken 32 at a time, so that their patterns do too.
/// For a homogeneous g the values are computed again on the way back; for others those of a chunk
/// are stored. Where these follow from e^(s·z), ``PowerTables`` give it by one product a row and unit.
struct ShallowWorker<Activation: LaneActivation>: ~Copyable {
  let rows: TableRows
  let units: Int
  let shape: ShallowShape
  let layout: ShallowLayout
  let cube: CubeStart
  let powers: PowerTables
  /// The evaluation that ``powers`` were made for.
  private let preparedRound: UnsafeMutablePointer<Int>

  /// P of the units of a block, eight vectors each.
  let patterns: LaneMemory
  /// c_t: tile after tile, one number for each unit of a block.
  let constants: LaneMemory
  /// The logits of a chunk, then its dZ of the output.
  let logits: LaneMemory
  /// Σ g of a unit, tile by tile.
  let totals: LaneMemory
  /// The values of a chunk, unit after unit, where they are stored.
  let values: LaneMemory

  init(_ rows: TableRows, units: Int) {
    self.rows = rows
    self.units = units
    shape = ShallowShape(rows, units: units, storesValues: !Activation.isHomogeneous)
    layout = ShallowLayout(inputs: rows.bits, units: units)
    cube = CubeStart(rows)
    powers = PowerTables(
      rows, units: units, row: layout.row, exponent: shape.isOneTile ? 0 : Activation.exponent)
    preparedRound = .allocate(capacity: 1)
    preparedRound.initialize(to: 0)
    patterns = LaneMemory(8 * ShallowShape.block)
    constants = LaneMemory(ShallowShape.block / 8 * shape.tiles)
    logits = LaneMemory(8 * shape.tiles)
    totals = LaneMemory(shape.tiles)
    values = LaneMemory(
      uninitialized: Activation.isHomogeneous ? 0 : shape.valuesPerUnit * units)
  }

  deinit { preparedRound.deallocate() }

  /// Whether values follow from ``powers``: a single tile takes fewer functions than its tables.
  private var usesPowers: Bool { Activation.exponent != 0 && !shape.isOneTile }

  /// Sets the sums of a part: what ``ShallowShape/sumsPerUnit`` says, unit after unit, then Σ dZ of
  /// the output.
  func evaluate(
    _ part: Int, _ parameters: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Lanes>,
    _ output: inout OutputKernel, round: Int
  ) {
    if usesPowers, preparedRound.pointee != round {
      preparedRound.pointee = round
      powers.prepare(parameters)
    }
    let firstChunk = part &* shape.chunksPerPart
    var residualSum = Lanes.zero
    for chunk in firstChunk..<(firstChunk &+ shape.chunksPerPart) {
      let isFirst = chunk == firstChunk
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
        if Activation.isHomogeneous, units > ShallowShape.block {
          prepare(first, count, chunk, parameters)
        }
        if shape.isOneTile {
          backwardOneTile(first, count, sums)
        } else {
          backward(first, count, chunk, sums, isFirst: isFirst)
        }
        first &+= ShallowShape.block
      }
    }
    sums[shape.sumsPerUnit &* layout.row] = residualSum
  }

  /// The patterns P of a block of units and their constants c_t for the tiles of a chunk.
  private func prepare(
    _ first: Int, _ count: Int, _ chunk: Int, _ parameters: UnsafePointer<Float>
  ) {
    let row = layout.row
    for index in 0..<(Activation.needsSum || !usesPowers ? count : 0) {
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
    if first == 0 {
      let bias = Lanes(repeating: parameters[layout.outputBias])
      logits.base.update(repeating: bias, count: 8 &* shape.tiles)
    }
    for tile in 0..<shape.tiles {
      if usesPowers {
        let constants = constants.base + ShallowShape.block / 8 &* tile
        powers.choose(first, count, constants, parameters)
        addPowers(tile, first, count, outputWeights)
      } else {
        add(tile, first, count, outputWeights)
      }
    }
  }

  /// Adds a block of units to the logits of a tile.
  @inline(__always)
  private func add(
    _ tile: Int, _ first: Int, _ count: Int, _ outputWeights: UnsafePointer<Float>
  ) {
    let l = logits.base + 8 &* tile
    let constants = constants.floats + ShallowShape.block &* tile
    var a = values.base + (shape.valuesPerUnit &* first &+ 8 &* tile)
    var sums = TileVectors()
    sums.update { vector, sum in sum = l[vector] }
    for index in 0..<count {
      let p = patterns.base + 8 &* index
      let c = Lanes(repeating: constants[index])
      let v = Lanes(repeating: outputWeights[index])
      @inline(__always)
      func add(_ vector: Int, _ sum: inout Lanes) {
        let value = Activation.value(p[vector] + c)
        sum = multiplyAdd(value, v, sum)
        if !Activation.isHomogeneous { a[vector] = value }
      }
      sums.update(add)
      if !Activation.isHomogeneous { a += shape.valuesPerUnit }
    }
    sums.update { vector, sum in l[vector] = sum }
  }

  /// The same from the tables of powers, and stores the values.
  ///
  /// It is a function of its own so that all its sums stay in registers.
  @inline(never)
  private func addPowers(
    _ tile: Int, _ first: Int, _ count: Int, _ outputWeights: UnsafePointer<Float>
  ) {
    let l = logits.base + 8 &* tile
    let constants = constants.floats + ShallowShape.block &* tile
    var a = values.base + (shape.valuesPerUnit &* first &+ 8 &* tile)
    var sums = TileVectors()
    sums.update { vector, sum in sum = l[vector] }
    for index in 0..<count {
      let p = patterns.base + 8 &* index
      let c = Lanes(repeating: constants[index])
      let v = Lanes(repeating: outputWeights[index])
      let x = powers.table(first &+ index)
      let y = powers.factor(index)
      @inline(__always)
      func add(_ vector: Int, _ sum: inout Lanes) {
        let value = Activation.value(p[vector] + c, power: x[vector], times: y)
        sum = multiplyAdd(value, v, sum)
        a[vector] = value
      }
      sums.update(add)
      a += shape.valuesPerUnit
    }
    sums.update { vector, sum in l[vector] = sum }
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
