import Tables
import Training

extension Optimizer {
  /// The words for the optimizers in files.
  enum Name: String, CaseIterable {
    case gradientDescent, momentum, adam, rprop, levenbergMarquardt
  }

  /// The word for this optimizer, and its settings by their keys but for the batch.
  private var described: (name: Name, settings: [JSONTree.Entry]) {
    switch self {
    case .gradient(.gradientDescent(let rate), _):
      (.gradientDescent, [.init("learningRate", .number(rate))])
    case .gradient(.momentum(let rate, let momentum), _):
      (.momentum, [.init("learningRate", .number(rate)), .init("momentum", .number(momentum))])
    case .gradient(.adam(let rate, let beta1, let beta2, let epsilon), _):
      (
        .adam,
        [
          .init("learningRate", .number(rate)), .init("beta1", .number(beta1)),
          .init("beta2", .number(beta2)), .init("epsilon", .number(epsilon)),
        ]
      )
    case .gradient(.rprop(let rprop), _):
      (
        .rprop,
        [
          .init("initialStep", .number(rprop.initialStep)),
          .init("increase", .number(rprop.increase)), .init("decrease", .number(rprop.decrease)),
          .init("minimumStep", .number(rprop.minimumStep)),
          .init("maximumStep", .number(rprop.maximumStep)),
        ]
      )
    case .levenbergMarquardt(let rule):
      (
        .levenbergMarquardt,
        [
          .init("damping", .number(rule.damping)), .init("factor", .number(rule.factor)),
          .init("attempts", .whole(rule.attempts)), .init("stalls", .whole(rule.stalls)),
        ]
      )
    }
  }

  /// The word for this optimizer.
  var name: Name { described.name }

  /// The keys of its settings and of what else its object takes.
  var keys: [String] {
    let options: [String] =
      if case .gradient(let rule, _) = self { rule.optionKeys } else { [] }
    return described.settings.map(\.key) + options
  }

  /// The learning rate, for the optimizers that have one.
  var learningRate: Double? {
    if case .gradient(let rule, _) = self { rule.learningRate } else { nil }
  }

  /// Name and every setting but the batch, for the hash of a trial's settings.
  var settings: String {
    ([name.rawValue] + described.settings.map { $0.value.text(indent: "") })
      .joined(separator: " ")
  }

  /// Its object in a file, with every setting.
  func written(with options: GradientOptions) -> [JSONTree.Entry] {
    let more: [JSONTree.Entry] =
      if case .gradient(let rule, _) = self { options.written(with: rule) } else { [] }
    return [.init("name", .string(name.rawValue))] + described.settings + more
  }

  /// The rows of a step.
  var batch: Batch {
    switch self {
    case .gradient(_, let batch): batch
    case .levenbergMarquardt: .full
    }
  }
}

extension Batch {
  /// `full`, or the rows of a step.
  var word: String {
    switch self {
    case .full: "full"
    case .rows(let rows): "\(rows)"
    }
  }
}

extension Node {
  /// The keys of all optimizers' objects beside `name`, each once.
  static let optimizerKeys: [String] = {
    var keys: [String] = []
    let node = Node(file: "", path: "", value: .null)
    for name in Optimizer.Name.allCases {
      // Without an object there is nothing that could be wrong.
      for key in (try? node.settings(of: name, nil, .full).keys) ?? [] where !keys.contains(key) {
        keys.append(key)
      }
    }
    return keys
  }()

  /// An optimizer: its name alone, or an object with its settings; and what else the object says.
  func optimizer(_ batch: Batch) throws(InputError) -> (Optimizer, GradientOptions) {
    let (optimizer, options) = try optimizerOfItsKeys(batch)
    let need: String? =
      switch optimizer {
      case .gradient(.rprop, _): "rprop trusts the sign of every gradient"
      case .levenbergMarquardt: "levenbergMarquardt solves for all rows at once"
      case .gradient: nil
      }
    if let need, batch != .full {
      throw error(
        .unexpected(
          found: "\(optimizer.name.rawValue) with mini-batches",
          expected: "batch: \"full\", since \(need)"))
    }
    return (optimizer, options)
  }

  private func optimizerOfItsKeys(
    _ batch: Batch
  ) throws(InputError) -> (Optimizer, GradientOptions) {
    guard case .object = value else {
      return (try settings(of: word(Optimizer.Name.self), nil, batch), GradientOptions())
    }
    let name = try entry("name").word(Optimizer.Name.self)
    let keys = try settings(of: name, nil, batch).keys
    let object = try object(keys: ["name"] + keys)
    let optimizer = try settings(of: name, object, batch)
    let options = try object.gradientOptions()
    if let decay = options.weightDecay, decay.isDecoupled, let rate = optimizer.learningRate,
      rate * decay.coefficient >= 1
    {
      throw error(
        .unexpected(
          found: "a decoupled weightDecay of \(decay.coefficient) at the learning rate \(rate)",
          expected: "a product below 1, since it is the share of a weight that a step takes off"))
    }
    return (optimizer, options)
  }

  private func settings(
    of name: Optimizer.Name, _ object: ObjectNode?, _ batch: Batch
  ) throws(InputError) -> Optimizer {
    let rule: GradientRule
    switch name {
    case .gradientDescent:
      rule = .gradientDescent(learningRate: try object.positive("learningRate", default: 0.5))
    case .momentum:
      rule = .momentum(
        learningRate: try object.positive("learningRate", default: 0.1),
        momentum: try object.share("momentum", default: 0.9))
    case .adam:
      rule = .adam(
        learningRate: try object.positive("learningRate", default: 0.01),
        beta1: try object.share("beta1", default: 0.9),
        beta2: try object.share("beta2", default: 0.999),
        epsilon: try object.positive("epsilon", default: 1e-8))
    case .rprop:
      var settings = GradientRule.Rprop()
      settings.initialStep = try object.positive("initialStep", default: settings.initialStep)
      settings.increase = try object.positive("increase", default: settings.increase)
      settings.decrease = try object.share("decrease", default: settings.decrease)
      settings.minimumStep = try object.positive("minimumStep", default: settings.minimumStep)
      settings.maximumStep = try object.positive("maximumStep", default: settings.maximumStep)
      guard settings.increase >= 1, settings.minimumStep <= settings.maximumStep else {
        throw error(
          .unexpected(
            found: "increase \(settings.increase), "
              + "steps from \(settings.minimumStep) to \(settings.maximumStep)",
            expected: "increase of at least 1, minimumStep at most maximumStep"))
      }
      rule = .rprop(settings)
    case .levenbergMarquardt:
      var rule = LevenbergMarquardt()
      rule.damping = try object.positive("damping", default: rule.damping)
      rule.factor =
        try object?["factor"]?.number("a number above 1") { $0 > 1 } ?? rule.factor
      rule.attempts = try object?["attempts"]?.whole(in: 1...100) ?? rule.attempts
      rule.stalls = try object?["stalls"]?.whole(in: 1...1000) ?? rule.stalls
      return .levenbergMarquardt(rule)
    }
    return .gradient(rule, batch: batch)
  }
}

extension ObjectNode? {
  fileprivate func positive(_ key: String, default number: Double) throws(InputError) -> Double {
    try self?[key]?.number("a number above 0") { $0 > 0 } ?? number
  }

  fileprivate func share(_ key: String, default number: Double) throws(InputError) -> Double {
    try self?[key]?.number("a number from 0 to below 1") { $0 >= 0 && $0 < 1 } ?? number
  }
}
