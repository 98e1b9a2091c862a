extension ShallowPass {
  /// Adds the chunk to the sums of a block of units; the first chunk begins them.
  ///
  /// Summed by lane is dZ·g′, over all rows and over those with each bit from 3 on, and a·dZ where
  /// g is not homogeneous.
  @inline(never)
  func backward(_ first: Int, _ count: Int, _ chunk: Int) {
    let (tiles, totals, logits) = (shape.tiles, totals.base, logits.base)
    for index in 0..<count {
      let p = patterns.base + 8 &* index
      let c = constants.floats + index
      let sum = sums.base + shape.sumsPerUnit &* (first &+ index)
      let values = values.base + shape.valuesPerUnit &* (first &+ index)
      var all = TileSums()
      for tile in 0..<tiles {
        // z = P + c_t is positive exactly where P > −c_t, rounding included.
        let threshold = Lanes(repeating: -c[ShallowShape.block &* tile])
        totals[tile] = all.add(
          Activation.self, p, logits + 8 &* tile, values + 8 &* tile, threshold)
      }
      all.add(Activation.self, to: sum, perUnit: shape.sumsPerUnit, isFirst: chunk == 0)
      halve(into: sum, chunk)
    }
  }

  /// ``backward(_:_:_:)`` for a table of one tile, without the loops that take most of the time of
  /// such small networks.
  @inline(__always)
  func backwardOneTile(_ first: Int, _ count: Int) {
    let perUnit = shape.sumsPerUnit
    let (p, c, d) = (patterns.base, constants.floats, logits.base)
    let sum = sums.base + perUnit &* first
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
      sum.add(upper, at: 4 &+ bit, isFirst: chunk == 0)
    }
    let all = total[0]
    sum.add(all, at: 0, isFirst: chunk == 0)
    for bit in 0..<shape.chunkBits {
      let place = 4 &+ shape.tileBits &+ bit
      if chunk == 0 { sum[place] = .zero }
      if (chunk &>> bit) & 1 == 1 { sum[place] += all }
    }
  }

  /// The gradient from the sums, eight units at a time.
  @inline(__always)
  func finish(
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
        // Σ over the rows of input·dZ·g′, from the sum over the rows where the input is on.
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
