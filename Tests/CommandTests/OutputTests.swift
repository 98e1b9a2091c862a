import Foundation
import Testing

/// What becomes of the output where nobody takes it.
@Suite struct OutputTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
    for line in ["run small", "publish small", "run small --shard 1/2 --output parts"] {
      _ = try place.run(line)
    }
  }

  private static let lines = [
    "--help", "--version", "help run", "dataset --bits 12", "plan small", "run small",
    "run small --shard 2/2 --output parts", "run --list", "status small", "summarize small",
    "publish small", "check small", "optimum --bits 2",
  ]

  @Test(arguments: lines)
  func `a reader that has gone ends the program quietly, as SIGPIPE would`(line: String) throws {
    let outcome = try place.shell("{ sleep 0.2; \"$0\" \(line); echo ended with $? >&2; } | true")
    #expect(outcome.errors.hasSuffix("ended with 141\n"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("error"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("Broken pipe"), "\(outcome.errors)")
  }

  @Test func `a reader of the first line gets it`() throws {
    let outcome = try place.shell("\"$0\" dataset --bits 18 | head -n 1")
    #expect(outcome.output.hasPrefix("row,x0,x1,"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: lines)
  func `a disk that is full is an error`(line: String) throws {
    let outcome = try place.shell("exec \"$0\" \(line) >/dev/full")
    #expect(outcome.status == 73)
    #expect(
      outcome.errors.hasSuffix("error: stdout: cannot be written: No space left on device\n"),
      "\(outcome.errors)")
  }

  @Test func `a run whose report nobody reads keeps its files`() throws {
    let line = "run small --output unread"
    _ = try place.shell("{ sleep 0.2; \"$0\" \(line); } | true")
    for file in ["trials.csv", "summary.csv", "claims.csv", "provenance.json"] {
      #expect(place.exists("unread/small/\(file)"))
    }
    let again = try place.run(line)
    #expect(again.status == 0)
    #expect(again.errors.contains("48 of 48 trials are already in unread/small"))
  }
}
