import Networks
import Parity
import Testing
import Training

/// The pass over batches against the specification's forward and backward pass.
struct DensePassTests {
  /// A shape, what it sees, and the examples of a batch.
  struct Case: CustomTestStringConvertible, Sendable {
    let architecture: Architecture
    let batch: Int
    var coding = InputCoding.plusMinusOne

    init(
      _ bits: Int, _ hidden: [Int], _ connections: Connections, _ activation: Activation,
      batch: Int, _ coding: InputCoding = .plusMinusOne
    ) {
      architecture = Architecture(
        inputs: bits, hidden: hidden, connections: connections, activation: activation)
      self.batch = batch
      self.coding = coding
    }

    var testDescription: String {
      let shape = architecture
      return "n=\(shape.inputs) \(shape.hidden) \(shape.connections) \(shape.activation) "
        + "batch=\(batch) \(coding)"
    }

    var rows: BitRows {
      var stream = ParityStream(
        WideParity(bits: architecture.inputs, firstRelevant: min(3, architecture.inputs)), seed: 1)
      return stream.sample(batch)
    }
  }

  // Every remainder of a block of six rows, of a vector of eight, and of a group of four; one chunk of
  // tables and several; depths 0 to 4.
  #if DEBUG
    // Vectors are slow without optimization; the release tests take all.
    private static let batches = [1, 7, 9, 33]
    private static let shapes = [(3, []), (17, [3]), (20, [17, 5]), (3, [2, 1, 3, 4])]
    private static let activations = [Activation.relu, .sigmoid]
  #else
    private static let batches = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 32, 33, 128, 131]
    private static let shapes = [
      (1, []), (70, []), (3, [1]), (17, [33]), (64, [16]), (130, [20]), (20, [17, 5]),
      (8, [32, 15, 6]), (3, [2, 1, 3, 4]), (65, [5, 40, 18, 7]),
    ]
    private static let activations = Activation.trainable
  #endif

  private static let grid = shapes.flatMap { bits, hidden in
    Connections.allCases.flatMap { connections in
      activations.flatMap { activation in
        batches.map { batch in
          Case(
            bits, hidden, connections, activation, batch: batch,
            (bits + batch).isMultiple(of: 2) ? .plusMinusOne : .zeroOne)
        }
      }
    }
  }

  @Test(arguments: grid)
  func `gradient and rows right are those of the specification`(_ test: Case) {
    let examples = Examples(test.rows, coding: test.coding)
    var generator = SeededGenerator(seed: 1, stream: test.testDescription)
    let (network, cache) = GradientBounds.draw(
      test.architecture, examples, &generator, isScaled: true)
    let right = Score(logits: cache.logits, labels: examples.labels).solvedRows
    for found in [
      network.evaluation(on: test.rows, coding: test.coding), network.evaluation(on: examples),
    ] {
      #expect(found.isFinite)
      #expect(found.solvedRows == right)
      GradientBounds.expect(
        found.gradient, of: network, on: examples, terms: test.batch)
    }
  }

  /// Inputs that are no bits, and a kink may lie anywhere: tanh and sigmoid have none.
  @Test(arguments: [Activation.tanh, .sigmoid], [1, 6, 19])
  func `inputs may be any numbers`(activation: Activation, batch: Int) {
    var generator = SeededGenerator(seed: 3, stream: "numbers")
    var inputs = Matrix(height: 5, width: batch)
    for index in inputs.elements.indices { inputs.elements[index] = generator.symmetric(2) }
    let labels = (0..<batch).map { UInt8($0 & 1) }
    let examples = Examples(inputs: inputs, labels: labels)
    let shape = Architecture(inputs: 5, hidden: [7, 3], activation: activation)
    let (network, _) = GradientBounds.draw(shape, examples, &generator, isScaled: true)
    // The inputs are rounded to single precision too.
    GradientBounds.expect(
      network.evaluation(on: examples).gradient, of: network, on: examples, terms: batch + 12)
  }

  @Test(arguments: Loss.allCases, [Activation.tanh, .relu])
  func `every loss has the specification's gradient`(loss: Loss, activation: Activation) {
    for (hidden, batch) in [([], 9), ([5], 17), ([18, 4], 33)] {
      let test = Case(17, hidden, .sequential, activation, batch: batch)
      let examples = Examples(test.rows, coding: test.coding)
      var generator = SeededGenerator(seed: 2, stream: test.testDescription)
      let (network, _) = GradientBounds.draw(
        test.architecture, examples, &generator, isScaled: true)
      let found = network.evaluation(on: test.rows, coding: test.coding, loss: loss)
      GradientBounds.expect(found.gradient, of: network, on: examples, loss: loss, terms: batch)
    }
  }

  @Test(arguments: Loss.allCases, [Activation.tanh, .sigmoid, .elu])
  func `the gradient is the slope of the loss`(loss: Loss, activation: Activation) {
    let test = Case(6, [5, 3], .bridged, activation, batch: 17)
    let examples = Examples(test.rows, coding: test.coding)
    let network = Problems.network(test.architecture, seed: 2, .fanIn)
    let found = network.evaluation(on: test.rows, coding: test.coding, loss: loss)
    func mean(_ network: Network) -> Double {
      loss.mean(logits: network.forward(examples.inputs).logits, labels: examples.labels)
    }
    for index in network.parameters.indices {
      let step = 1e-5
      var (below, above) = (network, network)
      below.parameters[index] -= step
      above.parameters[index] += step
      let slope = (mean(above) - mean(below)) / (2 * step)
      #expect(abs(found.gradient[index] - slope) < 1e-6, "parameter \(index)")
    }
  }

  @Test func `a logit that is no number is seen`() {
    let test = Case(4, [3], .sequential, .relu, batch: 5)
    var network = Problems.network(test.architecture, seed: 1)
    network.parameters[0] = .nan
    #expect(!network.evaluation(on: test.rows, coding: test.coding).isFinite)
  }
}
