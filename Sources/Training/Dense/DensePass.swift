import Networks

/// Forward and backward pass over a batch of examples that are no table.
///
/// Units are the lanes. All products are formed in blocks of registers, of up to six examples (or
/// entries) by 16 units, with one multiply-add a term in the order of the terms:
///
///     z[l]    = b[l] + Σ_entries a[l−1]·w        g is applied before the store
///     da[l−1] = Σ_units dz[l]·w                  from transposed weights; dz overwrites a[l−1]
///     dw[l]   = Σ_examples a[l−1]·dz[l]
///
/// Where inputs are bits, the first layer takes its sums from ``BitTables``. The output unit's
/// products have the entries as lanes. The order of sums follows from the shape alone, so that
/// every machine gives the same bytes.
struct DensePass<Activation: LaneActivation>: ~Copyable {
  let shape: DenseShape
  /// The most examples.
  let capacity: Int
  let inputs: DenseInputs
  let loss: Loss
  /// Whether the first layer's products with bits are tabulated, forward and for the gradient.
  let tabulatesForward: Bool
  let tabulatesGradient: Bool
  private let keepsZero: Bool
  let offsets: BitOffsets
  let tables: LaneMemory
  let targets: LaneMemory
  /// The logits, later dz of the output unit.
  let logits: LaneMemory
  /// One or two vectors an example: the output unit's products by lane, and the sums of a panel
  /// while it is formed from tables.
  let sums: LaneMemory
  let zeros: LaneMemory
  let stack: LaneMemory
  let transposed: LaneMemory

  /// Room for batches of `batch` examples and for judging `capacity`.
  init(_ architecture: Architecture, _ inputs: DenseInputs, loss: Loss, batch: Int, capacity: Int) {
    let isBits = inputs.isBits && architecture.depth > 0
    let n = architecture.inputs
    // Tables pay where they are used often enough: by examples forward, by inputs for the gradient.
    let tabulatesForward = isBits && batch >= 16
    let tabulatesGradient = isBits && n >= 16 && batch >= 4
    let shape = DenseShape(
      architecture,
      holdsInputs: !(tabulatesForward && tabulatesGradient) || architecture.connections == .bridged)
    // Whole groups of four examples, and whole vectors.
    let rounded = (max(batch, capacity) + 7) / 8 * 8
    let keepsZero = Activation.value(.zero) == .zero
    let vectors = rounded * shape.rowVectors
    let transposed = shape.transposedVectors
    // Nothing stands between the members: there, Swift 6.3.1 would free members not yet set.
    self.inputs = inputs
    self.loss = loss
    self.shape = shape
    self.capacity = rounded
    self.tabulatesForward = tabulatesForward
    self.tabulatesGradient = tabulatesGradient
    self.keepsZero = keepsZero
    offsets = BitOffsets(bits: inputs.isBits ? n : 0, capacity: rounded)
    tables = LaneMemory(BitTables.groups * 32)
    targets = LaneMemory(rounded / 8)
    logits = LaneMemory(rounded / 8)
    sums = LaneMemory(2 * rounded)
    zeros = LaneMemory(2)
    stack = LaneMemory(vectors)
    self.transposed = LaneMemory(transposed)
  }

  /// Where a source writes its examples.
  var batch: DenseBatch {
    DenseBatch(
      rows: offsets.rows, words: offsets.words, inputs: stack.floats, inputStep: shape.rowStep,
      targets: targets.floats)
  }

  /// The gradient of the mean loss over the first `count` examples.
  func evaluate(
    _ parameters: UnsafePointer<Lanes>, into gradient: UnsafeMutablePointer<Lanes>, count: Int
  ) -> Judgement {
    forward(parameters, count: count)
    let judgement = residuals(count: count)
    transpose(parameters)
    outputGradient(gradient, count: count)
    for segment in stride(from: shape.layers.count, to: 0, by: -1) {
      let layer = shape.layers[segment &- 1]
      pullBack(segment, parameters, gradient + layer.biases, count: count)
      for link in layer.firstLink..<layer.endLink {
        if link == 0, tabulatesGradient {
          gradientByTables(gradient, count: count)
        } else {
          weightGradient(link, gradient, count: count)
        }
      }
    }
    return judgement
  }

