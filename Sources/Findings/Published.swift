public import Experiments
import Platform
public import Runs
public import Tables

/// The results that are published for an experiment.
public struct Published {
  /// Their folder.
  public let folder: String
  private let rows: [String: [String]]

  /// The published rows in `folder`, or nil where nothing is published.
  public init?(in folder: String) throws(InputError) {
    self.folder = folder
    let path = "\(folder)/\(RunFolder.File.trials.rawValue)"
    guard Files.kind(of: path) != nil else { return nil }
    let document = CSV.parse(try FileText.contents(of: path))
    let published = try document.rows(under: Record.format.names, file: path)
    guard !document.isTorn else {
      throw InputError(
        path, at: "line \((document.rows.last?.line ?? 0) + 1)",
        .unexpected(found: "a line without its end", expected: "the whole file that was published"))
    }
    var rows: [String: [String]] = [:]
    for row in published {
      let key = try Record(row, file: path).key
      guard rows.updateValue(row.fields, forKey: key) == nil else {
        throw InputError(path, at: "line \(row.line)", .duplicate(key))
      }
    }
    self.rows = rows
  }

  /// How records compare with the published ones of the same keys.
  public struct Comparison: Equatable, Sendable {
    /// The rows with the same key and the same fields.
    public var equal = 0
    /// The rows whose key is not published.
    public var unpublished = 0
    /// The first field of each row that differs.
    public var differences: [Difference] = []
  }

  /// A field that is not as published.
  public struct Difference: Equatable, Sendable {
    /// The row.
    public let key: String
    /// The column.
    public let column: String
    /// What was found now.
    public let found: String
    /// What is published.
    public let published: String
  }

  /// Holds records against the published ones, field by field.
  public func compare(_ records: [Record]) -> Comparison {
    var comparison = Comparison()
    for record in records {
      guard let published = rows[record.key] else {
        comparison.unpublished += 1
        continue
      }
      let fields = record.fields
      if let index = fields.indices.first(where: { fields[$0] != published[$0] }) {
        comparison.differences.append(
          Difference(
            key: record.key, column: Record.format.names[index], found: fields[index],
            published: published[index]))
      } else {
        comparison.equal += 1
      }
    }
    return comparison
  }

  /// Holds verdicts against the published ones.
  public func compareVerdicts(_ results: Results) throws(InputError) -> VerdictComparison {
    let hasClaims = Files.kind(of: "\(folder)/\(RunFolder.File.claims.rawValue)") != nil
    let table =
      try hasClaims
      ? PublishedTable(
        .claims, in: folder, columns: JudgedClaim.format.description,
        remedy: "publish the run anew", keys: DerivedTable.claims.keys) : nil
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
