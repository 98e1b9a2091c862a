import Experiments
import Tables

/// All seeds of one arm at one n, depth and number of units: a row of settings.csv.
private struct SettingRow {
  let row: SummaryRow
  let setting: SummaryRow.Setting

  static let format = TableFormat<SettingRow>([
    Column("arm", .text, "The arm's name in the experiment file.") { $0.row.arm },
    Column("n", .whole, "The number of input bits.") { "\($0.row.bits)" },
    Column("k", .whole, "The relevant bits.") { "\($0.row.relevant)" },
    Column("depth", .whole, "The number of hidden layers.") { "\($0.row.depth)" },
    Column("units", .whole, "The number of hidden units.") { "\($0.setting.units)" },
    Column(
      "seeds", .whole, "The seeds tried; of frozen features, those with a search at this n."
    ) { "\($0.setting.rate.seeds)" },
    Column(
      "successes", .whole,
      "Those that solved every row; of frozen features, those whose minimum is at most `units`."
    ) { "\($0.setting.rate.successes)" },
    Column("success_low", .number, "Lower end of Wilson's 95 % interval of successes / seeds.") {
      "\($0.setting.rate.low)"
    },
    Column("success_high", .number, "Upper end of Wilson's 95 % interval of successes / seeds.") {
      "\($0.setting.rate.high)"
    },
  ])
}

extension DerivedTable {
  /// settings.csv: how many seeds of trained and frozen arms succeed at each number of units.
  static let settings = DerivedTable(
    "settings.csv", SettingRow.format, identity: ["arm", "n", "depth", "units"]
  ) { results in
    results.summary.rows.filter(\.family.hasSeeds).flatMap { row in
      row.settings.map { SettingRow(row: row, setting: $0) }
    }
  }
}
