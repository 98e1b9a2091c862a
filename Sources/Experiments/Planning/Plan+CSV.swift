import Networks
import Parity
import Tables
import Training

extension Plan {
  /// The columns of a plan as CSV: rows, epochs and work are upper bounds, memory is in bytes.
  public static let columns = [
    "key", "arm", "n", "k", "depth", "widths", "units", "parameters", "seed", "rows", "epochs",
    "work", "memory_bytes",
  ]

  /// The whole plan: one line a trial, in order, after the header.
  public var csv: String {
    CSV.line(Self.columns) + trials.map { CSV.line($0.fields) }.joined()
  }
}

extension Trial {
  /// One field a column of the plan; empty where it does not apply.
  fileprivate var fields: [String] {
    let own: [String] =
      switch self {
      case .training(let trial):
        [
          "\(trial.task.relevantCount)", "\(trial.architecture.depth)", trial.widths,
          "\(trial.architecture.units)", "\(trial.architecture.parameters)", "\(trial.seed)",
          "\(trial.rows)", "\(trial.training.epochs)",
        ]
      case .exact(let trial):
        [
          "\(bits)", "\(trial.depth)", trial.widths, trial.units.map { "\($0)" } ?? "", "", "",
          trial.rows.map { "\($0)" } ?? "", "",
        ]
      case .frozen(let trial):
        ["\(bits)", "1", "", "", "", "\(trial.seed)", "\(trial.features.rowCount)", ""]
      }
    return [key, arm, "\(bits)"] + own + ["\(work)", "\(memory)"]
  }
}
