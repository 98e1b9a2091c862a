import Networks

/// What one member of a crew needs to compute parts of a ``DeepPass``.
struct DeepWorker<Activation: LaneActivation>: ~Copyable {
  let bits: Int
  let off: Float
  let on: Float
  let shape: DeepShape
  private let targets: UnsafePointer<Lanes>
  let stack: LaneMemory
  let cube: CubeLayer
  /// The evaluation that ``cube`` was prepared for.
  private let preparedRound: UnsafeMutablePointer<Int>

  /// `targets` are those of all rows; they stay where they are.
  init(_ rows: TableRows, _ architecture: Architecture, _ targets: UnsafePointer<Lanes>) {
    bits = rows.bits
    off = rows.off
    on = rows.on
    shape = DeepShape(architecture)
    self.targets = targets
    stack = LaneMemory(shape.panelSize * shape.panels)
    cube = CubeLayer(rows, units: shape.firstUnits, panelBits: shape.panelBits)
    preparedRound = .allocate(capacity: 1)
    preparedRound.initialize(to: 0)
    // The loop stands after the last member: before it, Swift 6.3.1 would free members not yet set.
    if shape.holdsInputs {
      for panel in 0..<shape.panels {
        let x = stack.base + panel * shape.panelSize
        for input in 0..<min(bits, 3) {
          x[2 * input] = rows.lanes(ofInput: input)
          x[2 * input + 1] = x[2 * input]
        }
      }
    }
  }

  deinit { preparedRound.deallocate() }

  /// Sets the sums of a part: those of ``DeepShape/sums``, then those of ``DeepShape/products``.
  func evaluate(
    _ part: Int, _ parameters: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Lanes>,
    _ output: inout OutputKernel, round: Int
  ) {
    let layers = shape.layers
    let last = layers.count &- 1
    let products = sums + shape.sums
    sums.update(repeating: .zero, count: shape.sums &+ shape.products / 2)
    if preparedRound.pointee != round {
      preparedRound.pointee = round
      cube.prepare(parameters)
    }
    let firstTile = part &* shape.tilesPerPart
    for tile in firstTile..<(firstTile &+ shape.tilesPerPart) {
      if shape.holdsInputs { setInputs(tile) }
      if shape.firstUnits > 0 { forwardFirst(tile) }
      for index in 0..<last {
        forward(layers[index], parameters)
      }
      let residualSum =
        switch output.loss {
        case .logistic: judge(layers[last], parameters, tile, &output, LaneLogistic.self)
        case .hinge: judge(layers[last], parameters, tile, &output, LaneHinge.self)
        case .squared: judge(layers[last], parameters, tile, &output, LaneSquared.self)
        }
      sums[layers[last].sums] += residualSum
      for index in stride(from: last, through: 0, by: -1) {
        let layer = layers[index]
        for unit in stride(from: 0, to: layer.outputCount, by: shape.unitGroup) {
          addWeightGradient(
            layer, unit..<min(unit &+ shape.unitGroup, layer.outputCount), products)
        }
        if index > 0 {
          let below = layers[index &- 1]
          for panel in 0..<shape.panels {
            backward(
              panel, below.outputs, below.outputCount, layers, index, parameters,
              sums + below.sums, isFirst: false)
          }
        }
      }
      if shape.firstUnits > 0 {
        for panel in 0..<shape.panels {
          backward(
            panel, shape.firstEntry, shape.firstUnits, layers, 0, parameters, sums, isFirst: true)
        }
        cube.addGradient(stack.base + 2 * shape.firstEntry, step: shape.panelSize, tile, sums)
      }
    }
  }

  /// Writes the inputs from 3 on into the stack of a tile.
  @inline(never)
  private func setInputs(_ tile: Int) {
    for panel in 0..<shape.panels {
      let x = stack.base + panel &* shape.panelSize
      let row = (tile &<< shape.panelBits &+ panel) &* 16
      for input in stride(from: 3, to: bits, by: 1) {
        let value = Lanes(repeating: row &>> input & 1 == 1 ? on : off)
        x[2 &* input] = value
        x[2 &* input &+ 1] = input == 3 ? Lanes(repeating: on) : value
      }
    }
  }

  @inline(never)
  private func forwardFirst(_ tile: Int) {
    cube.setConstants(tile)
    for panel in 0..<shape.panels {
      let constants = cube.constants(ofPanel: panel)
      var p = cube.patterns.base
      var y = stack.base + (panel &* shape.panelSize &+ 2 &* shape.firstEntry)
      for unit in 0..<shape.firstUnits {
        let c = Lanes(repeating: constants[unit])
        y[0] = Activation.value(p[0] + c)
        y[1] = Activation.value(p[1] + c)
        p += 2
        y += 2
      }
    }
  }

  @inline(never)
  private func forward(_ layer: DeepLayer, _ parameters: UnsafePointer<Float>) {
    let count = layer.inputCount
    for panel in 0..<shape.panels {
      let base = stack.base + panel &* shape.panelSize
      let x = UnsafePointer(base + 2 &* layer.inputs)
      @inline(__always)
      func block(_ height: Int, _ unit: Int) {
        var z = RegisterBlock()
        z.start(height: height, parameters + (layer.biases &+ unit))
        z.addProduct(
          height: height, parameters + (layer.weights &+ unit &* count), rowStep: count, step: 1,
          x, count: count)
        z.store(height: height, Activation.self, to: base + 2 &* (layer.outputs &+ unit))
      }
      BlockHeights.forEach(in: layer.outputCount, block)
    }
  }

  /// Computes the output layer and overwrites its logits with dZ; returns their sum, by lane.
  @inline(never)
  private func judge<Loss: LaneLoss>(
    _ layer: DeepLayer, _ parameters: UnsafePointer<Float>, _ tile: Int,
    _ output: inout OutputKernel, _: Loss.Type
  ) -> Lanes {
    var sum = Lanes.zero
    for panel in 0..<shape.panels {
      let base = stack.base + panel &* shape.panelSize
      var z = RegisterBlock()
      z.start(height: 1, parameters + layer.biases)
      z.addProduct(
        height: 1, parameters + layer.weights, rowStep: 0, step: 1, base + 2 &* layer.inputs,
        count: layer.inputCount)
      let t = targets + 2 &* (tile &<< shape.panelBits &+ panel)
      let d = output.residual(z.a0, target: t[0], Loss.self)
      let e = output.residual(z.b0, target: t[1], Loss.self)
      base[2 &* layer.outputs] = d
      base[2 &* layer.outputs &+ 1] = e
      sum += d + e
    }
    return sum
  }
}
