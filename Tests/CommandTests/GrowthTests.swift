import Foundation
import Tables
import TestSupport
import Testing

/// The program on an experiment that changes after it was run.
@Suite struct GrowthTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try write(Self.experiment)
  }

  private static let experiment = """
    {
      name: "small", question: "Does it grow?", prediction: "Yes.", bits: "2...3", seeds: 10,
      budget: { epochs: 30 },
      arms: [
        { name: "line", kind: "logistic", optimizer: "rprop" },
        { name: "wide", kind: "shallow", widths: [2, 4], optimizer: "rprop", curves: true },
        { name: "sign", kind: "frozen", activation: "step" },
      ],
      claims: [
        { claim: "A line has its limit.", arm: "line", measure: "best_accuracy", is: "<=",
          value: 0.75 },
      ],
    }
    """

  private static let folder = "results/runs/small"
  private static let files = [
    "trials.csv", "summary.csv", "settings.csv", "claims.csv", "certificates.csv", "curves.csv",
  ]

  private func write(_ experiment: String) throws {
    try place.write(experiment, to: "experiments/small/experiment.json5")
  }

  /// The experiment with one text in place of another.
  private func edit(_ text: String, _ other: String) throws -> String {
    try #require(Self.experiment.ranges(of: text).count == 1)
    return Self.experiment.replacing(text, with: other)
  }

  /// Checks that the run has the bytes of another one that had the experiment from the start.
  private func expectFreshBytes(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try place.run("run small --output other").status == 0)
    for file in Self.files where place.exists("other/small/\(file)") {
      #expect(
        try place.text("\(Self.folder)/\(file)") == place.text("other/small/\(file)"), "\(file)",
        sourceLocation: sourceLocation)
    }
  }

  private func rows(_ file: String) throws -> [[String]] {
    CSV.parse(try place.text("\(Self.folder)/\(file)").utf8).rows.map(\.fields)
  }

  @Test(arguments: [
    ("seeds: 10", "seeds: 20", 80, 160), ("2...3", "2...4", 80, 120),
    ("[2, 4]", "[2, 3, 4, 5]", 80, 120),
    ("arms: [", "arms: [ { name: \"tree\", kind: \"circuit\", family: \"xorTree\" },", 80, 82),
  ])
  func `an experiment that grew keeps its rows and runs the others`(
    text: String, other: String, before: Int, after: Int
  ) throws {
    _ = try place.run("run small")
    try write(edit(text, other))
    let outcome = try place.run("run small")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.hasPrefix(
        "\(before) of \(after) trials are already in \(Self.folder); going on with the others\n"),
      "\(outcome.errors)")
    try expectFreshBytes()
    #expect(!place.contents.contains { $0.contains("set-aside") })
  }

  @Test func `fewer epochs for one arm run that arm again and set its rows aside`() throws {
    _ = try place.run("run small")
    let files = ["trials.csv", "curves.csv", "timings.csv"]
    let before = try files.map(rows)
    try write(edit("curves: true", "curves: true, epochs: 20"))
    let outcome = try place.run("run small --jobs 2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let message = """
      40 rows are set aside in results/runs/small/trials.set-aside-1.csv: the experiment has changed
      40 of 80 trials are already in results/runs/small; going on with the others

      """
    #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
    try expectFreshBytes()
    for (file, rows) in zip(files, before) {
      let left = rows.prefix(1) + rows.dropFirst().filter { $0[0].hasPrefix("wide/") }
      let aside = try self.rows("\(file.dropLast(4)).set-aside-1.csv")
      #expect(Set(aside) == Set(left) && aside.count == left.count, "\(file)")
    }
    #expect(!place.exists("\(Self.folder)/certificates.set-aside-1.csv"))

    // Starting over takes what the run has, not what was set aside.
    #expect(try place.run("run small --fresh").errors.contains("80 trials in"))
    #expect(place.exists("\(Self.folder)/trials.set-aside-1.csv"))
    try expectFreshBytes()
  }

  @Test func `an arm that was taken away takes its files along`() throws {
    _ = try place.run("run small")
    let certificates = try place.text("\(Self.folder)/certificates.csv")
    try write(edit("{ name: \"sign\", kind: \"frozen\", activation: \"step\" },", ""))
    #expect(try place.run("run small").status == 0)
    #expect(try place.text("\(Self.folder)/certificates.set-aside-1.csv") == certificates)
    #expect(!place.exists("\(Self.folder)/certificates.csv"))
    #expect(try place.run("publish small").status == 0)
    #expect(!place.contents.contains { $0.hasPrefix("results/small/") && $0.contains("aside") })
    try expectFreshBytes()
  }

  @Test func `a folder from before rows named their settings is done again, its rows kept`() throws
  {
    _ = try place.run("run small")
    let old = try rows("trials.csv").map { CSV.line(Array($0.dropLast())) }.joined()
    try place.write(old, to: "\(Self.folder)/trials.csv")
    for verb in ["summarize", "publish", "certify"] {
      let outcome = try place.run("\(verb) small")
      #expect(outcome.status == 65 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasSuffix(
          "; depthwidth run keeps them in a file beside and does the trials again\n"))
    }
    let outcome = try place.run("run small")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let sentence =
      "80 rows are set aside in results/runs/small/trials.set-aside-1.csv: the version that ran them "
      + "recorded no settings\n"
    #expect(outcome.errors.hasPrefix(sentence), "\(outcome.errors)")
    #expect(outcome.errors.ranges(of: "set aside").count == 1)
    #expect(try place.text("\(Self.folder)/trials.set-aside-1.csv") == old)
    try expectFreshBytes()
  }

  @Test func `verbs that read refuse rows of an older plan with the way on`() throws {
    _ = try place.run("run small")
    _ = try place.run("run small --shard 1/1 --output parts")
    try write(edit("epochs: 30", "epochs: 29"))
    let before = try place.text("\(Self.folder)/trials.csv")
    for line in ["summarize small", "publish small", "certify small", "merge small --output parts"]
    {
      let outcome = try place.run(line)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(line)")
      #expect(
        outcome.errors.contains("/trials.csv: line 2: found \"line/n=2/depth=0/seed=1\" with "))
      #expect(
        outcome.errors.hasSuffix(
          "; depthwidth run keeps the rows that still belong and sets the others aside\n"),
        "\(line)")
    }
    let status = try place.run("status small")
    #expect(status.status == 65)
    #expect(
      status.errors == """
        error: results/runs/small: found rows that are not those of the experiment as it is now: 60; \
        depthwidth run small sets those of an older plan aside, and names the line of a damaged one

        """)
    #expect(try place.text("\(Self.folder)/trials.csv") == before)
    #expect(!place.contents.contains { $0.contains("set-aside") })
    // The way on, walked.
    #expect(try place.run("run small --shard 1/1 --output parts").status == 0)
    #expect(try place.run("merge small --output parts").status == 0)
    #expect(try place.run("run small").errors.hasPrefix("60 rows are set aside in "))
    for line in ["summarize small", "certify small", "status small", "publish small"] {
      #expect(try place.run(line).status == 0, "\(line)")
    }
    for file in Self.files {
      #expect(try place.text("parts/small/\(file)") == place.text("\(Self.folder)/\(file)"))
    }
  }
}
