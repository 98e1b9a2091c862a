import Parity
public import Tables

extension Record {
  /// The columns of trials.csv.
  public static let format = TableFormat<Record>([
    .text(
      "key", \.key,
      "Identifies the row: arm, n, k or the relevant bits if fewer than n, widths or depth, seed."),
    .text("arm", \.arm, "The arm's name in the experiment file."),
    .word(
      "family", \.family,
      "`circuit`, `constructed` (weights written down), `frozen` (random first layer), `trained`."),
    .whole("n", \.bits, in: bitsRange, "The number of input bits."),
    .whole(
      "k", \.relevant,
      "The relevant bits: a label is the XOR of the first k, or of those that the key names."),
    .whole("depth", \.depth, "The hidden layers; of a circuit, its levels of gates without NOT."),
    Column(
      "widths", .text, "The units of each hidden layer, such as `8x8`; empty without a layer.",
      { $0.hidden.map(String.init).joined(separator: "x") },
      { field, row throws(InputError) in
        let parts = field.text.split(separator: "x", omittingEmptySubsequences: false)
        row.hidden = parts.compactMap { Int($0) }.filter { $0 > 0 }
        guard field.text.isEmpty || row.hidden.map(String.init) == parts.map(String.init) else {
          throw field.unexpected("widths such as 8x8, or nothing")
        }
      }),
    .text("connections", \.connections, "`sequential` or `bridged`; empty for circuits."),
    .count(
      "units", \.units,
      "The hidden units; of a circuit, the gates without the output gate; of frozen features, the "
        + "fewest that separate the rows, or with `budget` the most tried, which do not."),
    .whole("parameters", \.parameters, "The weights and biases; empty for circuits."),
    .text("activation", \.activation, "The function of the hidden units; empty for circuits."),
    .text("optimizer", \.optimizer, "The optimizer's name; empty where nothing was trained."),
    .whole("seed", \.seed, "The seed of the training, the frozen units or the sample of rows."),
    .word(
      "outcome", \.outcome,
      "Trained or frozen: `solved` (every row is right), `budget` (not within the epochs or units "
        + "allowed), `diverged` (a value stopped being finite). Circuits and constructed "
        + "networks: `verified` (every row, or every count of ones where the count alone decides), "
        + "`sampled` (every row of a sample), `counted` (not built), `failed` (some row is wrong)."),
    .whole(
      "rows", \.rows, in: 1...Int.max,
      "The rows judged: the truth table; a sample; or n + 1, one for each count of ones, of a "
        + "constructed network that sees the count alone."),
    .whole("solved_rows", \.solvedRows, "The judged rows that are right."),
    // What was read is checked when both counts are known.
    Column(
      "accuracy", .number, "solved_rows / rows.", { $0.accuracy.map { "\($0)" } ?? "" }, { _, _ in }
    ),
    .number(
      "loss", \.loss, in: 0 ... .infinity,
      "The mean logistic loss on the training rows at the end, in nats, against the labels of the "
        + "parity and whatever was minimized; empty where not finite."),
    .whole("epochs", \.epochs, "The epochs spent, over all starts."),
    .text("initialization", \.initialization, "How the weights were drawn; frozen ones: `normal`."),
    .number("learning_rate", \.learningRate, "The learning rate; empty where there is none."),
    .text("batch", \.batch, "The rows of a step, or `full`."),
    .text("coding", \.coding, "What a bit becomes: `plusMinusOne` (-1, 1) or `zeroOne` (0, 1)."),
    .whole("train_rows", \.trainRows, "The rows trained on."),
    .whole("train_solved_rows", \.trainSolvedRows, "Those of them that are right at the end."),
    .whole("held_out_rows", \.heldOutRows, "The rows held out of training."),
    .whole("held_out_solved_rows", \.heldOutSolvedRows, "Those of them that are right at the end."),
    .text(
      "construction", \.construction,
      "The family of a circuit or constructed network; of frozen features, the labels."),
    .count("gates", \.gates, "AND, OR and NAND gates, the output gate counted."),
    .count("not_gates", \.notGates, "NOT gates; 0 in families that negate wires for free."),
    .count("wires", \.wires, "The inputs of all AND, OR and NAND gates; empty beyond 128 bits."),
    .number(
      "margin", \.margin,
      "The smallest |logit| over the rows judged, in double precision; empty for circuits, and for "
        + "trained and frozen networks that are not solved."),
    .count(
      "first_wrong_row", \.firstWrongRow,
      "The first wrong row of a circuit or constructed network; bit i of the number is input i; empty "
        + "beyond 128 bits."),
    .whole("restarts", \.restarts, "How often the training started anew."),
    .whole(
      "refuted_units", \.refutedUnits,
      "The most units that are proven not to be enough: frozen units, in exact arithmetic; of a `dnf` "
        + "up to n = 14 one less than its terms, which are all essential prime implicants."),
    Column(
      "settings", .text,
      "A hash of everything that decides the row, then a hash of the other fields. A run keeps a "
        + "row while the first is that of its plan, and refuses it where the second does not match.",
      { $0.settings }, { $1.settings = $0.text }),
  ])

