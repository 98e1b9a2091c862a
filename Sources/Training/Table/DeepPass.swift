import Networks

/// The pass of any architecture, one tile of rows after another, so that a tile stays in the cache.
///
/// Rows are the lanes. ``CubeLayer`` computes the first hidden layer along the cube of inputs. All
/// other layers are products in blocks of registers:
///
///     Z[l]    = W[l] A[l−1] + b[l]        g is applied before the store
///     dZ[l−1] = W[l]ᵀ dZ[l] ⊙ g′          overwrites A[l−1], which is no longer needed
///     dW[l]   = dZ[l] A[l−1]ᵀ             four lanes a weight, summed once an epoch
///
/// A bridged layer sees all entries of the stack before its own, and collects dZ from all layers
/// after it in one product. Workloads W4 and W5 of `depthwidth benchmark` measure this pass beside
/// the multiply-add peak of the core; `results/peers/peers.csv` has the figures.
struct DeepPass<Activation: LaneActivation>: TablePass, ~Copyable {
  let parameterCount: Int

  let bits: Int
  let off: Float
  let on: Float
  let trainingRows: Int
  let loss: Loss
  let shape: DeepShape
  let targets: LaneMemory
  let stack: LaneMemory
  /// Σ dZ over all rows for each bias, and over the rows with a bit for the first hidden layer.
  let sums: LaneMemory
  /// The gradients of all other weights, in four lanes each.
  let products: LaneMemory
  let cube: CubeLayer

  init(_ rows: TableRows, _ architecture: Architecture, loss: Loss) {
    self.loss = loss
    bits = rows.bits
    off = rows.off
    on = rows.on
    trainingRows = rows.trainingRows
    parameterCount = (architecture.parameters + 7) / 8 * 8
    shape = DeepShape(architecture)
    let vectors = 2 * shape.panels * shape.tiles
    precondition(rows.targets.count >= vectors, "\(rows.targets.count) vectors of rows")
    targets = LaneMemory(vectors)
    stack = LaneMemory(shape.panelSize * shape.panels)
    sums = LaneMemory(shape.sums)
    products = LaneMemory(shape.products / 2)
    cube = CubeLayer(rows, units: shape.firstUnits, panelBits: shape.panelBits)
    // The loop stands after the last member: before it, Swift 6.3.1 would free members not yet set.
    for index in 0..<vectors { targets.base[index] = rows.targets[index] }
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

  func position(of parameter: Int) -> Int { parameter }

  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    let layers = shape.layers
    let last = layers.count &- 1
    var output = OutputKernel(trainingRows: trainingRows, loss: loss)
    sums.base.update(repeating: .zero, count: sums.count)
    products.base.update(repeating: .zero, count: products.count)
    cube.prepare(parameters)
    for tile in 0..<shape.tiles {
      if shape.holdsInputs { setInputs(tile) }
      if shape.firstUnits > 0 { forwardFirst(tile) }
      for index in 0..<last {
        forward(layers[index], parameters)
      }
      switch loss {
      case .logistic: judge(layers[last], parameters, tile, &output, LaneLogistic.self)
      case .hinge: judge(layers[last], parameters, tile, &output, LaneHinge.self)
      case .squared: judge(layers[last], parameters, tile, &output, LaneSquared.self)
      }
      for index in stride(from: last, through: 0, by: -1) {
        let layer = layers[index]
        for unit in stride(from: 0, to: layer.outputCount, by: shape.unitGroup) {
          addWeightGradient(layer, unit..<min(unit &+ shape.unitGroup, layer.outputCount))
        }
        if index > 0 {
          let below = layers[index &- 1]
          for panel in 0..<shape.panels {
            backward(
              panel, below.outputs, below.outputCount, layers, index, parameters,
              sums.base + below.sums, isFirst: false)
          }
        }
      }
      if shape.firstUnits > 0 {
        for panel in 0..<shape.panels {
          backward(
            panel, shape.firstEntry, shape.firstUnits, layers, 0, parameters, sums.base,
            isFirst: true)
        }
        cube.addGradient(
          stack.base + 2 * shape.firstEntry, step: shape.panelSize, tile, sums.base)
      }
    }
    cube.finish(sums.base)
    LaneSums.write(sums.base, count: shape.firstUnits &* (bits &+ 1), to: gradient)
    cube.combine(gradient)
    for layer in layers {
      LaneSums.write(sums.base + layer.sums, count: layer.outputCount, to: gradient + layer.biases)
      LaneSums.write(
        halves: products.base + layer.products / 2, count: layer.inputCount &* layer.outputCount,
        to: gradient + layer.weights)
    }
    return output.judgement
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

  /// Computes the output layer and overwrites its logits with dZ.
  @inline(never)
  private func judge<Loss: LaneLoss>(
    _ layer: DeepLayer, _ parameters: UnsafePointer<Float>, _ tile: Int,
    _ output: inout OutputKernel, _: Loss.Type
  ) {
    var sum = Lanes.zero
    for panel in 0..<shape.panels {
      let base = stack.base + panel &* shape.panelSize
      var z = RegisterBlock()
      z.start(height: 1, parameters + layer.biases)
      z.addProduct(
        height: 1, parameters + layer.weights, rowStep: 0, step: 1, base + 2 &* layer.inputs,
        count: layer.inputCount)
      let t = targets.base + 2 &* (tile &<< shape.panelBits &+ panel)
      let d = output.residual(z.a0, target: t[0], Loss.self)
      let e = output.residual(z.b0, target: t[1], Loss.self)
      base[2 &* layer.outputs] = d
      base[2 &* layer.outputs &+ 1] = e
      sum += d + e
    }
    sums.base[layer.sums] += sum
  }
}
