import Networks
import Parity
public import Tables

/// The trials of an experiment in their order: arm by arm, n by n, from small to large, seed by seed.
///
/// A searching arm adds trials as their records come in: the plan grows, by ``take(_:)``, until no search
/// asks for more.
public struct Plan: Sendable {
  /// More trials than this is a slip, not a plan.
  public static let trialLimit = 2_000_000

  /// The experiment it carries out.
  public let experiment: Experiment

  /// The trials so far, with different keys.
  public var trials: [any Trial] { sections.flatMap(\.trials) }

  /// Trials like all that there can be: each of them, or one of each width that is searched.
  package var samples: [any Trial] { sections.flatMap(\.samples) }

  /// The trials so far by key.
  public var trialsByKey: [String: any Trial] {
    Dictionary(trials.map { ($0.key, $0) }) { first, _ in first }
  }

  /// How many there are so far.
  public private(set) var count: Int

  /// The part of the experiment it is; nil for all of it.
  public let shard: Shard?

  private(set) var sections: [PlanSection]
  /// The places of those that search.
  private let searches: [PlanSection.Place: Int]

  /// Lays out every trial of `experiment`, or says which setting is impossible.
  public init(_ experiment: Experiment) throws(InputError) {
    var sections: [PlanSection] = []
    var room = Self.trialLimit
    for arm in experiment.arms {
      try Self.checkBits(of: arm, experiment)
      for bits in experiment.bits where arm.bits?.contains(bits) ?? true {
        guard let section = try Self.section(of: arm, bits, experiment, atMost: room) else {
          throw InputError(
            experiment.file, at: arm.place,
            .unexpected(
              found: "more than \(Self.trialLimit) trials up to n = \(bits)",
              expected: "fewer widths, seeds or bits"))
        }
        room -= section.trials.count
        sections.append(section)
      }
    }
    guard room < Self.trialLimit else {
      throw InputError(
        experiment.file, at: "arms",
        .unexpected(
          found: "no trial at n = \(experiment.bits.map(String.init).joined(separator: ", "))",
          expected: "an arm that has one"))
    }
    self.init(experiment, sections, nil)
  }

  init(_ experiment: Experiment, _ sections: [PlanSection], _ shard: Shard?) {
    (self.experiment, self.sections, self.shard) = (experiment, sections, shard)
    count = sections.reduce(0) { $0 + $1.trials.count }
    searches = Dictionary(
      uniqueKeysWithValues: sections.indices.filter { sections[$0].search != nil }.map {
        (PlanSection.Place(arm: sections[$0].arm, bits: sections[$0].bits), $0)
      })
  }

  /// The most bytes that the trials of `jobs` workers can hold at a time.
  public func memory(jobs: Int) -> Int {
    samples.map(\.memory).sorted(by: >).prefix(jobs).reduce(0) {
      let (sum, overflow) = $0.addingReportingOverflow($1)
      return overflow ? .max : sum
    }
  }

  /// The hash of every trial's settings: two plans with the same fingerprint have the same results.
  public var fingerprint: String {
    FNV1a.digits(of: Array(sections.flatMap(\.settings).joined(separator: "\n").utf8))
  }

  /// Takes note of a record; returns the trials that a search asks for now.
  public mutating func take(_ record: Record) -> [any Trial] {
    let place = PlanSection.Place(arm: record.arm, bits: record.bits)
    guard let index = searches[place] else { return [] }
    let more = sections[index].take(record)
    count += more.count
    return more
  }

  /// Takes note of all records that there are; those of other settings ask for nothing.
  public mutating func grow(by records: some Sequence<Record>) {
    guard canGrow else { return }
    let known = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
    for index in searches.values {
      count -= sections[index].trials.count
      sections[index].grow(by: known)
      count += sections[index].trials.count
    }
  }

  /// Whether records can add trials.
  public var canGrow: Bool { !searches.isEmpty }

  /// The files beside trials.csv that its trials leave rows in.
  public var companions: [Companion] {
    let samples = samples
    return Self.allCompanions.filter { companion in samples.contains { companion.isKept($0) } }
      .map { $0.fitted(to: samples) }
  }

  /// The files there can be beside trials.csv: a new one is a file of its own and a name here.
  public static let allCompanions: [Companion] = [.certificates, .curves]
}

extension Plan {
  /// Refuses an n that an arm cannot speak about.
  private static func checkBits(
    of arm: Arm, _ experiment: Experiment
  ) throws(InputError) {
    let range = arm.settings.possibleBits
    guard let other = (arm.bits ?? experiment.bits).first(where: { !range.contains($0) }) else {
      return
    }
    throw InputError(
      experiment.file, at: arm.bits == nil ? "bits" : "\(arm.place).bits",
      .unexpected(
        found: "n = \(other)",
        expected: "n in \(range.lowerBound)...\(range.upperBound) for the arm \(arm.name)"))
  }

  /// What an arm does at one n, or nil if that is more than `room` trials.
  private static func section(
    of arm: Arm, _ bits: Int, _ experiment: Experiment, atMost room: Int
  ) throws(InputError) -> PlanSection? {
    do {
      let count = arm.bits?.filter(experiment.bits.contains).count ?? experiment.bits.count
      if let search = try arm.settings.search(
        of: arm.name, atBits: bits, among: count, experiment.conditions)
      {
        return PlanSection(arm: arm.name, bits: bits, search: search)
      }
      let trials = try arm.settings.trials(
        of: arm.name, atBits: bits, experiment.conditions, atMost: room)
      return trials.flatMap {
        $0.count <= room ? PlanSection(arm: arm.name, bits: bits, trials: $0) : nil
      }
    } catch {
      throw InputError(experiment.file, at: arm.path(of: error.key), error.problem)
    }
  }
}

extension Plan {
  /// The numbers of units that trained arms list, by arm, n and depth: those that are tried, and in a
  /// search those that may be.
  package var listedUnits: [Listing: Set<Int>] {
    var listed: [Listing: Set<Int>] = [:]
    for section in sections {
      for case let trial as TrainingTrial in section.samples {
        let place = Listing(
          arm: section.arm, bits: section.bits, depth: trial.architecture.depth)
        listed[place, default: []].insert(trial.architecture.units)
      }
    }
    return listed
  }

  /// Where numbers of units are listed.
  public struct Listing: Hashable, Sendable {
    /// The arm.
    public let arm: String
    /// The inputs, n.
    public let bits: Int
    /// The number of hidden layers.
    public let depth: Int

    /// A place of these three.
    public init(arm: String, bits: Int, depth: Int) {
      (self.arm, self.bits, self.depth) = (arm, bits, depth)
    }
  }
}
