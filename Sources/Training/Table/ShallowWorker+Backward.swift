extension ShallowWorker {
  /// Adds the chunk to the sums of a block of units; the first chunk begins them.
  ///
  /// Summed by lane is dZ·g′, over all rows and over those with each bit from 3 on, and a·dZ where
  /// g is not homogeneous.
  @inline(never)
  func backward(
    _ first: Int, _ count: Int, _ chunk: Int, _ sums: UnsafeMutablePointer<Lanes>, isFirst: Bool
  ) {
    let (tiles, totals, logits) = (shape.tiles, totals.base, logits.base)
    for index in 0..<count {
      let p = patterns.base + 8 &* index
      let c = constants.floats + index
      let sum = sums + shape.sumsPerUnit &* (first &+ index)
      let values = values.base + shape.valuesPerUnit &* (first &+ index)
      var all = TileSums()
      for tile in 0..<tiles {
        // z = P + c_t is positive exactly where P > −c_t, rounding included.
        let threshold = Lanes(repeating: -c[ShallowShape.block &* tile])
        totals[tile] = all.add(
          Activation.self, p, logits + 8 &* tile, values + 8 &* tile, threshold)
      }
      all.add(Activation.self, to: sum, perUnit: shape.sumsPerUnit, isFirst: isFirst)
      halve(into: sum, chunk, isFirst: isFirst)
    }
  }

  /// ``backward(_:_:_:_:isFirst:)`` for a table of one tile, without the loops that take most of the time of
  /// such small networks.
  @inline(__always)
  func backwardOneTile(_ first: Int, _ count: Int, _ sums: UnsafeMutablePointer<Lanes>) {
    let perUnit = shape.sumsPerUnit
    let (p, c, d) = (patterns.base, constants.floats, logits.base)
    let sum = sums + perUnit &* first
    let a = values.base + shape.valuesPerUnit &* first
    for index in 0..<count {
      var all = TileSums()
      let place = sum + perUnit &* index
      place[0] = all.add(
        Activation.self, p + 8 &* index, d, a + shape.valuesPerUnit &* index,
        Lanes(repeating: -c[index]))
      all.add(Activation.self, to: place, perUnit: perUnit, isFirst: true)
    }
  }

  /// The sums over all tiles and over the tiles with each of their bits.
  @inline(__always)
  private func halve(into sum: UnsafeMutablePointer<Lanes>, _ chunk: Int, isFirst: Bool) {
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
      sum.add(upper, at: 4 &+ bit, isFirst: isFirst)
    }
    let all = total[0]
    sum.add(all, at: 0, isFirst: isFirst)
    for bit in 0..<shape.chunkBits {
      let place = 4 &+ shape.tileBits &+ bit
      if isFirst { sum[place] = .zero }
      if (chunk &>> bit) & 1 == 1 { sum[place] += all }
    }
  }
}
