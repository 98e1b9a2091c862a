import Networks
import Parity
import Testing
import Training

/// The pass of one hidden layer against the specification's forward and backward pass.
struct ShallowPassTests {
  /// A shape, what it sees, rows held out, and what is minimized.
  struct Case: CustomTestStringConvertible, Sendable {
    let bits: Int
    let width: Int
    let activation: Activation
    var coding = InputCoding.plusMinusOne
    var heldOut = 0
    /// The largest weight and bias of a hidden unit.
    var weight = 1
    var loss = Loss.logistic

    var testDescription: String {
      "n=\(bits) width=\(width) \(activation) \(coding) \(heldOut) \(weight)"
        + (loss == .logistic ? "" : " \(loss)")
    }
  }

  #if DEBUG
    // Vectors are slow without optimization; the release tests take all.
    private static let bits = [1, 2, 3, 5, 6, 7, 8]
    private static let widths = [1, 3, 8, 9]
  #else
    private static let bits = Array(1...12)
    private static let widths = Array(1...40) + [63, 64, 65, 100]
  #endif

  private static let grid = bits.flatMap { bits in
    Activation.trainable.flatMap { activation in
      // The largest tables with a few widths: the specification takes its time.
      widths.filter { bits < 10 || [1, 7, 33, 65].contains($0) }.map {
        Case(bits: bits, width: $0, activation: activation)
      }
    }
  }

  private static let variants = [2, 6, 8].flatMap { bits in
    Activation.trainable.flatMap { activation in
      [
        Case(bits: bits, width: 5, activation: activation, coding: .zeroOne),
        Case(bits: bits, width: 5, activation: activation, heldOut: 1 << bits - 2),
        Case(bits: bits, width: 33, activation: activation, coding: .zeroOne, heldOut: 1),
      ]
    }
  }

  private static let losses = [Loss.hinge, .squared].flatMap { loss in
    [1, 3, 6, 8].flatMap { bits in
      Activation.trainable.flatMap { activation in
        [
          Case(bits: bits, width: 4, activation: activation, loss: loss),
          Case(bits: bits, width: 9, activation: activation, heldOut: 1, loss: loss),
        ]
      }
    }
  }

  @Test(arguments: grid + variants + losses)
  func `gradient and rows right are those of the specification`(_ test: Case) {
    let shape = Architecture(
      inputs: test.bits, hidden: [test.width], activation: test.activation)
    var generator = SeededGenerator(seed: UInt64(test.width), stream: test.testDescription)
    // Multiples of 2^−8: pre-activations are exact in both precisions, so no kink lies between them.
    let hidden = test.width * (test.bits + 1)
    let parameters = (0..<shape.parameters).map { index in
      (Double(generator.below(513)) / 256 - 1) * Double(index < hidden ? test.weight : 1)
    }
    let network = Network(shape, parameters: parameters)
    let data = DataSet.truthTable(ParityTask(bits: test.bits))
    let heldOut =
      test.heldOut == 0 ? [] : data.heldOut(count: test.heldOut, using: &generator)
    let rows = data.rows.filter { heldOut.isEmpty || !heldOut[Int($0)] }

    let table = ParityTable(data.task, coding: test.coding, heldOut: heldOut)
    let found = network.evaluation(on: table, loss: test.loss)
    let examples = Examples(DataSet(data.task, rows: rows), coding: test.coding)
    let cache = network.forward(examples.inputs)
    let expected = network.backward(cache, labels: examples.labels, loss: test.loss)

    #expect(found.isFinite)
    // Values that have reached their limits can add up to a logit of 0, right or wrong by the tail of
    // one of them.
    let tail = test.weight > 1 ? 1e-5 : 0
    let margins = zip(cache.logits, examples.labels).map { $1 == 1 ? $0 : -$0 }
    #expect((margins.count { $0 > tail }...margins.count { $0 > -tail }).contains(found.solvedRows))
    // The terms of a sum are at most |dZ| of the output times a weight, or times what a unit's
    // pre-activation can reach. 16 half-ulps of their sum: a row more or less is far beyond.
    let residual = zip(cache.logits, examples.labels).reduce(0.0) {
      $0
        + abs(test.loss.derivative(at: $1.0, output: Elementary.sigmoid($1.0), label: $1.1))
    }
    let isBounded = [.tanh, .sigmoid].contains(test.activation)
    let reach = Double((test.bits + 1) * (isBounded ? 1 : test.weight))
    let bound = 16 * 0x1p-24 * reach * residual / Double(rows.count)
    for (index, (a, b)) in zip(found.gradient, expected).enumerated() {
      #expect(abs(a - b) <= bound, "parameter \(index): \(a), expected \(b)")
    }
  }

  @Test func `many units and chunks of rows give the same sums`() {
    // Beyond one block of units and one chunk of rows, and with values too many to store at once.
    #if DEBUG
      let shapes = [(7, 40)]
    #else
      let shapes = [(13, 70), (14, 33), (9, 300)]
    #endif
    for (bits, width) in shapes {
      for activation in [Activation.relu, .tanh] {
        let test = Case(bits: bits, width: width, activation: activation)
        `gradient and rows right are those of the specification`(test)
      }
    }
  }

  /// From 10 on e^(2P) leaves single precision, and a unit takes several tables of powers; beyond 100
  /// it takes more than are kept.
  @Test(arguments: [10, 40, 1000], [Activation.tanh, .sigmoid, .elu])
  func `the sums hold for large weights`(weight: Int, activation: Activation) {
    #if DEBUG
      let shapes = [(7, 5, InputCoding.plusMinusOne), (8, 9, .zeroOne)]
    #else
      let shapes = [
        (7, 5, InputCoding.plusMinusOne), (8, 9, .zeroOne), (10, 40, .plusMinusOne),
        (13, 9, .plusMinusOne),
      ]
    #endif
    for (bits, width, coding) in shapes {
      let test = Case(
        bits: bits, width: width, activation: activation, coding: coding, weight: weight)
      `gradient and rows right are those of the specification`(test)
    }
  }

  @Test func `a number that is none is seen`() {
    for (bits, activation) in [(3, Activation.relu), (7, .tanh), (7, .sigmoid), (7, .elu)] {
      let shape = Architecture(inputs: bits, hidden: [2], activation: activation)
      for index in 0..<shape.parameters {
        for size in [0.5, 50] {
          var parameters = Array(repeating: size, count: shape.parameters)
          parameters[index] = .nan
          let found = Network(shape, parameters: parameters).evaluation(on: Problems.table(bits))
          #expect(!found.isFinite, "\(activation), parameter \(index)")
        }
      }
    }
  }
}
