import Networks
import Parity
import Testing
import Training

/// The pass of any depth against the specification's forward and backward pass.
struct DeepPassTests {
  /// A shape, what it sees, rows held out, and what is minimized.
  struct Case: CustomTestStringConvertible, Sendable {
    let architecture: Architecture
    var coding = InputCoding.plusMinusOne
    var heldOut = 0
    var loss = Loss.logistic

    init(
      _ bits: Int, _ hidden: [Int], _ connections: Connections, _ activation: Activation,
      _ coding: InputCoding = .plusMinusOne, heldOut: Int = 0, loss: Loss = .logistic
    ) {
      architecture = Architecture(
        inputs: bits, hidden: hidden, connections: connections, activation: activation)
      self.coding = coding
      self.heldOut = heldOut
      self.loss = loss
    }

    var testDescription: String {
      let shape = architecture
      return "n=\(shape.inputs) \(shape.hidden) \(shape.connections) \(shape.activation) "
        + "\(coding) \(heldOut)" + (loss == .logistic ? "" : " \(loss)")
    }
  }

  // Fewer rows than a panel of 16, one panel to eight in a tile, several tiles; all heights of blocks.
  #if DEBUG
    // Vectors are slow without optimization; the release tests take all.
    private static let bits = [1, 3, 4, 6, 8]
    private static let hidden = [[], [3], [2, 7], [1, 1, 1], [5, 3, 2, 4, 6]]
    private static let activations = [Activation.relu, .tanh]
  #else
    private static let bits = Array(1...9)
    private static let hidden =
      [
        [], [1], [33], [1, 1, 1, 1], [1, 40, 7], [17, 3, 64], [6, 12, 13], [5, 3, 2, 4, 6],
      ]
    private static let activations = Activation.trainable
  #endif

  private static let grid = bits.flatMap { bits in
    Connections.allCases.flatMap { connections in
      hidden.flatMap { hidden in
        activations.map { Case(bits, hidden, connections, $0) }
      }
    }
  }

  /// Every remainder of a width by the height of a block and by the units of a vector.
  private static let widths = (1...40).flatMap { width in
    #if DEBUG
      width % 9 == 5 ? [Case(5, [width, 41 - width], .bridged, .relu)] : []
    #else
      Connections.allCases.flatMap { connections in
        [5, 8].map { Case($0, [width, 41 - width], connections, .relu) }
      }
    #endif
  }

  private static let variants = [2, 6, 8].flatMap { bits in
    Connections.allCases.flatMap { connections in
      [
        Case(bits, [5, 3], connections, .relu, .zeroOne),
        Case(bits, [], connections, .relu, .zeroOne, heldOut: 1),
        Case(bits, [4, 1, 6], connections, .tanh, heldOut: 1 << bits - 2),
        Case(bits, [7, 2], connections, .relu, .zeroOne, heldOut: 1 << bits - 1),
      ]
    }
  }

  private static let losses = [Loss.hinge, .squared].flatMap { loss in
    [1, 3, 6, 8].flatMap { bits in
      Connections.allCases.flatMap { connections in
        [
          Case(bits, [], connections, .relu, heldOut: 1, loss: loss),
          Case(bits, [5, 3], connections, .relu, loss: loss),
          Case(bits, [4, 1, 6], connections, .tanh, .zeroOne, loss: loss),
        ]
      }
    }
  }

  #if DEBUG
    private static let large: [Case] = []
  #else
    private static let large = Connections.allCases.flatMap { connections in
      [
        Case(10, [63, 65], connections, .relu), Case(12, [9, 64, 35], connections, .relu),
        Case(11, [100, 31], connections, .sigmoid), Case(12, [], connections, .relu),
        Case(13, [3, 300], connections, .tanh, .zeroOne, heldOut: 1000),
      ]
    }
  #endif

  @Test(arguments: grid + widths + variants + losses + large)
  func `gradient and rows right are those of the specification`(_ test: Case) {
    let shape = test.architecture
    var generator = SeededGenerator(seed: 1, stream: test.testDescription)
    let data = DataSet.truthTable(ParityTask(bits: shape.inputs))
    let heldOut =
      test.heldOut == 0 ? [] : data.heldOut(count: test.heldOut, using: &generator)
    let rows = data.rows.filter { heldOut.isEmpty || !heldOut[Int($0)] }

    let examples = Examples(DataSet(data.task, rows: rows), coding: test.coding)
    let (network, cache) = GradientBounds.draw(shape, examples, &generator)
    let table = ParityTable(data.task, coding: test.coding, heldOut: heldOut)
    let found = network.evaluation(on: table, loss: test.loss)

    #expect(found.isFinite)
    #expect(
      found.solvedRows == Score(logits: cache.logits, labels: examples.labels).solvedRows)
    GradientBounds.expect(found.gradient, of: network, on: examples, loss: test.loss)
  }
}