  /// The columns of trials.csv in versions that did not record the settings of a row.
  package static let namesBeforeSettings = Array(format.names.dropLast())

  /// One field a column; the last one ends with the seal of the row.
  public var fields: [String] { Self.sealed(Self.format.fields(self)) }

  /// The fields with the seal that belongs to them: eight digits that change with every field.
  package static func sealed(_ fields: [String]) -> [String] {
    let plain = unsealed(fields)
    let seal = FNV1a.digits(of: Array(plain.joined(separator: "\u{1F}").utf8)).suffix(8)
    return plain.dropLast() + ["\(plain.last ?? "")-\(seal)"]
  }

  /// The fields of a row without its seal.
  package static func unsealed(_ fields: [String]) -> [String] {
    fields.dropLast() + [String((fields.last ?? "").prefix { $0 != "-" })]
  }

  /// Reads a row of trials.csv back, or says which column does not hold what it should.
  package init(_ row: CSV.Row, file: String) throws(InputError) {
    self = try Self.format.read(row, into: Record(), file: file)
    try checkCounts(row, file)
    guard row.fields == Self.sealed(row.fields) else {
      throw InputError(
        file, at: "line \(row.line), settings",
        .foreign(
          found: "\"\(settings.prefix(60))\"",
          expected: "\"\(Self.sealed(row.fields).last ?? "")\": a field of the row was changed",
          remedy: "put the line right, or the file back from a copy"))
    }
    settings = Self.unsealed(row.fields).last ?? ""
  }

  /// Refuses counts that contradict one another.
  private func checkCounts(_ row: CSV.Row, _ file: String) throws(InputError) {
    func check(_ isPossible: Bool, _ column: String, _ expected: String) throws(InputError) {
      guard !isPossible else { return }
      let place = Self.format.names.firstIndex(of: column) ?? 0
      throw Field(row.fields[place], file: file, line: row.line, column: column)
        .unexpected(expected)
    }
    func within(_ part: Int?, _ column: String, _ whole: Int?) throws(InputError) {
      try check((part ?? 0) <= (whole ?? 0), column, "a whole number in 0...\(whole ?? 0)")
    }
    try check(relevant <= bits, "k", "a whole number in 0...\(bits)")
    try within(solvedRows, "solved_rows", rows)
    try within(trainRows, "train_rows", rows)
    try within(trainSolvedRows, "train_solved_rows", trainRows)
    try within(heldOutRows, "held_out_rows", rows)
    try within(heldOutSolvedRows, "held_out_solved_rows", heldOutRows)
    let share = accuracy.map { "\($0)" } ?? ""
    try check(
      row.fields[Self.format.names.firstIndex(of: "accuracy") ?? 0] == share, "accuracy",
      "\(share), which is solved_rows / rows")
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
    func text(_ count: Int?) -> String { count.map(String.init) ?? "" }
    try check(
      isPossible, "outcome",
      "the one of \(text(solvedRows)) of \(text(rows)) rows in the family \(family.rawValue)")
    try check(
      margin == nil || !family.hasSeeds || outcome == .solved && margin ?? 0 > 0, "margin",
      "a number above 0 where all rows are solved, else nothing")
    let isWhole = family.hasSeeds || outcome == .verified
    let isTable = rows == nil || bits < Int.bitWidth - 1 && rows == 1 << bits
    // One row a count is all that a network which sees the count alone needs.
    let isEveryCount = family == .constructed && rows == bits + 1
    try check(
      !isWhole || isTable || isEveryCount, "rows",
      "2^\(bits)" + (family == .constructed ? " or \(bits + 1)" : ""))
    guard family == .trained, let rows, let solvedRows else { return }
    try check(
      heldOutRows != nil && trainRows == rows - (heldOutRows ?? 0), "train_rows",
      "\(rows - (heldOutRows ?? 0)), the rows not held out")
    try check(
      heldOutSolvedRows != nil && trainSolvedRows == solvedRows - (heldOutSolvedRows ?? 0),
      "train_solved_rows", "\(solvedRows - (heldOutSolvedRows ?? 0)), the rest of solved_rows")
  }
}
