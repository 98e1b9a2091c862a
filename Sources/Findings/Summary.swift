public import Experiments

/// What the trials of an experiment amount to: one row for each arm, n and depth.
public struct Summary: Equatable, Sendable {
  /// The rows, in the order in which the trials first name them.
  public let rows: [SummaryRow]

  /// Sums up records; those of one arm, n and depth need not stand together.
  ///
  /// `listed` are the numbers of units of the plan; where it says nothing of an arm they are those of
  /// the records.
  public init(
    _ records: [Record], choosingDepth: Set<String>, listed: [Plan.Listing: Set<Int>] = [:]
  ) {
    var groups: [[Record]] = []
    var places: [Plan.Listing: Int] = [:]
    for record in records {
      let group = Plan.Listing(arm: record.arm, bits: record.bits, depth: record.depth)
      if let place = places[group] {
        groups[place].append(record)
      } else {
        places[group] = groups.count
        groups.append([record])
      }
    }
    var bits: [String: Set<Int>] = [:]
    for place in [Array(listed.keys), Array(places.keys)].joined() {
      bits[place.arm, default: []].insert(place.bits)
    }
    let rows = groups.map { records in
      var row = SummaryRow(records)
      let place = Plan.Listing(arm: row.arm, bits: row.bits, depth: row.depth)
      if row.family == .trained {
        let widths = max(listed[place]?.count ?? 0, row.settings.count)
        row.interval = HalfInterval(
          row.settings, HalfTest(bits: bits[row.arm]?.count ?? 1, widths: widths))
      }
      return row
    }
    self.rows = DepthChoice.mark(rows, arms: choosingDepth)
  }
}

/// One arm at one n and depth.
public struct SummaryRow: Equatable, Sendable {
  /// The arm.
  public let arm: String
  /// The family of its records.
  public let family: Record.Family
  /// The inputs, n.
  public let bits: Int
  /// The relevant inputs, k.
  public let relevant: Int
  /// The number of hidden layers, or levels of gates.
  public let depth: Int
  /// The number of trials.
  public let trials: Int
  /// All settings, from few units to many.
  public let settings: [Setting]
  /// The smallest units that any seed solved, and how many did.
  public let any: Setting?
  /// The smallest units that at least half of the seeds solved, and how many did.
  public let half: Setting?
  /// Between which units the smallest lie that succeed with a probability of one half; nil where nothing
  /// is trained.
  public internal(set) var interval: HalfInterval?
  /// The setting the success columns speak of: ``half`` where there is one, otherwise the one with
  /// the most successes, the smallest of several.
  public let reported: Setting
  /// The best accuracy of any trial on the rows judged; nil where none was.
  public let bestAccuracy: Double?
  /// The best accuracy on held-out rows of any trial; nil without held-out rows.
  public let bestHeldOutAccuracy: Double?
  /// The widest layer tried; 0 without a hidden layer.
  public let widestTried: Int
  /// The most units tried.
  public let mostUnitsTried: UInt128
  /// How an exact arm is known to be right: `verified`, `sampled`, `counted`; `failed` where it is
  /// not; `trained` for trained arms; for frozen ones `certified` or `numerical`.
  public let evidence: String
  /// Why a depth search chooses this depth; nil where it does not.
  public internal(set) var choice: String?
  /// Whether the arm chooses between depths at all.
  public internal(set) var isCandidate = false

  /// All trials at one number of units.
  public struct Setting: Equatable, Sendable {
    /// The units.
    public let units: UInt128
    /// The weights and biases; nil for circuits.
    public let parameters: Int?
    /// How many seeds solved every row.
    public let rate: SuccessRate
    /// The mean accuracy of the seeds on the rows judged.
    public let meanAccuracy: Double?
    /// The mean accuracy of the seeds on the training rows.
    public let meanTrainAccuracy: Double?
    /// The mean accuracy of the seeds on the held-out rows; nil without held-out rows.
    public let meanHeldOutAccuracy: Double?
  }

  /// The units of a two-level circuit without the gate that joins its terms: 2^(k−1), or none for the
  /// parity of no bit; nil beyond k = 128, where they do not fit 128 bits.
  public var twoLevelUnits: UInt128? {
    relevant == 0 ? 0 : relevant > 128 ? nil : 1 << UInt128(relevant - 1)
  }
}

extension SummaryRow {
  /// Sums up the records of one arm, n and depth, at least one.
  init(_ records: [Record]) {
    let first = records[0]
    arm = first.arm
    family = first.family
    bits = first.bits
    relevant = first.relevant
    depth = first.depth
    trials = records.count
    settings =
      family == .frozen
      ? Self.nestedSettings(records)
      : Dictionary(grouping: records) { $0.units ?? .max }
        .sorted { $0.key < $1.key }
        .map { Setting(units: $0.key, $0.value) }
    any = settings.first { $0.rate.successes > 0 }
    half = settings.first(where: \.rate.isAtLeastHalf)
    let best = settings.map(\.rate.successes).max()
    reported = half ?? settings.first { $0.rate.successes == best } ?? settings[0]
    bestAccuracy = records.compactMap(\.accuracy).max()
    bestHeldOutAccuracy = records.compactMap(\.heldOutAccuracy).max()
    widestTried = records.flatMap(\.hidden).max() ?? 0
    mostUnitsTried = settings.last?.units ?? 0
    evidence =
      switch family {
      case .trained: family.rawValue
      case .frozen: Self.evidence(ofFrozen: records)
      case .circuit, .constructed: first.outcome.rawValue
      }
  }
}

extension SummaryRow.Setting {
  fileprivate init(units: UInt128, _ records: [Record]) {
    self.units = units
    parameters = records[0].parameters
    rate = SuccessRate(successes: records.count(where: \.isRight), seeds: records.count)
    // Counts are summed, not shares: the mean does not depend on the order of the seeds.
    func mean(_ counts: (Record) -> (solved: Int?, rows: Int?)) -> Double? {
      var (right, all) = (0, 0)
      for record in records {
        let (solved, rows) = counts(record)
        right += solved ?? 0
        all += rows ?? 0
      }
      return all == 0 ? nil : Double(right) / Double(all)
    }
    meanAccuracy = mean { ($0.solvedRows, $0.rows) }
    meanTrainAccuracy = mean { ($0.trainSolvedRows, $0.trainRows) }
    meanHeldOutAccuracy = mean { ($0.heldOutSolvedRows, $0.heldOutRows) }
  }
}

extension Record {
  /// Whether every row judged is right, or the size is that of a known construction.
  fileprivate var isRight: Bool {
    switch outcome {
    case .solved, .verified, .sampled, .counted: true
    case .budget, .diverged, .failed: false
    }
  }

  fileprivate var heldOutAccuracy: Double? {
    guard let heldOutRows, let heldOutSolvedRows, heldOutRows > 0 else { return nil }
    return Double(heldOutSolvedRows) / Double(heldOutRows)
  }
}
