import Networks
package import Tables

/// A point of a learning curve: a row of curves.csv.
public struct CurvePoint: Equatable, Sendable, Companion {
  /// The trial's key.
  public let key: String
  /// The epochs spent before it, over all starts.
  public let epoch: Int
  /// The mean logistic loss on the training rows, in nats; missing when not finite.
  public let loss: Double?
  /// The share of the training rows that are right.
  public let accuracy: Double

  init(_ key: String, epoch: Int, _ score: Score, rows: Int) {
    self.key = key
    self.epoch = epoch
    loss = score.loss.isFinite ? score.loss : nil
    accuracy = Double(score.solvedRows) / Double(rows)
  }

  /// The columns of curves.csv, in order.
  public static let columns = ["key", "epoch", "loss", "accuracy"]

  package var rows: [[String]] {
    [[key, "\(epoch)", loss.map { "\($0)" } ?? "", "\(accuracy)"]]
  }

  package init(_ row: CSV.Row, file: String) throws(InputError) {
    let fields = try FieldReader(file: file, row: row, columns: Self.columns)
    key = fields["key"]
    epoch = try fields.whole("epoch")
    loss = try fields.number("loss")
    guard let share = try fields.number("accuracy"), (0...1).contains(share) else {
      throw fields.unexpected("accuracy", "a share in 0...1")
    }
    accuracy = share
  }
}

extension Trial {
  /// Whether it leaves a learning curve.
  package var recordsCurve: Bool {
    if case .training(let trial) = self { trial.recordsCurve } else { false }
  }
}

extension Plan {
  /// Whether a run leaves curves.csv.
  package var keepsCurves: Bool { trials.contains(where: \.recordsCurve) }
}
