import Tables
import Training

extension Optimizer {
  /// The words for the optimizers in files.
  enum Name: String, CaseIterable {
    case gradientDescent, momentum, adam, rprop, levenbergMarquardt

    /// The keys of its settings.
    var keys: [String] {
      switch self {
      case .gradientDescent: ["learningRate"]
      case .momentum: ["learningRate", "momentum"]
      case .adam: ["learningRate", "beta1", "beta2", "epsilon"]
      case .rprop: ["initialStep", "increase", "decrease", "minimumStep", "maximumStep"]
      case .levenbergMarquardt: ["damping", "factor", "attempts", "stalls"]
      }
    }
  }

  /// The word for this optimizer.
  var name: Name {
    switch self {
    case .gradient(.gradientDescent, _): .gradientDescent
    case .gradient(.momentum, _): .momentum
    case .gradient(.adam, _): .adam
    case .gradient(.rprop, _): .rprop
    case .levenbergMarquardt: .levenbergMarquardt
    }
  }

  /// The learning rate, for the optimizers that have one.
  var learningRate: Double? {
    switch self {
    case .gradient(.gradientDescent(let rate), _), .gradient(.momentum(let rate, _), _),
      .gradient(.adam(let rate, _, _, _), _):
      rate
    case .gradient(.rprop, _), .levenbergMarquardt: nil
    }
  }

  /// The rows of a step.
  var batch: Batch {
    switch self {
    case .gradient(_, let batch): batch
    case .levenbergMarquardt: .full
    }
  }

  /// Name and every setting but the batch in words of our own, for the hash of a trial's settings.
  var settings: String {
    switch self {
    case .gradient(.gradientDescent(let rate), _): "\(name.rawValue) \(rate)"
    case .gradient(.momentum(let rate, let momentum), _): "\(name.rawValue) \(rate) \(momentum)"
    case .gradient(.adam(let rate, let beta1, let beta2, let epsilon), _):
      "\(name.rawValue) \(rate) \(beta1) \(beta2) \(epsilon)"
    case .gradient(.rprop(let rprop), _):
      "\(name.rawValue) \(rprop.initialStep) \(rprop.increase) \(rprop.decrease) "
        + "\(rprop.minimumStep) \(rprop.maximumStep)"
    case .levenbergMarquardt(let rule):
      "\(name.rawValue) \(rule.damping) \(rule.factor) \(rule.attempts) \(rule.stalls)"
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
  /// An optimizer: its name alone, or an object with its settings.
  func optimizer(_ batch: Batch) throws(InputError) -> Optimizer {
    let optimizer = try optimizerOfItsKeys(batch)
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
    return optimizer
  }

  private func optimizerOfItsKeys(_ batch: Batch) throws(InputError) -> Optimizer {
    guard case .object = value else {
      return try settings(of: word(Optimizer.Name.self), nil, batch)
    }
    let name = try entry("name").word(Optimizer.Name.self)
    return try settings(of: name, object(keys: ["name"] + name.keys), batch)
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
