import Circuits
import Networks
import Parity
import Tables
import Training

extension Node {
  /// An arm; which keys it may have depends on its kind.
  ///
  /// `bits` are the experiment's: an arm may be limited to some of them.
  func arm(bits: [Int]) throws(InputError) -> Arm {
    let kind = try kind()
    let object = try object(keys: kind.keys)
    let subject: Arm.Subject =
      if let shape = try shape(kind, object) {
        .trained(try trainedArm(shape, object))
      } else if kind == .frozen {
        .frozen(try frozenArm(object))
      } else {
        .exact(try exactArm(kind, object))
      }
    return Arm(
      name: try object.required("name").armName(), subject: subject,
      bits: try object["bits"]?.someOf(bits))
  }

  /// The kind decides which other keys are valid, so it is read first.
  private func kind() throws(InputError) -> ArmKind {
    let all = ArmKind.allCases.flatMap(\.keys)
    let distinct = all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return try object(keys: distinct).required("kind").word(ArmKind.self)
  }

  private func trainedArm(
    _ shape: TrainedArm.Shape, _ object: ObjectNode
  ) throws(InputError) -> TrainedArm {
    let batch = try object["batch"]?.batch() ?? .full
    let optimizer = try object["optimizer"]?.optimizer() ?? .defaultAdam
    if let need = optimizer.needForAllRows, batch != .full, let node = object["optimizer"] {
      throw node.error(
        .unexpected(
          found: "\(optimizer.name.rawValue) with mini-batches",
          expected: "batch: \"full\", since \(need)"))
    }
    return TrainedArm(
      shape: shape,
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
      restarts: try object["restarts"]?.whole(in: 0...1000) ?? 0,
      recordsCurves: try object["curves"]?.bool() ?? false,
      epochs: try object["epochs"]?.whole(in: Experiment.epochRange))
  }

  /// The architectures of a trained arm; nil for an arm that is not trained.
  private func shape(
    _ kind: ArmKind, _ object: ObjectNode
  ) throws(InputError) -> TrainedArm.Shape? {
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
    case .circuit, .constructed, .frozen:
      return nil
    }
  }

  private func exactArm(_ kind: ArmKind, _ object: ObjectNode) throws(InputError) -> ExactArm {
    let family = try object.required("family")
    let construction: ExactArm.Construction =
      kind == .circuit
      ? .circuit(try family.word(CircuitFamily.Name.self))
      : .network(try family.word(ConstructedNetwork.Family.self))
    let depths = try object["depths"]?.sweep()
    if depths != nil, !construction.hasDepths, let node = object["depths"] {
      throw node.unexpected("no depths: there is one \(construction.word) for each n")
    }
    if depths == nil, construction == .circuit(.blocks) { _ = try object.required("depths") }
    return ExactArm(
      construction: construction, depths: depths,
      sample: try object["sample"]?.whole(in: 1...100_000_000) ?? Experiment.sampleRows)
  }

  private func frozenArm(_ object: ObjectNode) throws(InputError) -> FrozenArm {
    FrozenArm(
      activation: try object.word("activation", default: .tanh),
      labels: try object.word("labels", default: .parity), units: try object["units"]?.formula())
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
