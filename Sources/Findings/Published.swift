public import Experiments
import Platform
public import Runs
public import Tables

/// The results that are published for an experiment.
public struct Published {
  /// Their folder.
  public let folder: String
  private let table: PublishedTable

  /// The published rows in `folder`, or nil where nothing is published.
  public init?(in folder: String) throws(InputError) {
    self.folder = folder
    guard Files.kind(of: "\(folder)/\(RunFolder.File.trials.rawValue)") != nil else { return nil }
    table = try PublishedTable(
      .trials, in: folder, columns: Record.format.description, remedy: Self.remedy)
    for (_, row) in table.rows { _ = try Record(row, file: table.path) }
  }

  private static let remedy = "publish the run anew"

  /// Holds records against the published ones of the same keys.
  public func differences(_ records: [Record]) -> [RowDifference] {
    records.compactMap { table.difference($0, Tolerances()) }
  }

  /// Holds verdicts against the published ones.
  public func compareVerdicts(_ results: Results) throws(InputError) -> VerdictComparison {
    let hasClaims = Files.kind(of: "\(folder)/\(RunFolder.File.claims.rawValue)") != nil
    let table =
      try hasClaims
      ? PublishedTable(
        .claims, in: folder, columns: JudgedClaim.format.description,
        remedy: Self.remedy, keys: DerivedTable.claims.keys) : nil
    return VerdictComparison(results, table)
  }

  /// Copies a complete run into `folder`, file by file, each all or nothing.
  public static func publish(_ run: RunFolder, to folder: String) throws(InputError) {
    precondition(run.isComplete, "\(run.missing.count) trials are missing")
    try FileText.writing(folder) { () throws(SystemError) in try Files.makeFolder(folder) }
    for file in run.files {
      let bytes = try FileText.contents(of: run.path(of: file))
      try FileText.replace("\(folder)/\(file.rawValue)", with: bytes)
    }
  }
}
