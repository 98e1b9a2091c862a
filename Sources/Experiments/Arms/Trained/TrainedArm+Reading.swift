import Networks
import Parity
package import Tables
import Training

extension TrainedArm {
  package static let kinds = ["logistic", "shallow", "deep", "depthSearch"]

  package static func keys(of kind: String) -> [FileKey] {
    let shape: [FileKey] =
      switch kind {
      case "shallow": [FileKey("widths", "The widths to try: a sweep."), search]
      case "deep":
        [
          FileKey("depth", "The number of hidden layers: a formula; ceil(log2(n)) by default."),
          FileKey(
            "widths",
            "The widths to try, the same in every layer: a sweep. Or `{ layers: [\"n\", \"2\"] }`: "
              + "the width of each layer, a formula, without `depth`."),
          search,
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
          + "`{ name: …, … }` with its settings, weight decay and schedule."),
      FileKey(
        "loss",
        "What is minimized: `logistic` (default), `hinge` max(0, 1 - tz), `squared` (z - t)²/2; z is "
          + "the logit, t = ±1 the label."),
      FileKey("batch", "`\"full\"` (default), or the rows of a mini-batch."),
      FileKey("coding", "What a bit becomes: `plusMinusOne` (default) or `zeroOne`."),
      FileKey("k", "The label is the parity of the first k bits: a formula; all n by default."),
      FileKey(
        "relevant",
        "In place of `k`: a list of the bits whose parity the label is, formulas from 0 to n - 1."),
      FileKey(
        "heldOut",
        "The share of rows held out, 0 by default; with some the training spends all epochs."),
      FileKey(
        "labelNoise",
        "The share of the rows trained on whose label is flipped in training, 0 by default, drawn by "
          + "the seed; rows are judged by the right labels, and with some flipped the training spends "
          + "all epochs."),
      FileKey("restarts", "How often an unsolved trial may start anew; 0 by default."),
      FileKey("curves", "`true` records every learning curve in curves.csv."),
      FileKey(
        "weights",
        "`true` keeps the network of every solved trial in networks.safetensors, not only those "
          + "behind a minimum."),
      FileKey("epochs", "The most epochs of a trial, in place of the experiment's."),
    ]
  }

  private static let search = FileKey(
    "search",
    "The most seeds a width is given, `1000`, or `true` for the experiment's: the widths are tried "
      + "upward, each with as many seeds as decide whether half of them succeed, up to the first that "
      + "does. `false` by default.")

  package init(_ kind: String, _ object: ObjectNode) throws(InputError) {
    shape = try Self.shape(kind, object)
    let batch = try object["batch"]?.batch() ?? .full
    let standard = GradientRule.adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    var (optimizer, options) =
      try object["optimizer"]?.optimizer(batch)
      ?? (.gradient(standard, batch: batch), GradientOptions())
    if let loss = object["loss"] {
      options.loss = try loss.word(Loss.self)
      if case .levenbergMarquardt = optimizer {
        throw loss.error(
          .unexpected(
            found: "\(options.loss.rawValue) with levenbergMarquardt",
            expected: "no loss, since levenbergMarquardt minimizes the squared error of tanh(z/2)"))
      }
    }
    (self.optimizer, self.options) = (optimizer, options)
    connections = try object.word("connections", default: .sequential)
    activation = try object.word("activation", among: Activation.trainable, default: .tanh)
    initialization = try object.word("initialization", default: .glorot)
    coding = try object.word("coding", default: .plusMinusOne)
    relevant = try Self.relevant(object)
    heldOut = try object["heldOut"]?.shareOrNone("the rows")
    labelNoise = try object["labelNoise"]?.shareOrNone("the rows trained on")
    restarts = try object["restarts"]?.whole(in: 0...1000) ?? 0
    if labelNoise != nil, restarts > 0, let node = object["restarts"] {
      throw node.error(
        .unexpected(
          found: "restarts with labelNoise",
          expected: "none, since the right labels would choose the last start"))
    }
    recordsCurves = try object["curves"]?.bool() ?? false
    keepsWeights = try object["weights"]?.bool() ?? false
    epochs = try object["epochs"]?.whole(in: Conditions.epochRange)
    (searches, searchSeeds) = try object["search"]?.search() ?? (false, nil)
    if searches, !shape.isSwept, let node = object["search"] {
      throw node.unexpected("no search, since widths has one architecture")
    }
  }

  private static func shape(_ kind: String, _ object: ObjectNode) throws(InputError) -> Shape {
    switch kind {
    case "shallow":
      return .shallow(widths: try object.required("widths").sweep())
    case "deep":
      if let layers = try layers(object) { return .layers(layers) }
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

extension TrainedArm {
  package static let nested: NestedKeys? = NestedKeys(
    key: "optimizer", standard: "adam", keys: Node.optimizerKeys)

  /// The width of each layer, where `widths` names them one by one.
  private static func layers(_ object: ObjectNode) throws(InputError) -> [Formula]? {
    let widths = try object.required("widths")
    guard case .object = widths.value else { return nil }
    let entries = try widths.object(keys: ["layers"] + Node.rangeKeys)
    guard let layers = entries["layers"] else { return nil }
    if let other = Node.rangeKeys.first(where: { entries[$0] != nil }) {
      throw widths.error(
        .unexpected(found: "layers and \(other)", expected: "layers alone, or a sweep"))
    }
    if let depth = object["depth"] {
      throw depth.unexpected("no depth, since widths has a width for each layer")
    }
    var formulas: [Formula] = []
    for layer in try layers.list() { formulas.append(try layer.formula()) }
    guard formulas.count <= depthRange.upperBound else {
      throw layers.unexpected("at most \(depthRange.upperBound) layers")
    }
    return formulas
  }

  private static func relevant(_ object: ObjectNode) throws(InputError) -> Relevant? {
    guard let node = object["relevant"] else {
      return try object["k"].map { k throws(InputError) in .first(try k.formula()) }
    }
    if let k = object["k"] { throw k.unexpected("either k or relevant, not both") }
    var positions: [Formula] = []
    for position in try node.list() { positions.append(try position.formula()) }
    return .positions(positions)
  }
}

extension Node {
  /// Whether widths are searched, and the most seeds where they are not the experiment's.
  fileprivate func search() throws(InputError) -> (searches: Bool, seeds: Int?) {
    if case .bool(let searches) = value { return (searches, nil) }
    return (true, try whole(in: 1...NumberList.countLimit))
  }

  /// A share from 0 to below 1; nil for 0, which is none.
  fileprivate func shareOrNone(_ whole: String) throws(InputError) -> Double? {
    let share = try number("a share of \(whole) from 0 to below 1") { $0 >= 0 && $0 < 1 }
    return share == 0 ? nil : share
  }

  fileprivate func batch() throws(InputError) -> Batch {
    if value == .string("full") { return .full }
    guard case .whole(let rows) = value, rows >= 1 else {
      throw unexpected("\"full\" or the rows of a mini-batch, at least 1")
    }
    return .rows(rows)
  }
}
