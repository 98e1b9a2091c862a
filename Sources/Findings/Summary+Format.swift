import Experiments
public import Tables

extension Summary {
  /// The columns of summary.csv.
  ///
  /// Successes are those of trained and frozen arms: what is written down has none.
  public static let format = TableFormat<SummaryRow>([
    Column("arm", .text, "The arm's name in the experiment file.") { $0.arm },
    Column("family", .word, "As in trials.csv.") { $0.family.rawValue },
    Column("n", .whole, "The number of input bits.") { "\($0.bits)" },
    Column("depth", .whole, "The hidden layers, or a circuit's levels of gates.") { "\($0.depth)" },
    Column("trials", .whole, "The trials that the row sums up.") { "\($0.trials)" },
    Column(
      "minimum_units_any", .whole,
      "The fewest units with which any seed solved every row; empty: not within what was tried."
    ) { text($0.any?.units) },
    Column(
      "minimum_units_half", .whole,
      "The fewest units with which at least half of the seeds did; empty: not within what was tried."
    ) { text($0.half?.units) },
    Column("successes", .whole, "The seeds that solved every row with `success_units`.") {
      text($0.rate?.successes)
    },
    Column("seeds", .whole, "The seeds tried with `success_units`.") { text($0.rate?.seeds) },
    Column("success_low", .number, "Lower end of Wilson's 95 % interval of successes / seeds.") {
      text($0.rate?.low)
    },
    Column("success_high", .number, "Upper end of Wilson's 95 % interval of successes / seeds.") {
      text($0.rate?.high)
    },
    Column("best_accuracy", .number, "The best accuracy of any trial, of all units and seeds.") {
      text($0.bestAccuracy)
    },
    Column(
      "two_level_units", .whole,
      "2^(k-1), the terms of a two-level circuit; empty beyond k = 128."
    ) { text($0.twoLevelUnits) },
    Column(
      "success_units", .whole,
      "`minimum_units_half`, or without one the units with the most successes; `parameters`, "
        + "`successes`, `seeds` and the means are those at this number, and claims about them too."
    ) { "\($0.reported.units)" },
    Column("parameters", .whole, "The weights and biases with `success_units`.") {
      text($0.reported.parameters)
    },
    Column("successes_any", .whole, "The seeds that solved every row with `minimum_units_any`.") {
      text($0.anyRate?.successes)
    },
    Column("success_any_low", .number, "Lower end of Wilson's 95 % interval of that share.") {
      text($0.anyRate?.low)
    },
    Column("success_any_high", .number, "Upper end of Wilson's 95 % interval of that share.") {
      text($0.anyRate?.high)
    },
    Column("mean_accuracy", .number, "The mean accuracy of the seeds on the rows judged.") {
      text($0.reported.meanAccuracy)
    },
    Column("mean_train_accuracy", .number, "The same on the training rows.") {
      text($0.reported.meanTrainAccuracy)
    },
    Column(
      "mean_held_out_accuracy", .number,
      "The same on the held-out rows; too high where a depth was chosen by it."
    ) {
      text($0.reported.meanHeldOutAccuracy)
    },
    Column("best_held_out_accuracy", .number, "The best of any trial on the held-out rows.") {
      text($0.bestHeldOutAccuracy)
    },
    Column(
      "widest_tried", .whole,
      "The widest layer tried; 0 without a hidden layer; of frozen features as `most_units_tried`."
    ) { "\($0.widestTried)" },
    Column(
      "most_units_tried", .whole,
      "The most units tried: an empty minimum lies above; of frozen features the largest minimum of a "
        + "seed, or where one has none the most units allowed."
    ) { "\($0.mostUnitsTried)" },
    Column("chosen", .word, "Of a depth search: `yes` for the depth chosen, else `no`.") {
      $0.isCandidate ? ($0.choice == nil ? "no" : "yes") : ""
    },
    Column("reason", .text, "Why it was chosen; the second best depth.") { $0.choice ?? "" },
    Column(
      "evidence", .word,
      "`trained`; for circuits and constructed networks their outcome; for frozen features "
        + "`certified` where the minimum of every seed is proven, else `numerical`."
    ) { $0.evidence },
    Column("k", .whole, "The relevant bits.") { "\($0.relevant)" },
    Column(
      "half_low", .whole,
      "Trained: the fewest units not refuted to succeed with a probability of one half; empty: all "
        + "that were tried are refuted."
    ) { text($0.interval?.low) },
    Column(
      "half_high", .whole,
      "Trained: the fewest units confirmed to do so; empty: none is. An arm's intervals all hold with "
        + "a probability of 95 %."
    ) { text($0.interval?.high) },
  ])

  private static func text(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? ""
  }
}

extension SummaryRow {
  /// How many seeds succeed at ``reported``; nil where nothing is random.
  fileprivate var rate: SuccessRate? { family.hasSeeds ? reported.rate : nil }

  /// The same at ``any``.
  fileprivate var anyRate: SuccessRate? { family.hasSeeds ? any?.rate : nil }
}
