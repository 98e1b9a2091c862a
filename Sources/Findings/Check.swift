public import Experiments
import Platform
import Runs
public import Tables

/// An experiment beside what is published of it: which trials to run again, and what came of them.
public struct Check: Sendable {
  /// The trials to run again, in the plan's order.
  public let trials: [Trial]
  /// The plan of the experiment as it is now.
  public let plan: Plan
  private let folder: String
  private let tolerances: Tolerances
  private let published: [RunFolder.File: PublishedTable]
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
    let trials = sample?.trials(of: plan) ?? plan.trials
    remedy = "depthwidth run \(name) --fresh && depthwidth publish \(name)"
    var files: [(RunFolder.File, [String])] = [
      (.trials, Record.columns), (.summary, Summary.columns), (.claims, JudgedClaim.columns),
    ]
    for (file, isKept, columns) in [
      (RunFolder.File.certificates, plan.keepsCertificates, Certificate.columns),
      (.curves, plan.keepsCurves, CurvePoint.columns),
    ] where isKept || Files.kind(of: "\(folder)/\(file.rawValue)") != nil {
      files.append((file, columns))
    }
    var tables: [RunFolder.File: PublishedTable] = [:]
    for (file, columns) in files {
      tables[file] = try PublishedTable(
        file, in: folder, columns: columns, remedy: "publish it with \(remedy)")
    }
    var kept: [String: Record] = [:]
    let again = Set(trials.map(\.key))
    for trial in plan.trials where !again.contains(trial.key) {
      guard let table = tables[.trials], let row = table[trial.key] else { continue }
      kept[trial.key] = try Record(row, file: table.path)
    }
    (self.plan, self.trials, self.folder, self.tolerances) = (plan, trials, folder, tolerances)
    (published, self.kept) = (tables, kept)
  }

  /// Holds what was found against what is published; `finished` has the trials run again.
  public func report(_ finished: [Finished]) throws(InputError) -> CheckReport {
    let found = Dictionary(finished.map { ($0.record.key, $0) }) { first, _ in first }
    precondition(trials.allSatisfy { found[$0.key] != nil }, "a trial of the check was not run")
    let results = try Results(
      experiment: plan.experiment,
      records: plan.trials.compactMap { found[$0.key]?.record ?? kept[$0.key] })
    let claims = differences(.claims, results.claims.map(\.fields))
    let differing = Set(claims.map(\.key))
    let sentences = RunFolder.File.claims.keys(results.claims.map(\.fields))
    let failing = zip(sentences, results.claims).filter { key, claim in
      claim.verdict == .fails && !differing.contains(key)
    }
    return CheckReport(
      experiment: plan.experiment.name, folder: folder, remedy: remedy,
      keys: trials.map(\.key), planned: plan.trials.count, arms: results.summary.rows.map(\.arm),
      claims: sentences, failingAsPublished: failing.map(\.0),
      differences: claims + trialDifferences(found)
        + companionDifferences(.certificates, found) { $0.certificates.flatMap(\.rows) }
        + companionDifferences(.curves, found) { $0.curve.flatMap(\.rows) }
        + differences(.summary, results.summary.rows.map(\.fields)))
  }

  /// The rows of a file that is made of all trials.
  private func differences(_ file: RunFolder.File, _ rows: [[String]]) -> [RowDifference] {
    guard let table = published[file] else { return [] }
    let keys = file.keys(rows)
    return zip(keys, rows).compactMap { table.difference($0, $1, tolerances) }
      + table.strangers(besides: Set(keys))
  }

  private func trialDifferences(_ found: [String: Finished]) -> [RowDifference] {
    guard let table = published[.trials] else { return [] }
    return plan.trials.compactMap { trial in
      if let record = found[trial.key]?.record {
        return table.difference(trial.key, record.fields, tolerances)
      }
      guard let record = kept[trial.key] else { return table.difference(trial.key, .unpublished) }
      // What is not run again can still be held against the settings it was run with.
      return trial.correction(of: record).map { column, field in
        let place = Record.columns.firstIndex(of: column) ?? 0
        let cell = RowDifference.Cell(
          column: column, found: field, published: record.fields[place])
        return table.difference(trial.key, .cells([cell]), line: table[trial.key]?.line ?? 1)
      }
    } + table.strangers(besides: Set(plan.trials.map(\.key)))
  }

  /// The first row of what each trial leaves beside its record that is not the published one.
  private func companionDifferences(
    _ file: RunFolder.File, _ found: [String: Finished], rows: (Finished) -> [[String]]
  ) -> [RowDifference] {
    guard let table = published[file] else { return [] }
    let groups = Dictionary(grouping: table.rows, by: \.key)
    let nothing = table.columns.map { $0 == "key" ? nil : "" }
    return trials.compactMap { trial in
      let rows = found[trial.key].map(rows) ?? []
      let published = (groups[trial.key] ?? []).map(\.row)
      for index in 0..<max(rows.count, published.count) {
        let here = index < rows.count ? rows[index] : nothing.map { $0 ?? trial.key }
        let there =
          index < published.count ? published[index].fields : nothing.map { $0 ?? trial.key }
        let cells = table.cells(here, there, tolerances)
        guard !cells.isEmpty else { continue }
        let line = index < published.count ? published[index].line : published.last?.line ?? 1
        return table.difference(trial.key, .cells(cells), line: line)
      }
      return nil
    } + table.strangers(besides: Set(plan.trials.map(\.key)))
  }
}
