import Foundation

/// Where results come from: what differs from run to run and so stays out of the CSV files.
struct Provenance: Codable {
  /// The fingerprint of the plan.
  let plan: String
  /// The experiment's name.
  let experiment: String
  /// The version of this tool.
  let version: String
  /// The system the run started on.
  let system: String
  /// When it started, in UTC (ISO 8601).
  let started: String

  init(plan: Plan) {
    self.plan = plan.fingerprint
    experiment = plan.experiment.name
    version = Tool.version
    system = ProcessInfo.processInfo.operatingSystemVersionString
    started = Date.now.formatted(.iso8601)
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var text = try encoder.encode(self)
    text.append(0x0A)
    try text.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  static func read(_ path: String) throws(InputError) -> Provenance {
    let data = try FileText.contents(of: path)
    do {
      return try JSONDecoder().decode(Provenance.self, from: data)
    } catch {
      throw InputError(
        path, .unexpected(found: "no provenance of a run", expected: "the file that a run wrote"))
    }
  }
}

/// The tool itself.
public enum Tool {
  /// Its version, by semantic versioning.
  public static let version = "0.1.0"
}
