import Experiments
import Tables

extension Summary {
  /// The columns of summary.csv, in order; more may be added at the end, none changes its meaning.
  public static let columns = [
    "arm", "family", "n", "depth", "trials", "minimum_units_any", "minimum_units_half",
    "successes", "seeds", "success_low", "success_high", "best_accuracy", "two_level_units",
    "success_units", "parameters", "successes_any", "success_any_low", "success_any_high",
    "mean_accuracy", "mean_train_accuracy", "mean_held_out_accuracy", "best_held_out_accuracy",
    "widest_tried", "most_units_tried", "chosen", "reason", "evidence",
  ]

  /// The whole of summary.csv.
  public var csv: String {
    CSV.line(Self.columns) + rows.map { CSV.line($0.fields) }.joined()
  }
}

extension SummaryRow {
  /// One field a column; a minimum that was not reached is empty.
  var fields: [String] {
    func text(_ value: (some CustomStringConvertible)?) -> String {
      value.map { "\($0)" } ?? ""
    }
    // Seeds succeed where networks are random; what is written down has neither.
    let rate = family.hasSeeds ? reported.rate : nil
    let anyRate = family.hasSeeds ? any?.rate : nil
    return [
      arm, family.rawValue, "\(bits)", "\(depth)", "\(trials)", text(any?.units),
      text(half?.units), text(rate?.successes), text(rate?.seeds), text(rate?.low),
      text(rate?.high), text(bestAccuracy), "\(twoLevelUnits)", "\(reported.units)",
      text(reported.parameters), text(anyRate?.successes), text(anyRate?.low),
      text(anyRate?.high), text(reported.meanAccuracy), text(reported.meanTrainAccuracy),
      text(reported.meanHeldOutAccuracy), text(bestHeldOutAccuracy), "\(widestTried)",
      "\(mostUnitsTried)", isCandidate ? (choice == nil ? "no" : "yes") : "", choice ?? "",
      evidence,
    ]
  }
}
