extension DeepWorker {
  /// Overwrites the values of `count` units from entry `first` on with their dZ, from the dZ of the
  /// layers from `later` on, and adds it to the sums of their biases.
  ///
  /// For the first hidden layer, `isFirst`, it writes what ``CubeLayer`` needs instead: the sum of
  /// a panel's two vectors, and the second vector.
  @inline(__always)
  func backward(
    _ panel: Int, _ first: Int, _ count: Int, _ layers: [DeepLayer], _ later: Int,
    _ parameters: UnsafePointer<Float>, _ biases: UnsafeMutablePointer<Lanes>, isFirst: Bool
  ) {
    let base = stack.base + panel &* shape.panelSize
    @inline(__always)
    func block(_ height: Int, _ unit: Int) {
      let entry = first &+ unit
      var d = RegisterBlock()
      var index = later
      repeat {
        let layer = layers[index]
        d.addProduct(
          height: height, parameters + (layer.weights &+ entry &- layer.inputs), rowStep: 1,
          step: layer.inputCount, base + 2 &* layer.outputs, count: layer.outputCount)
        index &+= 1
      } while shape.isBridged && index < layers.count
      d.pullBack(
        height: height, Activation.self, base + 2 &* entry, biases + unit, keepsSums: isFirst)
    }
    BlockHeights.forEach(in: count, block)
  }

  /// Adds the tile to the gradient of the weights into `units` of a layer.
  @inline(never)
  func addWeightGradient(
    _ layer: DeepLayer, _ units: Range<Int>, _ products: UnsafeMutablePointer<Lanes>
  ) {
    let sums = UnsafeMutableRawPointer(products).assumingMemoryBound(to: SIMD4<Float>.self)
    let step = layer.inputCount
    let (panelSize, panels) = (shape.panelSize, shape.panels)
    let inputs = stack.base + 2 &* layer.inputs
    let outputs = stack.base + 2 &* (layer.outputs &+ units.lowerBound)
    let weights = sums + (layer.products &+ units.lowerBound &* step)
    let count = units.count
    @inline(__always)
    func block(_ height: Int, _ input: Int) {
      let x = inputs + 2 &* input
      var (d, g, left) = (outputs, weights + input, count)
      while left > 1 {
        var block = RegisterBlock()
        block.addProducts(height: height, isPair: true, x, d, step: panelSize, panels: panels)
        block.addColumns(height: height, to: g, g + step)
        d += 4
        g += 2 &* step
        left &-= 2
      }
      if left > 0 {
        var block = RegisterBlock()
        block.addProducts(height: height, isPair: false, x, d, step: panelSize, panels: panels)
        block.addRows(height: height, to: g)
      }
    }
    BlockHeights.forEach(in: step, block)
  }
}
