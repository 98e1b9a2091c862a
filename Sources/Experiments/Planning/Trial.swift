import Parity
import Training

/// One row of the results to be: a training run, a circuit or network to be checked, or a search
/// for the fewest frozen features.
public enum Trial: Sendable {
  /// A network to train.
  case training(TrainingTrial)
  /// A circuit or constructed network to check.
  case exact(ExactTrial)
  /// Frozen features to search the smallest number of.
  case frozen(FrozenTrial)

  /// Identifies the trial within its experiment, made of what varies within an arm.
  public var key: String {
    switch self {
    case .training(let trial): trial.key
    case .exact(let trial): trial.key
    case .frozen(let trial): trial.key
    }
  }

  /// The arm it belongs to.
  public var arm: String {
    switch self {
    case .training(let trial): trial.arm
    case .exact(let trial): trial.arm
    case .frozen(let trial): trial.arm
    }
  }

  /// The number of inputs, n.
  public var bits: Int {
    switch self {
    case .training(let trial): trial.task.bits
    case .exact(let trial): trial.bits
    case .frozen(let trial): trial.features.bits
    }
  }

  /// An upper bound of what the trial costs: rows · epochs · parameters, rows · gates, or rows³.
  public var work: UInt128 {
    switch self {
    case .training(let trial): trial.work
    case .exact(let trial): trial.work
    case .frozen(let trial): trial.work
    }
  }

  /// The bytes a running trial holds.
  public var memory: Int {
    switch self {
    case .training(let trial): trial.memory
    case .exact(let trial): trial.memory
    case .frozen(let trial): trial.memory
    }
  }

  /// Everything that decides the result, as one line of text.
  var settings: String {
    switch self {
    case .training(let trial): trial.settings
    case .exact(let trial): trial.settings
    case .frozen(let trial): trial.settings
    }
  }

  /// Does the work and says what came of it.
  ///
  /// A pure function of the trial: no clock, no other trial and no machine reaches the record.
  public func run() -> Record { finish().record }

  /// The same, with the certificates that the trial leaves besides its record.
  public func finish() -> Finished {
    switch self {
    case .training(let trial): trial.finish()
    case .exact(let trial): Finished(trial.run())
    case .frozen(let trial): trial.run()
    }
  }

  /// The first column in which `record` does not say what this trial's record must; nil if none.
  package func contradiction(in record: Record) -> String? { correction(of: record)?.column }

  /// The same with what the column must hold.
  package func correction(of record: Record) -> (column: String, field: String)? {
    let expected: Record
    switch self {
    case .training(let trial):
      guard record.family == .trained else { return ("family", Record.Family.trained.rawValue) }
      expected = trial.record(like: record)
    case .exact(let trial):
      guard record.family == trial.family else { return ("family", trial.family.rawValue) }
      expected = trial.record(like: record)
    case .frozen(let trial):
      guard record.family == .frozen else { return ("family", Record.Family.frozen.rawValue) }
      guard trial.isPossible(record.units) else {
        return ("units", "1...\(trial.range.upperBound)")
      }
      expected = trial.record(like: record)
    }
    let fields = zip(expected.fields, record.fields)
    return zip(Record.columns, fields).first { $1.0 != $1.1 }.map { ($0, $1.0) }
  }
}
