import Experiments
import Foundation
import Testing

/// The text of a small experiment; `bits`, `seeds`, `arms` and `claims` are JSON5.
func experimentText(
  name: String = "small", bits: String = "2", seeds: String = "2", epochs: Int = 5,
  arms: String = #"{ name: "line", kind: "logistic" }"#, claims: String = ""
) -> String {
  """
  {
    name: "\(name)",
    question: "Why?",
    prediction: "So.",
    bits: \(bits),
    seeds: \(seeds),
    budget: { epochs: \(epochs) },
    arms: [\(arms)],
    claims: [\(claims)],
  }
  """
}

/// Reads an experiment from its text, under the name `e.json5` in messages.
func readExperiment(_ text: String) throws(InputError) -> Experiment {
  try Experiment.read(Data(text.utf8), file: "e.json5")
}

/// The plan of a small experiment, with the parts of ``experimentText``.
func smallPlan(
  name: String = "small", bits: String = "2", seeds: String = "2", epochs: Int = 5,
  arms: String = #"{ name: "line", kind: "logistic" }"#, claims: String = ""
) throws(InputError) -> Plan {
  try Plan(
    readExperiment(
      experimentText(
        name: name, bits: bits, seeds: seeds, epochs: epochs, arms: arms, claims: claims)))
}

extension Plan {
  /// The trials that are training runs.
  var trainings: [TrainingTrial] {
    trials.compactMap { if case .training(let trial) = $0 { trial } else { nil } }
  }
}

/// Something of another kind stands where the test needs its own.
struct WrongShape: Error {}

/// The sentence with which `text` is refused.
func refusal(of text: String) throws -> String {
  let error = try #require(throws: InputError.self) { try readExperiment(text) }
  return error.description
}

/// Runs `body` with the path of a folder of its own, which does not exist yet and is removed after.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("depthwidth-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The text of a file.
func contents(of path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}

/// Puts a text in the place of a file's.
func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}
