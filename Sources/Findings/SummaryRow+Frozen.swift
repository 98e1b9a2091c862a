import Experiments

extension SummaryRow {
  /// The evidence where every seed has both certificates, or a refutation of all units allowed.
  public static let certified = "certified"

  /// The evidence where for some seed fewer units are not refuted exactly, or nothing is decided.
  public static let numerical = "numerical"

  /// Whether the minima are exact, each side with its certificate.
  public var isCertified: Bool { evidence == Self.certified }

  static func evidence(ofFrozen records: [Record]) -> String {
    records.allSatisfy { $0.refutedUnits != nil } ? certified : numerical
  }

  /// The settings of frozen trials: a seed is one search, and what H units separate more units do.
  ///
  /// At each number of units that is some seed's H, the seeds with at most as many succeed; without
  /// any, the most units that were refuted stand with no success.
  static func nestedSettings(_ records: [Record]) -> [Setting] {
    let found = records.filter { $0.outcome == .solved }.compactMap(\.units).sorted()
    let tried = records.compactMap(\.units).max() ?? 0
    let counts =
      found.isEmpty ? [tried] : found.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    return counts.map { units in
      Setting(
        units: units, parameters: records.first { $0.units == units }?.parameters,
        rate: SuccessRate(successes: found.count { $0 <= units }, seeds: records.count))
    }
  }
}

extension SummaryRow.Setting {
  /// A setting that was not run: how many rows the other seeds get right at it is not known.
  fileprivate init(units: UInt128, parameters: Int?, rate: SuccessRate) {
    self.init(
      units: units, parameters: parameters, rate: rate, meanAccuracy: nil, meanTrainAccuracy: nil,
      meanHeldOutAccuracy: nil)
  }
}
