public import Experiments
import Platform
import Runs
public import Tables

/// An experiment beside what is published of it: which trials to run again, and what came of them.
public struct Check: Sendable {
  /// The trials to run again, in the plan's order.
  public let trials: [any Trial]
  /// The plan of the experiment as it is now.
  public let plan: Plan
  private let folder: String
  private let tolerances: Tolerances
  private let publishedTrials: PublishedTable
  private let publishedCompanions: [PublishedTable]
  /// The same files with the columns they should have.
  private let publishedAs: [Companion]
  private let publishedResults: [PublishedTable]
  /// Nil where there is no file of them.
  let publishedNetworks: [NetworkCertificate]?
  /// The published records of the trials that are not run again.
  private let kept: [String: Record]
  /// The command that makes and publishes what was found.
  private let remedy: String

  /// Reads what is published in `folder`; `name` is what the experiment is called in commands.
  ///
  /// Without a sample all trials are to be run again.
  public init(
    _ plan: Plan, publishedIn folder: String, sample: CheckSample? = nil,
    tolerances: Tolerances = Tolerances(), name: String
  ) throws(InputError) {
    remedy = "depthwidth run \(name) --fresh; depthwidth publish \(name)"
    let advice = "publish it with \(remedy)"
    let published = try PublishedTable(
      .trials, in: folder, columns: Record.format.description, remedy: advice)
    publishedTrials = published
    var plan = plan
    if plan.canGrow {
      // What searches ask for follows from the published records; if these are right, so is that.
      plan.grow(by: published.rows.compactMap { try? Record($0.row, file: published.path) })
    }
    let trials = sample?.trials(of: plan) ?? plan.trials
    publishedResults = try DerivedTable.all.map { table throws(InputError) in
      try PublishedTable(
        table.file, in: folder, columns: table.columns, remedy: advice, keys: table.keys)
    }
    publishedNetworks = try RunFolder.networks(in: folder)
    let planned = plan.companions
    let others = try Plan.allCompanions.filter { companion in
      Files.kind(of: "\(folder)/\(companion.name)") != nil
        && !planned.contains { $0.name == companion.name }
    }.map { companion throws(InputError) in
      companion.asWritten(
        in: CSV.parse(try FileText.contents(of: "\(folder)/\(companion.name)")))
    }
    let companions = planned + others
    publishedAs = companions
    publishedCompanions = try companions.map { companion throws(InputError) in
      try PublishedTable(
        RunFolder.File(rawValue: companion.name), in: folder, columns: companion.columns,
        remedy: advice, isUnique: false)
    }
    var kept: [String: Record] = [:]
    let again = Set(trials.map(\.key))
    for trial in plan.trials where !again.contains(trial.key) {
      guard let row = publishedTrials[trial.key] else { continue }
      kept[trial.key] = try Record(row, file: publishedTrials.path)
    }
    (self.plan, self.trials, self.folder, self.tolerances) = (plan, trials, folder, tolerances)
    self.kept = kept
  }

  /// Holds what was found against what is published; `finished` has the trials run again.
  public func report(_ finished: [Finished]) throws(InputError) -> CheckReport {
    let found = Dictionary(finished.map { ($0.record.key, $0) }) { first, _ in first }
    precondition(trials.allSatisfy { found[$0.key] != nil }, "a trial of the check was not run")
    let results = try Results(
      plan: plan,
      records: plan.trials.compactMap { found[$0.key]?.record ?? kept[$0.key] })
    let derived = zip(DerivedTable.all, publishedResults).map { differences($0, $1, results) }
    let (claims, others) = (
      derived.joined().filter { $0.file == .claims }, derived.joined().filter { $0.file != .claims }
    )
    let differing = Set(claims.map(\.key))
    let place = DerivedTable.all.firstIndex { $0.file == .claims }
    let verdicts = VerdictComparison(results, place.map { publishedResults[$0] })
    return CheckReport(
      experiment: plan.experiment.name, folder: folder, remedy: remedy,
      trials: trials, planned: plan.count, arms: results.summary.rows.map(\.arm),
      claims: verdicts.claims,
      failingAsPublished: verdicts.failingAsPublished.filter { !differing.contains($0) },
      differences: claims + trialDifferences(found)
        + publishedCompanions.flatMap { companionDifferences($0, found) }
        + networkDifferences(found, kept, results) + others)
  }

  /// The rows of a file that is made of all records.
  private func differences(
    _ table: DerivedTable, _ published: PublishedTable, _ results: Results
  ) -> [RowDifference] {
    let rows = table.rows(results)
    let keys = table.keys(rows)
    return zip(keys, rows).compactMap {
      published.difference(table.subject($0, $1), $0, $1, tolerances)
    } + published.strangers(besides: Set(keys), table.subject)
  }

  private func trialDifferences(_ found: [String: Finished]) -> [RowDifference] {
    plan.trials.compactMap { trial in
      let subject = CheckedSubject.trials(arm: trial.arm, bits: trial.bits)
      if let record = found[trial.key]?.record {
        return publishedTrials.difference(record, tolerances)
      }
      guard let record = kept[trial.key] else {
        return publishedTrials.difference(subject, trial.key, .unpublished)
      }
      // What is not run again can still be held against the settings it was run with.
      return trial.correction(of: record).map { column, field in
        let place = Record.format.names.firstIndex(of: column) ?? 0
        let cell = RowDifference.Cell(
          column: column, found: field, published: Record.unsealed(record.fields)[place])
        return publishedTrials.difference(
          subject, trial.key, .cells([cell]), line: publishedTrials[trial.key]?.line ?? 1)
      }
    } + publishedTrials.strangers(besides: Set(plan.trials.map(\.key)), Self.subject)
  }

  /// What a row of trials.csv is about.
  private static func subject(_ key: String, _ fields: [String]) -> CheckedSubject {
    .trials(arm: fields[1], bits: Int(fields[3]) ?? 0)
  }

  /// The first row of what each trial leaves beside its record that is not the published one.
  private func companionDifferences(
    _ table: PublishedTable, _ found: [String: Finished]
  ) -> [RowDifference] {
    let groups = Dictionary(grouping: table.rows, by: \.key)
    let nothing = table.columns.map { $0 == "key" ? nil : "" }
    return trials.compactMap { trial in
      let companion = publishedAs.first { $0.name == table.file.rawValue }
      let rows = (found[trial.key]?.companions[table.file.rawValue] ?? [])
        .map { companion?.fields($0) ?? $0 }
      let published = (groups[trial.key] ?? []).map(\.row)
      for index in 0..<max(rows.count, published.count) {
        let here = index < rows.count ? rows[index] : nothing.map { $0 ?? trial.key }
        let there =
          index < published.count ? published[index].fields : nothing.map { $0 ?? trial.key }
        let cells = table.cells(here, there, tolerances)
        guard !cells.isEmpty else { continue }
        let line = index < published.count ? published[index].line : published.last?.line ?? 1
        return table.difference(
          .trials(arm: trial.arm, bits: trial.bits), trial.key, .cells(cells), line: line)
      }
      return nil
    }
      + table.strangers(besides: Set(plan.trials.map(\.key))) { key, _ in
        publishedTrials[key].map { Self.subject(key, $0.fields) } ?? .trials(arm: key, bits: 0)
      }
  }
}