  /// Judges the first `count` examples.
  func judge(_ parameters: UnsafePointer<Lanes>, count: Int) -> Judgement {
    forward(parameters, count: count)
    return residuals(count: count)
  }

  // MARK: Forward

  private func forward(_ parameters: UnsafePointer<Lanes>, count: Int) {
    prepareInputs(count: count)
    for index in 0..<shape.layers.count {
      if index == 0, tabulatesForward {
        forwardByTables(parameters, count: count)
      } else {
        product(index, parameters, count: count)
      }
      if !keepsZero { clearFilling(index &+ 1, count: count) }
    }
    output(parameters, count: count)
  }

  @inline(never)
  private func product(_ index: Int, _ parameters: UnsafePointer<Lanes>, count: Int) {
    let layer = shape.layers[index]
    let target = shape.segments[index &+ 1]
    let (rowStep, rowVectors) = (shape.rowStep, shape.rowVectors)
    let values = stack.floats
    for panel in 0..<target.panels {
      let y = stack.base + (target.offset &+ 2 &* panel)
      let biases = parameters + (layer.biases &+ 2 &* panel)
      @inline(__always)
      func block(_ height: Int, _ row: Int) {
        var z = RegisterBlock()
        z.start(height: height, vectors: biases)
        for index in layer.firstLink..<layer.endLink {
          let link = shape.links[index]
          let source = shape.segments[link.source]
          z.addProduct(
            height: height, values + (row &* rowStep &+ 8 &* source.offset), rowStep: rowStep,
            step: 1, parameters + (link.weights &+ 2 &* panel &* link.rows), count: source.count)
        }
        z.store(height: height, Activation.self, to: y + row &* rowVectors, rowStep: rowVectors)
      }
      BlockHeights.forEach(in: count, block)
    }
  }

  /// Sets the values of units that are none to 0, where g(0) is not.
  private func clearFilling(_ segment: Int, count: Int) {
    let segment = shape.segments[segment]
    for row in 0..<count {
      let values = stack.floats + (row &* shape.rowStep &+ 8 &* segment.offset)
      for entry in segment.count..<(16 &* segment.panels) { values[entry] = 0 }
    }
  }

  /// The logits: products by lane, then the sums of their lanes, then the bias.
  @inline(never)
  private func output(_ parameters: UnsafePointer<Lanes>, count: Int) {
    for row in 0..<count {
      var (a, b) = (Lanes.zero, Lanes.zero)
      let values = stack.base + row &* shape.rowVectors
      for index in 0..<shape.segments.count {
        let segment = shape.segments[index]
        guard let first = segment.outputWeights else { continue }
        var (w, x) = (parameters + first, values + segment.offset)
        for _ in 0..<segment.panels {
          a = multiplyAdd(x[0], w[0], a)
          b = multiplyAdd(x[1], w[1], b)
          w += 2
          x += 2
        }
      }
      sums.base[row] = a + b
    }
    LaneSums.write(sums.base, count: count, to: logits.floats)
    let bias = Lanes(repeating: parameters[shape.outputBias][0])
    for index in 0..<((count &+ 7) / 8) { logits.base[index] += bias }
  }

  /// Turns the logits into dz and counts the rows that are right.
  private func residuals(count: Int) -> Judgement {
    for filling in count..<((count &+ 7) / 8 &* 8) {
      logits.floats[filling] = 0
      targets.floats[filling] = 0
    }
    var output = OutputKernel(trainingRows: count, loss: loss)
    _ = output.residuals(logits.base, targets: targets.base, count: (count &+ 7) / 8)
    return output.judgement
  }
}
