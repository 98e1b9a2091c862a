/// Where the parameters of a ``ShallowPass`` stand: units are the lanes.
///
/// There is a row for the weights from each input, one for the biases and one for the output
/// weights. The output bias follows in a vector of its own.
struct ShallowLayout {
  private let inputs: Int
  private let units: Int
  /// The numbers in a row: the units and room up to the next eight.
  let row: Int

  init(inputs: Int, units: Int) {
    self.inputs = inputs
    self.units = units
    row = (units + 7) / 8 * 8
  }

  var count: Int { outputBias + 8 }
  var outputWeights: Int { (inputs + 1) * row }
  var outputBias: Int { (inputs + 2) * row }

  /// The position of a parameter, given its index in the order of `Layer`.
  func position(of parameter: Int) -> Int {
    let weights = units * inputs
    if parameter < weights { return parameter % inputs * row + parameter / inputs }
    if parameter == weights + 2 * units { return outputBias }
    let (kind, unit) = (parameter - weights).quotientAndRemainder(dividingBy: units)
    return (inputs + kind) * row + unit
  }

  /// Eight units of a row.
  @inline(__always)
  func lanes(_ parameters: UnsafePointer<Float>, row index: Int, _ unit: Int) -> Lanes {
    UnsafeRawPointer(parameters + (index &* row &+ unit)).assumingMemoryBound(to: Lanes.self)
      .pointee
  }

  /// Sets eight units of a row.
  @inline(__always)
  func set(
    _ parameters: UnsafeMutablePointer<Float>, row index: Int, _ unit: Int, _ lanes: Lanes
  ) {
    UnsafeMutableRawPointer(parameters + (index &* row &+ unit))
      .assumingMemoryBound(to: Lanes.self).pointee = lanes
  }
}

/// How the rows of a ``ShallowPass`` are cut into tiles and chunks.
///
/// It follows from the shape alone and never from the machine, since the order of sums depends on
/// it.
struct ShallowShape {
  /// Tiles of 64 rows in a chunk, 2^tileBits.
  let tileBits: Int
  /// Chunks in the table, 2^chunkBits.
  let chunkBits: Int
  /// Parts of the table, 2^partBits, a whole number of chunks each.
  let partBits: Int
  /// Units whose patterns are in the cache at a time.
  static let block = 32
  /// The vectors a unit's sums take: over all rows, over the rows with each bit from 3 on, and of
  /// the products with its values.
  let sumsPerUnit: Int

  /// The vectors from the values of one unit to those of the next.
  ///
  /// Without the eight that lie between, a tile's values of all units would fall into the same few
  /// sets of the first cache.
  var valuesPerUnit: Int { 8 * tiles + (tiles > 1 ? 8 : 0) }

  var chunksPerPart: Int { chunks >> partBits }

  var tiles: Int { 1 << tileBits }
  var chunks: Int { 1 << chunkBits }
  /// Whether the whole table is one tile.
  var isOneTile: Bool { tileBits + chunkBits == 0 }

  init(_ rows: TableRows, units: Int, storesValues: Bool) {
    let allTileBits = max(rows.bits - 6, 0)
    var tileBits = min(allTileBits, 6)
    if storesValues {
      // Values of a chunk: 256 bytes a tile and unit, kept within a megabyte where possible.
      while tileBits > 0, 256 * units << tileBits > 1 << 20 { tileBits -= 1 }
    }
    self.tileBits = tileBits
    chunkBits = allTileBits - tileBits
    partBits = TableParts.bits(ofInputs: rows.bits)
    sumsPerUnit = 4 + allTileBits + 1
  }
}
