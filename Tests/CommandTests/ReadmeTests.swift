import Foundation
import Testing

/// What the README shows must work as it stands there.
@Suite struct ReadmeTests {
  let place: Workplace
  let readme: String

  init() throws {
    place = try Workplace()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test func `the experiment in the README can be planned`() throws {
    let block = try #require(readme.firstMatch(of: /```json5\n([^`]*)```/))
    try place.write(String(block.1), to: "experiments/mine/experiment.json5")
    let outcome = try place.run("plan mine")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count > 100)
  }

  @Test func `the README names every column of the CSV files`() throws {
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
    _ = try place.run("run small")
    for file in ["trials.csv", "summary.csv", "claims.csv", "timings.csv"] {
      let header = try place.text("results/runs/small/\(file)").prefix { $0 != "\n" }
      for column in header.split(separator: ",") {
        #expect(readme.contains("`\(column)`"), "\(file): \(column)")
      }
    }
  }

  @Test func `the README names every verb`() throws {
    for verb in try place.verbs where verb != "help" {
      #expect(readme.contains("| `\(verb)` |"))
    }
  }
}
