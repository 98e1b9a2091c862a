import Networks
public import Tables

/// A point of a learning curve: a row of curves.csv.
public struct CurvePoint: Equatable, Sendable {
  package private(set) var key = ""
  package private(set) var epoch = 0
  package private(set) var loss: Double?
  package private(set) var accuracy = 0.0

  private init() {}

  init(_ key: String, epoch: Int, _ score: Score, rows: Int) {
    self.key = key
    self.epoch = epoch
    loss = score.loss.isFinite ? score.loss : nil
    accuracy = Double(score.solvedRows) / Double(rows)
  }

  /// A point as a checkpoint holds it.
  init(_ key: String, epoch: Int, loss: Double?, accuracy: Double) {
    (self.key, self.epoch, self.loss, self.accuracy) = (key, epoch, loss, accuracy)
  }

  /// The columns of curves.csv.
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
  ])

  /// The points in some rows of a file.
  package static func read(_ rows: [CSV.Row], file: String) throws(InputError) -> [CurvePoint] {
    var points: [CurvePoint] = []
    for row in rows { points.append(try format.read(row, into: CurvePoint(), file: file)) }
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
    return zip(self, dropFirst()).allSatisfy { $0.epoch < $1.epoch }
  }
}

extension Companion {
  /// curves.csv: loss and accuracy epoch by epoch.
  public static let curves = Companion(
    "curves.csv", CurvePoint.format.description,
    isKept: { ($0 as? TrainingTrial)?.recordsCurve ?? false },
    flaw: { _, record, rows, _, file throws(InputError) in
      let isWhole = try CurvePoint.read(rows, file: file).isWhole(of: record)
      return isWhole ? nil : "a whole curve, from epoch 0 to \(record.epochs ?? 0)"
    })
}
