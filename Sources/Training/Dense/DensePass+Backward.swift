extension DensePass {
  /// Turns all weights between hidden layers.
  @inline(never)
  func transpose(_ parameters: UnsafePointer<Lanes>) {
    for index in 0..<shape.links.count {
      let link = shape.links[index]
      guard link.source > 0 else { continue }
      let sources = shape.segments[link.source].panels
      let targets = shape.segments[link.target].panels
      for source in 0..<sources {
        for target in 0..<targets {
          Transposition.block(
            parameters + (link.weights &+ 2 &* (target &* link.rows &+ 16 &* source)),
            to: transposed.base + (link.transposed &+ 32 &* (source &* targets &+ target)))
        }
      }
    }
  }

  /// The gradient of the output unit's weights and bias.
  @inline(never)
  func outputGradient(_ gradient: UnsafeMutablePointer<Lanes>, count: Int) {
    var sum = Lanes.zero
    for index in 0..<((count &+ 7) / 8) { sum += logits.base[index] }
    var bias = Lanes.zero
    bias[0] = sum.laneSum
    gradient[shape.outputBias] = bias
    for index in 0..<shape.segments.count {
      let segment = shape.segments[index]
      guard let first = segment.outputWeights else { continue }
      for panel in 0..<segment.panels {
        let x = stack.base + (segment.offset &+ 2 &* panel)
        var block = RegisterBlock()
        block.addProduct(
          height: 1, logits.floats, rowStep: 0, step: 1, x, xStep: shape.rowVectors, count: count)
        block.store(height: 1, to: gradient + (first &+ 2 &* panel))
      }
    }
  }

  /// Overwrites the values of a hidden layer with their dz, and sums dz for its biases.
  @inline(never)
  func pullBack(
    _ index: Int, _ parameters: UnsafePointer<Lanes>, _ biases: UnsafeMutablePointer<Lanes>,
    count: Int
  ) {
    let segment = shape.segments[index]
    let (rowStep, rowVectors) = (shape.rowStep, shape.rowVectors)
    let values = stack.floats
    for panel in 0..<segment.panels {
      let y = stack.base + (segment.offset &+ 2 &* panel)
      let sums = biases + 2 &* panel
      sums[0] = .zero
      sums[1] = .zero
      @inline(__always)
      func block(_ height: Int, _ row: Int) {
        var d = RegisterBlock()
        if let first = segment.outputWeights {
          d.addProduct(
            height: height, logits.floats + row, rowStep: 1, step: 0,
            parameters + (first &+ 2 &* panel), count: 1)
        }
        for use in segment.firstUse..<segment.endUse {
          let link = shape.links[shape.uses[use]]
          let target = shape.segments[link.target]
          d.addProduct(
            height: height, values + (row &* rowStep &+ 8 &* target.offset), rowStep: rowStep,
            step: 1, transposed.base + (link.transposed &+ 32 &* panel &* target.panels),
            count: target.count)
        }
        d.pullBack(
          height: height, Activation.self, y + row &* rowVectors, rowStep: rowVectors, sums)
      }
      BlockHeights.forEach(in: count, block)
    }
  }

  @inline(never)
  func weightGradient(
    _ index: Int, _ gradient: UnsafeMutablePointer<Lanes>, count: Int
  ) {
    let link = shape.links[index]
    let source = shape.segments[link.source]
    let target = shape.segments[link.target]
    let (rowStep, rowVectors) = (shape.rowStep, shape.rowVectors)
    let values = stack.floats + 8 &* source.offset
    for panel in 0..<target.panels {
      let d = stack.base + (target.offset &+ 2 &* panel)
      let sums = gradient + (link.weights &+ 2 &* panel &* link.rows)
      @inline(__always)
      func block(_ height: Int, _ entry: Int) {
        var g = RegisterBlock()
        g.addProduct(
          height: height, values + entry, rowStep: 1, step: rowStep, d, xStep: rowVectors,
          count: count)
        g.store(height: height, to: sums + 2 &* entry)
      }
      BlockHeights.forEach(in: source.count, block)
    }
  }
}
