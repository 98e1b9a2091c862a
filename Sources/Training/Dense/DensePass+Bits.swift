/// Inputs that are bits.
extension DensePass {
  /// Writes bits as numbers, and finds their places in the tables.
  func prepareInputs(count: Int) {
    guard case .bits(let off, let on) = inputs else { return }
    if tabulatesForward { offsets.setForward(count: count) }
    if tabulatesGradient {
      // The filling of the last group of four, whose dz is 0.
      let filled = (count &+ 3) / 4 &* 4
      for word in (count &* offsets.words)..<(filled &* offsets.words) {
        offsets.rows[word] = 0
      }
      offsets.setBackward(groups: filled / 4)
    }
    guard shape.holdsInputs else { return }
    let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
    let (off8, on8) = (Lanes(repeating: off), Lanes(repeating: on))
    let n = shape.segments[0].count
    for row in 0..<count {
      let x = stack.base + row &* shape.rowVectors
      for vector in 0..<((n &+ 7) / 8) {
        let byte = offsets.rows[row &* offsets.words &+ vector &>> 3] &>> UInt64(8 &* (vector & 7))
        let word = SIMD8<UInt32>(repeating: UInt32(truncatingIfNeeded: byte & 0xff))
        x[vector] = off8.replacing(with: on8, where: (word & bits) .!= SIMD8<UInt32>.zero)
      }
      let floats = stack.floats + row &* shape.rowStep
      for filling in n..<((n &+ 7) / 8 &* 8) { floats[filling] = 0 }
    }
  }

  @inline(never)
  func forwardByTables(_ parameters: UnsafePointer<Lanes>, count: Int) {
    guard case .bits(let off, let on) = inputs else { return }
    let layer = shape.layers[0]
    let link = shape.links[0]
    let target = shape.segments[1]
    let rowVectors = shape.rowVectors
    let (off8, span8) = (Lanes(repeating: off), Lanes(repeating: on - off))
    let groups = offsets.groups
    for panel in 0..<target.panels {
      let y = stack.base + (target.offset &+ 2 &* panel)
      let weights = parameters + (link.weights &+ 2 &* panel &* link.rows)
      let biases = parameters + (layer.biases &+ 2 &* panel)
      for first in stride(from: 0, to: groups, by: BitTables.groups) {
        let end = min(first &+ BitTables.groups, groups)
        for group in first..<end {
          BitTables.tabulate(
            weights + 8 &* group, step: 2, off: off8, span: span8,
            into: tables.base + 32 &* (group &- first))
        }
        BitTables.add(
          groups: end &- first, tables.base, offsets.forward(word: first / BitTables.groups),
          start: first == 0 ? biases : nil, to: sums.base, count: count)
      }
      for row in 0..<count {
        y[row &* rowVectors] = Activation.value(sums.base[2 &* row])
        y[row &* rowVectors &+ 1] = Activation.value(sums.base[2 &* row &+ 1])
      }
    }
  }

  @inline(never)
  func gradientByTables(_ gradient: UnsafeMutablePointer<Lanes>, count: Int) {
    guard case .bits(let off, let on) = inputs else { return }
    let link = shape.links[0]
    let target = shape.segments[1]
    let rowVectors = shape.rowVectors
    let (off8, span8) = (Lanes(repeating: off), Lanes(repeating: on - off))
    let n = shape.segments[0].count
    let groups = (count &+ 3) / 4
    for row in count..<(4 &* groups) {
      let d = stack.base + (row &* rowVectors &+ target.offset)
      for vector in 0..<(2 &* target.panels) { d[vector] = .zero }
    }
    for panel in 0..<target.panels {
      let d = stack.base + (target.offset &+ 2 &* panel)
      let sums = gradient + (link.weights &+ 2 &* panel &* link.rows)
      for first in stride(from: 0, to: groups, by: BitTables.groups) {
        let end = min(first &+ BitTables.groups, groups)
        for group in first..<end {
          BitTables.tabulate(
            d + 4 &* group &* rowVectors, step: rowVectors, off: off8, span: span8,
            into: tables.base + 32 &* (group &- first))
        }
        BitTables.add(
          groups: end &- first, tables.base,
          offsets.backward(chunk: first / BitTables.groups), start: first == 0 ? zeros.base : nil,
          to: sums, count: n)
      }
    }
  }
}
