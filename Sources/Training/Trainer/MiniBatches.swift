import Networks
import Parity

/// One epoch of steps, each on a batch of rows drawn without replacement.
struct MiniBatches {
  private let examples: Examples
  private let size: Int
  private let architecture: Architecture
  private let loss: Loss
  private var order: [Int]

  /// Batches of the given size, at most all rows.
  init(_ examples: Examples, _ batch: Batch, _ architecture: Architecture, loss: Loss) {
    self.loss = loss
    self.examples = examples
    self.architecture = architecture
    size =
      switch batch {
      case .full: examples.count
      case .rows(let rows): min(rows, examples.count)
      }
    precondition(size >= 1, "a batch of \(size) rows of \(examples.count)")
    order = Array(0..<examples.count)
  }

  /// The steps of an epoch.
  var count: Int { (order.count + size - 1) / size }

  /// Shuffles the rows and takes a step on each batch of them.
  mutating func epoch(
    of network: inout Network, _ state: inout GradientRule.State,
    order generator: inout SeededGenerator
  ) {
    generator.shuffle(&order)
    for start in stride(from: 0, to: order.count, by: size) {
      let batch = gather(order[start..<min(start + size, order.count)])
      let cache = network.forward(batch.inputs)
      let gradient = network.backward(cache, labels: batch.labels, loss: loss)
      state.step(&network.parameters, gradient)
    }
  }

  private func gather(_ rows: ArraySlice<Int>) -> Examples {
    var inputs = Matrix(height: examples.inputs.height, width: rows.count)
    for input in 0..<inputs.height {
      for (column, row) in rows.enumerated() {
        inputs[input, column] = examples.inputs[input, row]
      }
    }
    return Examples(inputs: inputs, labels: rows.map { examples.labels[$0] })
  }
}
