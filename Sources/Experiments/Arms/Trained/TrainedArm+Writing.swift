import Networks
import Parity
import Training

extension TrainedArm {
  package func written(_ conditions: Conditions) -> [JSONTree.Entry] {
    var entries = shape.written
    if shape.isSwept {
      entries.append(
        .init("search", searches ? searchSeeds.map { .whole($0) } ?? .bool(true) : .bool(false)))
    }
    entries += [
      .init("activation", .string(activation.rawValue)),
      .init("connections", .string(connections.rawValue)),
      .init("initialization", .string(initialization.rawValue)),
      .init("optimizer", .object(optimizer.written(with: options))),
    ]
    // Levenberg–Marquardt has a loss of its own, and the key is refused with it.
    if case .gradient = optimizer { entries.append(.init("loss", .string(options.loss.rawValue))) }
    entries += [
      .init("batch", optimizer.batch.written), .init("coding", .string(coding.rawValue)),
      relevant.written,
      .init("heldOut", .number(heldOut ?? 0)), .init("labelNoise", .number(labelNoise ?? 0)),
      .init("restarts", .whole(restarts)), .init("curves", .bool(recordsCurves)),
      .init("weights", .bool(keepsWeights)),
      .init("epochs", .whole(epochs ?? conditions.epochs)),
    ]
    return entries
  }

  package var laws: [Law] {
    var laws = [
      Law("activation \(activation.rawValue)", activation.law),
      Law("initialization \(initialization.rawValue)", initialization.law),
      Law("optimizer \(optimizer.name.rawValue)", optimizer.law),
      Law("coding \(coding.rawValue)", coding.law), Law("output unit", Self.outputLaw),
      Law("random streams", Self.streamLaw),
    ]
    if case .gradient = optimizer {
      laws.append(Law("loss \(options.loss.rawValue)", options.loss.law))
    }
    if optimizer.learningRate != nil {
      laws.append(Law("schedule \(options.schedule.name.rawValue)", options.schedule.law))
    }
    if let decay = options.weightDecay {
      laws.append(Law(decay.isDecoupled ? "weightDecay decoupled" : "weightDecay", decay.law))
    }
    if heldOut != nil { laws.append(Law("heldOut", Self.heldOutLaw)) }
    if labelNoise != nil { laws.append(Law("labelNoise", Self.labelNoiseLaw)) }
    if restarts > 0 { laws.append(Law("restarts", Self.restartLaw)) }
    return laws
  }
}

extension TrainedArm.Shape {
  /// Whether widths are tried one after the other.
  var isSwept: Bool {
    switch self {
    case .shallow, .deep: true
    case .logistic, .layers, .depthSearch: false
    }
  }

  /// The keys of the shape.
  fileprivate var written: [JSONTree.Entry] {
    switch self {
    case .logistic: []
    case .shallow(let widths): [.init("widths", widths.written)]
    case .deep(let depth, let widths):
      [.init("depth", depth.written), .init("widths", widths.written)]
    case .layers(let layers):
      [.init("widths", .object([.init("layers", .list(layers.map(\.written)))]))]
    case .depthSearch(let depths, let units):
      [.init("depths", depths.written), .init("units", units.written)]
    }
  }
}

extension TrainedArm.Relevant? {
  /// `k`, which is n without either key, or `relevant`.
  fileprivate var written: JSONTree.Entry {
    switch self {
    case nil: .init("k", .string("n"))
    case .first(let k): .init("k", k.written)
    case .positions(let positions): .init("relevant", .list(positions.map(\.written)))
    }
  }
}

extension Batch {
  fileprivate var written: JSONTree {
    switch self {
    case .full: .string(word)
    case .rows(let rows): .whole(rows)
    }
  }
}
