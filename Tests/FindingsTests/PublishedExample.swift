import Experiments
import Findings
import Runs
import Tables
import TestSupport
import Testing

extension RunFolder.File {
  static let certificates = RunFolder.File(rawValue: Companion.certificates.name)
}

/// A small experiment that is published in a folder of its own, to be changed and checked.
struct PublishedExample {
  let folder: String
  let plan: Plan
  let finished: [Finished]

  static let arms = """
    { name: "line", kind: "logistic", optimizer: "rprop" },
    { name: "wide", kind: "shallow", widths: [1, 4], optimizer: { name: "adam", learningRate: 0.1 } },
    """

  static func plan(claims: String = lineClaim(below: 1)) throws(InputError) -> Plan {
    try smallPlan(bits: "[2, 3]", seeds: "2", epochs: 6, arms: arms, claims: claims)
  }

  static func lineClaim(below value: Double) -> String {
    """
    { claim: "A line has its limit.", arm: "line", measure: "best_accuracy", is: "<",
      value: \(value) },
    """
  }

  /// Runs and publishes an experiment, then calls `body`.
  static func with(_ plan: Plan, _ body: (PublishedExample) throws -> Void) throws {
    try withTemporaryFolder { path in
      let finished = plan.trials.map { $0.finish() }
      var run = try RunFolder(writing: "\(path)/run", plan: plan)
      for trial in finished { try run.append(trial) }
      _ = try run.finish()
      try Published.publish(run, to: "\(path)/results")
      try body(PublishedExample(folder: "\(path)/results", plan: plan, finished: finished))
    }
  }

  /// Checks an experiment, by default the one that is published, against what is published.
  func report(
    _ other: Plan? = nil, sample: CheckSample? = nil, tolerances: Tolerances = Tolerances()
  ) throws -> CheckReport {
    let check = try Check(
      other ?? plan, publishedIn: folder, sample: sample, tolerances: tolerances, name: "small")
    let known = Dictionary(finished.map { ($0.record.key, $0) }) { first, _ in first }
    return try check.report(check.trials.map { known[$0.key] ?? $0.finish() })
  }

  /// The rows of a published file, its header first.
  func rows(of file: RunFolder.File) throws -> [[String]] {
    CSV.parse(try contents(of: path(of: file)).utf8).rows.map(\.fields)
  }

  func put(_ rows: [[String]], in file: RunFolder.File) throws {
    try write(rows.map(CSV.line).joined(), to: path(of: file))
  }

  /// Changes one published field and returns its row's first field; a row of trials.csv gets the seal
  /// that belongs to it.
  @discardableResult
  func change(_ file: RunFolder.File, line: Int, _ column: String, to value: String) throws
    -> String
  {
    var rows = try rows(of: file)
    let place = try #require(rows[0].firstIndex(of: column))
    try #require(rows[line - 1][place] != value, "nothing is changed")
    rows[line - 1][place] = value
    if file == .trials { rows[line - 1] = Record.sealed(rows[line - 1]) }
    try put(rows, in: file)
    return rows[line - 1][0]
  }

  func path(of file: RunFolder.File) -> String { "\(folder)/\(file.rawValue)" }
}
