/// What an arm does at one n: trials that are known beforehand, or a search that asks for more of them.
struct PlanSection: Sendable {
  let arm: String
  let bits: Int
  private let fixed: [any Trial]
  private(set) var search: WidthSearch?

  /// Trials that are known.
  init(arm: String, bits: Int, trials: [any Trial]) {
    (self.arm, self.bits, fixed) = (arm, bits, trials)
  }

  /// A search.
  init(arm: String, bits: Int, search: WidthSearch) {
    (self.arm, self.bits, fixed, self.search) = (arm, bits, [], search)
  }

  /// Names it within a plan.
  struct Place: Hashable {
    let arm: String
    let bits: Int
  }

  /// The trials so far.
  var trials: [any Trial] { search?.trials ?? fixed }

  /// Trials like all that there can be: each of them, or one of each width that is searched.
  var samples: [any Trial] { search?.widths ?? fixed }

  /// Everything that decides what comes of it, in words.
  var settings: [String] { search.map { [$0.settings] } ?? fixed.map(\.settingsHash) }

  /// Takes note of a record; returns the trials that are asked for now.
  mutating func take(_ record: Record) -> [any Trial] { Array(search?.take(record) ?? []) }

  /// Takes note of all records that there are.
  mutating func grow(by records: [String: Record]) { search?.grow(by: records) }
}
