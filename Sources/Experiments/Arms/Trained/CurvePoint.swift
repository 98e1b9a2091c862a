import Networks
public import Tables

/// A point of a learning curve: a row of curves.csv.
public struct CurvePoint: Equatable, Sendable {
  package private(set) var key = ""
  package private(set) var epoch = 0
  package private(set) var loss: Double?
  package private(set) var accuracy = 0.0
  package private(set) var heldOutLoss: Double?
  package private(set) var heldOutAccuracy: Double?

  private init() {}

  /// The point of a network with a score on the rows trained on, and another on the rows held out.
  init(
    _ key: String, epoch: Int, _ score: Score, rows: Int, heldOut: Score?, heldOutRows: Int
  ) {
    self.key = key
    self.epoch = epoch
    loss = score.loss.isFinite ? score.loss : nil
    accuracy = Double(score.solvedRows) / Double(rows)
    guard let heldOut else { return }
    heldOutLoss = heldOut.loss.isFinite ? heldOut.loss : nil
    heldOutAccuracy = Double(heldOut.solvedRows) / Double(heldOutRows)
  }

  /// A point as a checkpoint holds it.
  init(
    _ key: String, epoch: Int, loss: Double?, accuracy: Double, heldOutLoss: Double?,
    heldOutAccuracy: Double?
  ) {
    (self.key, self.epoch, self.loss, self.accuracy) = (key, epoch, loss, accuracy)
    (self.heldOutLoss, self.heldOutAccuracy) = (heldOutLoss, heldOutAccuracy)
  }

  /// One field a column; without rows held out, a column that is always there.
  var fields: [String] {
    let fields = Self.format.fields(self)
    return heldOutAccuracy == nil ? Array(fields.prefix(Self.leastColumns)) : fields
  }

  /// The columns that say nothing of rows held out.
  static let leastColumns = 4

  /// The columns of curves.csv; those of the rows held out stand only where an experiment has some.
  public static let format = TableFormat<CurvePoint>([
    .text("key", \.key, "The trial's key in trials.csv."),
    .whole(
      "epoch", \.epoch,
      "The epochs spent before the point, over all starts: each up to 8, then four for each "
        + "doubling, and the last."),
    .number(
      "loss", \.loss, in: 0 ... .infinity,
      "The mean logistic loss on the training rows, in nats; empty where not finite."),
    .number("accuracy", \.accuracy, in: 0...1, "The share of the training rows that are right."),
    .number(
      "held_out_loss", \.heldOutLoss, in: 0 ... .infinity,
      "The mean logistic loss on the rows held out, in nats; empty where none is. The column is "
        + "there where some trial with a curve holds rows out."),
    .number(
      "held_out_accuracy", \.heldOutAccuracy, in: 0...1,
      "The share of the rows held out that are right; as `held_out_loss`."),
  ])

  /// The points in some rows of a file.
  package static func read(_ rows: [CSV.Row], file: String) throws(InputError) -> [CurvePoint] {
    var points: [CurvePoint] = []
    for row in rows {
      let missing = row.fields.count == leastColumns ? format.columns.count - leastColumns : 0
      let whole = row.fields + Array(repeating: "", count: missing)
      points.append(
        try format.read(
          CSV.Row(line: row.line, fields: whole), into: CurvePoint(), file: file))
    }
    return points
  }
}

extension [CurvePoint] {
  /// Whether the curve goes from the start of a record's training to its end.
  fileprivate func isWhole(of record: Record) -> Bool {
    guard let last, first?.epoch == 0, last.epoch == record.epochs, last.loss == record.loss,
      let rows = record.trainRows, let solved = record.trainSolvedRows,
      last.accuracy == Double(solved) / Double(rows)
    else { return false }
    let heldOut = record.heldOutRows ?? 0
    let share = heldOut == 0 ? nil : Double(record.heldOutSolvedRows ?? 0) / Double(heldOut)
    guard last.heldOutAccuracy == share,
      allSatisfy({
        ($0.heldOutAccuracy == nil) == (heldOut == 0) && ($0.heldOutLoss == nil || heldOut > 0)
      })
    else { return false }
    return zip(self, dropFirst()).allSatisfy { $0.epoch < $1.epoch }
  }
}

extension Companion {
  /// curves.csv: loss and accuracy epoch by epoch, on the rows held out too where there are some.
  public static let curves = Companion(
    "curves.csv", CurvePoint.format.description, least: CurvePoint.leastColumns,
    isWide: { ($0 as? TrainingTrial)?.heldOutRows ?? 0 > 0 },
    isKept: { ($0 as? TrainingTrial)?.recordsCurve ?? false },
    flaw: { _, record, rows, _, file throws(InputError) in
      let isWhole = try CurvePoint.read(rows, file: file).isWhole(of: record)
      return isWhole ? nil : "a whole curve, from epoch 0 to \(record.epochs ?? 0)"
    })
}
