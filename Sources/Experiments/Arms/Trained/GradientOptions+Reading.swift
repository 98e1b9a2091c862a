import Networks
import Tables
import Training

extension GradientOptions {
  /// What is turned, for the hash of a trial's settings; empty where nothing is.
  var settings: String {
    var words: [String] = []
    if loss != .logistic { words.append("loss=\(loss.rawValue)") }
    if let weightDecay {
      words.append("weight-decay=\(weightDecay.coefficient)")
      if weightDecay.isDecoupled { words.append("decoupled") }
    }
    if schedule != Schedule() { words.append(schedule.settings) }
    return words.map { " " + $0 }.joined()
  }
}

extension Schedule {
  /// The words for the courses in files.
  enum Name: String, CaseIterable {
    case constant, step, linear, cosine

    /// The keys that stand beside `name`.
    var keys: [String] {
      switch self {
      case .constant: ["warmup"]
      case .step: ["warmup", "every", "factor"]
      case .linear, .cosine: ["warmup", "final", "epochs"]
      }
    }
  }

  /// Every setting in words; an end that is that of the budget is not named.
  fileprivate var settings: String {
    func text(_ end: Int?) -> String { end.map { " end=\($0)" } ?? "" }
    let course =
      switch course {
      case .constant: "constant"
      case .step(let every, let factor): "step every=\(every) factor=\(factor)"
      case .linear(let final, let end): "linear final=\(final)\(text(end))"
      case .cosine(let final, let end): "cosine final=\(final)\(text(end))"
      }
    return "schedule=\(course) warmup=\(warmup)"
  }
}

extension GradientRule {
  /// The keys of weight decay and schedule that an optimizer's object takes with this rule.
  var optionKeys: [String] {
    // Without a learning rate there is nothing to schedule or to couple with.
    learningRate == nil ? ["weightDecay"] : ["weightDecay", "decoupled", "schedule"]
  }
}

extension ObjectNode {
  /// Weight decay and schedule of an optimizer's object.
  func gradientOptions() throws(InputError) -> GradientOptions {
    var options = GradientOptions()
    let decay = try self["weightDecay"]?.number("a number from 0") { $0 >= 0 } ?? 0
    if decay > 0 { options.weightDecay = WeightDecay(decay) }
    if let decoupled = self["decoupled"] {
      guard self["weightDecay"] != nil else {
        throw decoupled.error(
          .unexpected(found: "decoupled without a weightDecay", expected: "a weightDecay"))
      }
      let isDecoupled = try decoupled.bool()
      options.weightDecay?.isDecoupled = isDecoupled
    }
    options.schedule = try self["schedule"]?.schedule() ?? Schedule()
    return options
  }
}

extension Node {
  /// A schedule: its name alone, or an object with its settings.
  fileprivate func schedule() throws(InputError) -> Schedule {
    var object: ObjectNode?
    let name: Schedule.Name
    if case .object = value {
      name = try entry("name").word(Schedule.Name.self)
      object = try self.object(keys: ["name"] + name.keys)
    } else {
      name = try word(Schedule.Name.self)
    }
    let warmup = try object?["warmup"]?.whole(in: Conditions.epochRange) ?? 0
    let end = try object?["epochs"]?.whole(in: 1...Conditions.epochRange.upperBound)
    if let end, end <= warmup {
      throw error(Schedule.endsEarly(warmup: warmup, end: end))
    }
    let final =
      try object?["final"]?.number("a number from 0 to below 1") { $0 >= 0 && $0 < 1 } ?? 0
    let course: Schedule.Course
    switch name {
    case .constant: course = .constant
    case .step:
      guard let every = object?["every"] else { throw error(.missingKey("every")) }
      course = .step(
        every: try every.whole(in: 1...Conditions.epochRange.upperBound),
        factor: try object?["factor"]?.number("a number above 0 and below 1") {
          $0 > 0 && $0 < 1
        } ?? 0.1)
    case .linear: course = .linear(final: final, end: end)
    case .cosine: course = .cosine(final: final, end: end)
    }
    return Schedule(warmup: warmup, course)
  }
}

extension GradientOptions {
  /// The keys of weight decay and schedule that stand in an optimizer's object with a rule.
  func written(with rule: GradientRule) -> [JSONTree.Entry] {
    var entries: [JSONTree.Entry] = [
      .init("weightDecay", .number(weightDecay?.coefficient ?? 0))
    ]
    guard rule.learningRate != nil else { return entries }
    entries.append(.init("decoupled", .bool(weightDecay?.isDecoupled ?? false)))
    entries.append(.init("schedule", .object(schedule.written)))
    return entries
  }
}

extension Schedule {
  /// The word for its course.
  var name: Name {
    switch course {
    case .constant: .constant
    case .step: .step
    case .linear: .linear
    case .cosine: .cosine
    }
  }

  /// Its name and every setting; an end that is that of the budget has no number.
  fileprivate var written: [JSONTree.Entry] {
    let entries: [JSONTree.Entry] = [
      .init("name", .string(name.rawValue)), .init("warmup", .whole(warmup)),
    ]
    switch course {
    case .constant: return entries
    case .step(let every, let factor):
      return entries + [.init("every", .whole(every)), .init("factor", .number(factor))]
    case .linear(let final, let end), .cosine(let final, let end):
      let known: [JSONTree.Entry] = end.map { [.init("epochs", .whole($0))] } ?? []
      return entries + [.init("final", .number(final))] + known
    }
  }

  /// A warm-up that leaves no epoch for what follows.
  fileprivate static func endsEarly(warmup: Int, end: Int) -> InputError.Problem {
    .unexpected(
      found: "a warm-up of \(warmup) epochs and an end after \(end)",
      expected: "a warm-up that is over before the end")
  }

  /// What is wrong with the schedule in a budget of so many epochs, if anything is.
  func problem(within epochs: Int) -> InputError.Problem? {
    guard warmup > 0, let end = end(within: epochs), end <= warmup else { return nil }
    return Self.endsEarly(warmup: warmup, end: end)
  }
}
