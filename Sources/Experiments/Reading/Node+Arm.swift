import Networks
import Parity
import Training

extension Node {
  /// An arm; which keys it may have depends on its kind.
  ///
  /// `bits` are the experiment's: an arm may be limited to some of them.
  func arm(bits: [Int]) throws(InputError) -> Arm {
    let kind = try kind()
    let object = try object(keys: Self.sharedKeys + Self.shapeKeys(of: kind))
    let batch = try object["batch"]?.batch() ?? .full
    let optimizer = try object["optimizer"]?.optimizer() ?? .defaultAdam
    if case .rprop = optimizer, batch != .full, let node = object["optimizer"] {
      throw node.error(
        .unexpected(
          found: "rprop with mini-batches",
          expected: "batch: \"full\", since rprop trusts the sign of every gradient"))
    }
    return Arm(
      name: try object.required("name").armName(),
      shape: try shape(kind, object),
      connections: try object.word("connections", default: .sequential),
      activation: try object.word("activation", among: Activation.trainable, default: .tanh),
      initialization: try object.word("initialization", default: .glorot),
      optimizer: optimizer,
      batch: batch,
      coding: try object.word("coding", default: .plusMinusOne),
      relevant: try object["k"]?.formula(),
      heldOut: try object["heldOut"]?.number("a share of the rows above 0 and below 1") {
        $0 > 0 && $0 < 1
      },
      bits: try object["bits"]?.someOf(bits),
      epochs: try object["epochs"]?.whole(in: Experiment.epochRange))
  }

  private static let sharedKeys = [
    "name", "kind", "activation", "connections", "initialization", "optimizer", "batch", "coding",
    "k", "heldOut", "bits", "epochs",
  ]

  private static func shapeKeys(of kind: Arm.Kind) -> [String] {
    switch kind {
    case .logistic: []
    case .shallow: ["widths"]
    case .deep: ["depth", "widths"]
    case .depthSearch: ["depths", "units"]
    }
  }

  /// The kind decides which other keys are valid, so it is read first.
  private func kind() throws(InputError) -> Arm.Kind {
    let all = Self.sharedKeys + Arm.Kind.allCases.flatMap(Self.shapeKeys)
    let distinct = all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return try object(keys: distinct).required("kind").word(Arm.Kind.self)
  }

  private func shape(_ kind: Arm.Kind, _ object: ObjectNode) throws(InputError) -> Arm.Shape {
    switch kind {
    case .logistic:
      return .logistic
    case .shallow:
      return .shallow(widths: try object.required("widths").sweep())
    case .deep:
      let depth = try object["depth"]?.formula()
      let standardDepth = try formula("ceil(log2(n))")
      return .deep(
        depth: depth ?? standardDepth,
        widths: try object.required("widths").sweep())
    case .depthSearch:
      return .depthSearch(
        depths: try object.required("depths").sweep(),
        units: try object.required("units").formula())
    }
  }

  private func armName() throws(InputError) -> String {
    let expected = "a name of letters, digits, spaces and . _ + -"
    let name = try string(expected)
    let isPossible = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || " ._+-".contains($0))
    }
    guard isPossible, name.count <= 60, name.first != " ", name.last != " " else {
      throw unexpected(expected)
    }
    return name
  }

  private func batch() throws(InputError) -> Batch {
    if value == .string("full") { return .full }
    guard case .whole(let rows) = value, rows >= 1 else {
      throw unexpected("\"full\" or the rows of a mini-batch, at least 1")
    }
    return .rows(rows)
  }
}
