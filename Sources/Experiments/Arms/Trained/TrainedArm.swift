package import Networks
package import Parity
package import Tables
package import Training

/// A family of networks that are trained, with its settings.
package struct TrainedArm: ArmSettings {
  /// The n whose truth table can be trained on.
  package static let bitsRange = 1...30
  /// The widest layer that can be asked for.
  package static let widthRange = 1...(1 << 24)
  /// The deepest network that can be asked for.
  package static let depthRange = 0...64

  /// Which architectures are tried.
  package let shape: Shape
  package let connections: Connections
  package let activation: Activation
  package let initialization: Initialization
  /// How each step is found, and on which rows.
  package let optimizer: Optimizer
  package let coding: InputCoding
  /// The relevant bits k as a formula in n, or nil for all of them.
  package let relevant: Formula?
  /// The share of rows that is held out of training, or nil to train on the whole truth table.
  package let heldOut: Double?
  /// The most times a trial that did not solve its rows starts anew.
  package let restarts: Int
  /// Whether the learning curves are recorded.
  package let recordsCurves: Bool
  /// The most epochs of each start of a trial, or nil for the experiment's.
  package private(set) var epochs: Int?

  /// Which architectures an arm tries at each n.
  package enum Shape: Sendable {
    /// Depth 0: no hidden layer.
    case logistic
    /// Depth 1: the width swept up toward 2^(n−1).
    case shallow(widths: Sweep)
    /// A fixed depth, by default ceil(log2(n)), every layer of the same swept width.
    case deep(depth: Formula, widths: Sweep)
    /// Depth as the hyperparameter: one architecture a depth, under a budget of hidden units.
    case depthSearch(depths: Sweep, units: Formula)
  }

  package var possibleBits: ClosedRange<Int> { Self.bitsRange }

  package var choosesDepth: Bool {
    if case .depthSearch = shape { true } else { false }
  }

  package var withoutOwnBudget: TrainedArm {
    var arm = self
    arm.epochs = nil
    return arm
  }
}

extension TrainedArm {
  package static let kinds = ["logistic", "shallow", "deep", "depthSearch"]

  package static func keys(of kind: String) -> [FileKey] {
    let shape: [FileKey] =
      switch kind {
      case "shallow": [FileKey("widths", "The widths to try: a sweep.")]
      case "deep":
        [
          FileKey("depth", "The number of hidden layers: a formula; ceil(log2(n)) by default."),
          FileKey("widths", "The widths to try, the same in every layer: a sweep."),
        ]
      case "depthSearch":
        [
          FileKey("depths", "The numbers of hidden layers to try: a sweep."),
          FileKey("units", "The hidden units, shared evenly by the layers: a formula."),
        ]
      default: []
      }
    return shape + [
      FileKey("activation", "`tanh` (default), `sigmoid`, `relu`, `leakyRelu`, `elu`."),
      FileKey(
        "connections",
        "`sequential` (default), or `bridged`: each layer sees the inputs and all layers before."),
      FileKey(
        "initialization",
        "`glorot` (default), `he`, `rademacher` (first layer ±1), `fanIn` (weights and biases "
          + "within ±1/√fan-in), `counting` (hidden units that count the ones)."),
      FileKey(
        "optimizer",
        "`adam` (default), `gradientDescent`, `momentum`, `rprop`, `levenbergMarquardt`, or "
          + "`{ name: …, … }` with its settings."),
      FileKey("batch", "`\"full\"` (default), or the rows of a mini-batch."),
      FileKey("coding", "What a bit becomes: `plusMinusOne` (default) or `zeroOne`."),
      FileKey("k", "The label is the parity of the first k bits: a formula; all n by default."),
      FileKey("heldOut", "The share of rows held out; the training then spends all epochs."),
      FileKey("restarts", "How often an unsolved trial may start anew; 0 by default."),
      FileKey("curves", "`true` records every learning curve in curves.csv."),
      FileKey("epochs", "The most epochs of a trial, in place of the experiment's."),
    ]
  }

  package init(_ kind: String, _ object: ObjectNode) throws(InputError) {
    shape = try Self.shape(kind, object)
    let batch = try object["batch"]?.batch() ?? .full
    let standard = GradientRule.adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    optimizer = try object["optimizer"]?.optimizer(batch) ?? .gradient(standard, batch: batch)
    connections = try object.word("connections", default: .sequential)
    activation = try object.word("activation", among: Activation.trainable, default: .tanh)
    initialization = try object.word("initialization", default: .glorot)
    coding = try object.word("coding", default: .plusMinusOne)
    relevant = try object["k"]?.formula()
    heldOut = try object["heldOut"]?.number("a share of the rows above 0 and below 1") {
      $0 > 0 && $0 < 1
    }
    restarts = try object["restarts"]?.whole(in: 0...1000) ?? 0
    recordsCurves = try object["curves"]?.bool() ?? false
    epochs = try object["epochs"]?.whole(in: Conditions.epochRange)
  }

  private static func shape(_ kind: String, _ object: ObjectNode) throws(InputError) -> Shape {
    switch kind {
    case "shallow":
      return .shallow(widths: try object.required("widths").sweep())
    case "deep":
      let standardDepth = try object.node.formula("ceil(log2(n))")
      return .deep(
        depth: try object["depth"]?.formula() ?? standardDepth,
        widths: try object.required("widths").sweep())
    case "depthSearch":
      return .depthSearch(
        depths: try object.required("depths").sweep(),
        units: try object.required("units").formula())
    default:
      return .logistic
    }
  }
}

extension Node {
  fileprivate func batch() throws(InputError) -> Batch {
    if value == .string("full") { return .full }
    guard case .whole(let rows) = value, rows >= 1 else {
      throw unexpected("\"full\" or the rows of a mini-batch, at least 1")
    }
    return .rows(rows)
  }
}
