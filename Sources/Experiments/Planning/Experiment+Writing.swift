extension Experiment {
  /// The experiment with every default written out, as the text of experiment.json.
  ///
  /// It is an experiment file of its own: read back, its plan has the same trials with the same
  /// settings, and its claims say the same. An arm that varies something is written as the arms that
  /// this makes. Formulas stay formulas. `laws` explains the words: how weights are drawn, what is
  /// minimized, how a step is found; the reader takes no setting from it.
  public var json: String {
    var entries: [JSONTree.Entry] = [
      .init("name", .string(name)), .init("question", .string(question)),
      .init("prediction", .string(prediction)),
    ]
    if let verdict { entries.append(.init("verdict", verdict.written)) }
    entries += [
      .init("bits", .list(bits.map { .whole($0) })), .init("seeds", writtenSeeds),
      .init(
        "budget",
        .object([
          .init("epochs", .whole(conditions.epochs)),
          .init("stopWhenSolved", .bool(conditions.stopsWhenSolved)),
        ])),
      .init("arms", .list(arms.map { .object($0.written(conditions, bits: bits)) })),
      .init("claims", .list(claims.map(\.written))), .init("laws", .object(laws)),
    ]
    return JSONTree.object(entries).text
  }

  /// More seeds than this are written as a range, where they are one.
  private static let listedSeeds = 1000

  private var writtenSeeds: JSONTree {
    let seeds = conditions.seeds
    guard seeds.count > Self.listedSeeds, let first = seeds.first, let last = seeds.last,
      last - first == seeds.count - 1
    else { return .list(seeds.map { .whole($0) }) }
    return .string("\(first)...\(last)")
  }

  /// What the words of all arms mean, each once.
  private var laws: [JSONTree.Entry] {
    var known: Set<String> = []
    return arms.flatMap(\.laws).filter { known.insert($0.name).inserted }
      .map { .init($0.name, .string($0.sentence)) }
  }
}

extension Arm {
  /// Every key of the arm with its value, defaults too; `vary` is written as the arms it makes.
  ///
  /// `bits` are the experiment's: an arm of some n is written with those among them.
  fileprivate func written(_ conditions: Conditions, bits: [Int]) -> [JSONTree.Entry] {
    var entries: [JSONTree.Entry] = [.init("name", .string(name)), .init("kind", .string(kind))]
    if let own = self.bits {
      entries.append(.init("bits", .list(bits.filter(own.contains).map { .whole($0) })))
    }
    return entries + settings.written(conditions)
  }
}

extension Claim {
  fileprivate var written: JSONTree {
    var entries: [JSONTree.Entry] = [
      .init("claim", .string(sentence)), .init("arm", .string(arm)),
      .init("measure", .string(measure.rawValue)), .init("is", .string(comparison.rawValue)),
      .init("value", value.written), .init("bits", .list(bits.map { .whole($0) })),
    ]
    if let depth { entries.append(.init("depth", depth.written)) }
    return .object(entries)
  }
}

extension PredictionVerdict {
  fileprivate var written: JSONTree {
    .object([.init("prediction", .string(word.rawValue)), .init("because", .string(reason))])
  }
}
