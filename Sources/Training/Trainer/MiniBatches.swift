import Networks
import Parity

/// Epochs of steps, each on a batch of rows drawn without replacement.
struct MiniBatches {
  private let examples: Examples
  private let size: Int
  private let architecture: Architecture
  private let loss: Loss
  private var order: [Int]
  /// The rows of the present epoch that have had their step, 0 between two epochs.
  private var done = 0

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

  /// Whether an epoch has begun and is not at its end.
  private(set) var isUnderWay = false

  /// What the order of the present epoch was drawn from.
  private var epochGenerator: SeededGenerator?

  /// Draws the order of the rows for an epoch.
  mutating func begin(order generator: inout SeededGenerator) {
    epochGenerator = generator
    order = Array(0..<examples.count)
    generator.shuffle(&order)
    isUnderWay = true
  }

  /// Takes a step on the next batch.
  mutating func step(_ network: inout Network, _ state: inout GradientRule.State) {
    let batch = gather(order[done..<min(done + size, order.count)])
    let cache = network.forward(batch.inputs)
    let gradient = network.backward(cache, labels: batch.labels, loss: loss)
    state.step(&network.parameters, gradient)
    done += size
    guard done >= order.count else { return }
    (done, isUnderWay) = (0, false)
  }

  /// What the order of the rows is drawn from, and how many of them have had their step.
  func checkpoint(of generator: SeededGenerator) -> Checkpoint.BatchOrder {
    Checkpoint.BatchOrder((isUnderWay ? epochGenerator : nil) ?? generator, done: done)
  }

  /// Goes on where a checkpoint was taken: between two epochs, or after a batch.
  mutating func restore(_ state: Checkpoint.BatchOrder, order generator: inout SeededGenerator) {
    generator = state.order
    guard state.done > 0 else { return }
    begin(order: &generator)
    done = state.done
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
