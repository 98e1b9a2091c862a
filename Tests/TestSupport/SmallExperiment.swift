package import Experiments
import Foundation
package import Tables

/// The text of a small experiment; `bits`, `seeds`, `arms` and `claims` are JSON5.
package func experimentText(
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

/// An arm of frozen units with the step function, in JSON5.
package let frozenSign = #"{ name: "sign", kind: "frozen", activation: "step" }"#

/// Reads an experiment from its text, under the name `e.json5` in messages.
package func readExperiment(_ text: String) throws(InputError) -> Experiment {
  try Experiment(Data(text.utf8), file: "e.json5")
}

/// The plan of a small experiment, with the parts of ``experimentText``.
package func smallPlan(
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
  package var trainings: [TrainingTrial] {
    trials.compactMap { $0 as? TrainingTrial }
  }
}

/// Something of another kind stands where the test needs its own.
package struct WrongShape: Error {
  package init() {}
}

/// The sentence with which `text` is refused.
package func refusal(of text: String) throws -> String {
  do throws(InputError) {
    _ = try Plan(readExperiment(text))
  } catch {
    return error.description
  }
  throw WrongShape()
}

/// Runs `body` with the path of a folder of its own, which does not exist yet and is removed after.
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("depthwidth-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The text of a file.
package func contents(of path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}

/// Puts a text in the place of a file's.
package func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}
