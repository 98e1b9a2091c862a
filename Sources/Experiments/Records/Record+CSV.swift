package import Tables

extension Record {
  /// The columns of trials.csv, in order; more may be added at the end, none changes its meaning.
  public static let columns = [
    "key", "arm", "family", "n", "k", "depth", "widths", "connections", "units", "parameters",
    "activation", "optimizer", "seed", "outcome", "rows", "solved_rows", "accuracy", "loss",
    "epochs", "initialization", "learning_rate", "batch", "coding", "train_rows",
    "train_solved_rows", "held_out_rows", "held_out_solved_rows", "construction", "gates",
    "not_gates", "wires", "margin", "first_wrong_row", "restarts", "refuted_units",
  ]

  /// One field a column.
  ///
  /// Numbers are the shortest decimals that read back as the same number.
  public var fields: [String] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    return [
      key, arm, family.rawValue, text(bits), text(relevant), text(depth), widths, connections,
      text(units), text(parameters), activation, optimizer, text(seed), outcome.rawValue,
      text(rows), text(solvedRows), text(accuracy), text(loss), text(epochs), initialization,
      text(learningRate), batch, coding, text(trainRows), text(trainSolvedRows),
      text(heldOutRows), text(heldOutSolvedRows), construction, text(gates), text(notGates),
      text(wires), text(margin), text(firstWrongRow), text(restarts), text(refutedUnits),
    ]
  }

  /// Reads a row of trials.csv back, or says which column does not hold what it should.
  package init(_ row: CSV.Row, file: String) throws(InputError) {
    let fields = try FieldReader(file: file, row: row, columns: Self.columns)
    key = fields["key"]
    arm = fields["arm"]
    family = try fields.word("family")
    bits = try fields.whole("n", in: Experiment.bitsRange)
    relevant = try fields.whole("k", in: 0...bits)
    depth = try fields.whole("depth")
    widths = fields["widths"]
    connections = fields["connections"]
    units = try fields.count("units")
    parameters = try fields.wholeOrMissing("parameters")
    activation = fields["activation"]
    optimizer = fields["optimizer"]
    seed = try fields.wholeOrMissing("seed")
    outcome = try fields.word("outcome")
    rows = try fields.wholeOrMissing("rows", in: 1...Int.max)
    solvedRows = try fields.wholeOrMissing("solved_rows", in: 0...(rows ?? 0))
    loss = try fields.number("loss")
    epochs = try fields.wholeOrMissing("epochs")
    initialization = fields["initialization"]
    learningRate = try fields.number("learning_rate")
    batch = fields["batch"]
    coding = fields["coding"]
    trainRows = try fields.wholeOrMissing("train_rows", in: 0...(rows ?? 0))
    trainSolvedRows = try fields.wholeOrMissing("train_solved_rows", in: 0...(trainRows ?? 0))
    heldOutRows = try fields.wholeOrMissing("held_out_rows", in: 0...(rows ?? 0))
    heldOutSolvedRows = try fields.wholeOrMissing(
      "held_out_solved_rows", in: 0...(heldOutRows ?? 0))
    construction = fields["construction"]
    gates = try fields.count("gates")
    notGates = try fields.count("not_gates")
    wires = try fields.count("wires")
    margin = try fields.number("margin")
    firstWrongRow = try fields.count("first_wrong_row").map { UInt64(clamping: $0) }
    restarts = try fields.wholeOrMissing("restarts")
    refutedUnits = try fields.wholeOrMissing("refuted_units")
    try checkCounts(fields)
  }

  /// Counts that contradict one another are no record of anything.
  private func checkCounts(_ fields: FieldReader) throws(InputError) {
    let expected = accuracy.map { "\($0)" } ?? ""
    guard fields["accuracy"] == expected else {
      throw fields.unexpected("accuracy", "\(expected), which is solved_rows / rows")
    }
    let isRight = rows == solvedRows
    let isPossible =
      switch outcome {
      case .diverged: family == .trained && rows != nil
      case .solved: family.hasSeeds && rows != nil && isRight
      case .budget: family.hasSeeds && rows != nil && !isRight
      case .verified, .sampled: !family.hasSeeds && rows != nil && isRight
      case .failed: !family.hasSeeds && rows != nil && !isRight
      case .counted: !family.hasSeeds && rows == nil && solvedRows == nil
      }
    guard isPossible else {
      let counts = "\(fields["solved_rows"]) of \(fields["rows"]) rows"
      throw fields.unexpected("outcome", "the one of \(counts) in the family \(family.rawValue)")
    }
    if let margin, family.hasSeeds, outcome != .solved || margin <= 0 {
      throw fields.unexpected("margin", "a number above 0 where all rows are solved, else nothing")
    }
    let isWhole = family.hasSeeds || outcome == .verified
    if isWhole, let rows, bits >= Int.bitWidth - 1 || rows != 1 << bits {
      throw fields.unexpected("rows", "2^\(bits)")
    }
    guard family == .trained, let rows, let solvedRows else { return }
    guard let heldOutRows, trainRows == rows - heldOutRows else {
      throw fields.unexpected("train_rows", "\(rows - (heldOutRows ?? 0)), the rows not held out")
    }
    guard let heldOutSolvedRows, trainSolvedRows == solvedRows - heldOutSolvedRows else {
      throw fields.unexpected(
        "train_solved_rows", "\(solvedRows - (heldOutSolvedRows ?? 0)), the rest of solved_rows")
    }
  }
}
