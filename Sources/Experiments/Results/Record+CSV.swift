extension Record {
  /// The columns of trials.csv, in order; more may be added at the end, none changes its meaning.
  public static let columns = [
    "key", "arm", "family", "n", "k", "depth", "widths", "connections", "units", "parameters",
    "activation", "optimizer", "seed", "outcome", "rows", "solved_rows", "accuracy", "loss",
    "epochs", "initialization", "learning_rate", "batch", "coding", "train_rows",
    "train_solved_rows", "held_out_rows", "held_out_solved_rows",
  ]

  /// One field a column.
  ///
  /// Numbers are the shortest decimals that read back as the same number.
  public var fields: [String] {
    [
      key, arm, family, "\(bits)", "\(relevant)", "\(depth)", widths, connections, "\(units)",
      "\(parameters)", activation, optimizer, "\(seed)", outcome.rawValue, "\(rows)",
      "\(solvedRows)", "\(accuracy)", loss.map { "\($0)" } ?? "", "\(epochs)", initialization,
      learningRate.map { "\($0)" } ?? "", batch, coding, "\(trainRows)", "\(trainSolvedRows)",
      "\(heldOutRows)", "\(heldOutSolvedRows)",
    ]
  }

  /// Reads a row of trials.csv back, or says which column does not hold what it should.
  package init(_ row: CSV.Row, file: String) throws(InputError) {
    guard row.fields.count == Self.columns.count else {
      throw InputError(
        file, at: "line \(row.line)",
        .unexpected(found: "\(row.fields.count) fields", expected: "\(Self.columns.count)"))
    }
    let fields = FieldReader(file: file, row: row, columns: Self.columns)
    key = fields["key"]
    arm = fields["arm"]
    family = fields["family"]
    bits = try fields.whole("n", in: Experiment.bitsRange)
    relevant = try fields.whole("k", in: 0...bits)
    depth = try fields.whole("depth")
    widths = fields["widths"]
    connections = fields["connections"]
    units = try fields.whole("units")
    parameters = try fields.whole("parameters")
    activation = fields["activation"]
    optimizer = fields["optimizer"]
    seed = try fields.whole("seed")
    outcome = try fields.word("outcome")
    rows = try fields.whole("rows", in: 1...Int.max)
    solvedRows = try fields.whole("solved_rows", in: 0...rows)
    loss = try fields.number("loss")
    epochs = try fields.whole("epochs")
    initialization = fields["initialization"]
    learningRate = try fields.number("learning_rate")
    batch = fields["batch"]
    coding = fields["coding"]
    trainRows = try fields.whole("train_rows", in: 0...rows)
    trainSolvedRows = try fields.whole("train_solved_rows", in: 0...trainRows)
    heldOutRows = try fields.whole("held_out_rows", in: 0...rows)
    heldOutSolvedRows = try fields.whole("held_out_solved_rows", in: 0...heldOutRows)
    guard fields["accuracy"] == "\(accuracy)" else {
      throw fields.unexpected("accuracy", "\(accuracy), which is solved_rows / rows")
    }
    guard rows == 1 << bits else { throw fields.unexpected("rows", "2^\(bits)") }
    guard trainRows + heldOutRows == rows else {
      throw fields.unexpected("train_rows", "\(rows - heldOutRows), the rows not held out")
    }
    guard trainSolvedRows + heldOutSolvedRows == solvedRows else {
      throw fields.unexpected(
        "train_solved_rows", "\(solvedRows - heldOutSolvedRows), the rest of solved_rows")
    }
    guard outcome == .diverged || (outcome == .solved) == (solvedRows == rows) else {
      throw fields.unexpected("outcome", "the one of \(solvedRows) of \(rows) rows")
    }
  }
}

/// The fields of one row by the names of their columns.
private struct FieldReader {
  let file: String
  let row: CSV.Row
  let columns: [String]

  subscript(column: String) -> String {
    columns.firstIndex(of: column).map { row.fields[$0] } ?? ""
  }

  func unexpected(_ column: String, _ expected: String) -> InputError {
    InputError(
      file, at: "line \(row.line), \(column)",
      .unexpected(found: "\"\(self[column].prefix(60))\"", expected: expected))
  }

  func whole(_ column: String, in range: ClosedRange<Int> = 0...Int.max) throws(InputError) -> Int {
    guard let number = Int(self[column]), range.contains(number) else {
      let upper = range.upperBound == .max ? "" : "\(range.upperBound)"
      throw unexpected(column, "a whole number in \(range.lowerBound)...\(upper)")
    }
    return number
  }

  func number(_ column: String) throws(InputError) -> Double? {
    guard !self[column].isEmpty else { return nil }
    guard let number = Double(self[column]), number.isFinite else {
      throw unexpected(column, "a finite number or nothing")
    }
    return number
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ column: String
  ) throws(InputError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: self[column]) else {
      throw unexpected(
        column, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }
}
