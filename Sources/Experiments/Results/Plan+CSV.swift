import Networks
import Parity
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
  /// One field a column of the plan.
  fileprivate var fields: [String] {
    [
      key, arm, "\(task.bits)", "\(task.relevantCount)", "\(architecture.depth)", widths,
      "\(architecture.units)", "\(architecture.parameters)", "\(seed)", "\(rows)",
      "\(training.epochs)", "\(work)", "\(memory)",
    ]
  }
}
