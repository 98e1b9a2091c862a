import Foundation
import Testing

/// The regression check from the command line to the exit code.
@Suite struct CheckTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
    _ = try place.run("run small")
    _ = try place.run("publish small")
    try FileManager.default.removeItem(at: place.folder.appendingPathComponent("results/runs"))
  }

  private static let equal =
    "small: 48 of 48 rows, the summary and 2 claims equal the published ones in results/small\n"

  private func change(_ path: String, _ text: String, to other: String) throws {
    let before = try place.text(path)
    try #require(before.ranges(of: text).count == 1, "nothing to change, or not one place")
    try place.write(before.replacing(text, with: other), to: path)
  }

  @Test func `published results are found again, and nothing is written`() throws {
    let before = place.contents
    for line in ["check small", "check small --jobs 2", "check experiments/small/experiment.json5"]
    {
      let outcome = try place.run(line)
      #expect((outcome.status, outcome.output) == (0, Self.equal), "\(outcome.errors)")
    }
    #expect(place.contents == before)
  }

  @Test func `a sample says how much it runs again`() throws {
    let outcome = try place.run("check small --sample 10% --seed 3")
    #expect(outcome.status == 0)
    let parts = try #require(outcome.output.firstMatch(of: /small: (\d+) of 48 rows, the summary/))
    #expect((8..<24).contains(try #require(Int(parts.1))))
    #expect(outcome.errors.hasPrefix("\(parts.1) of 48 trials are run again, with seed 3\n"))
    #expect(try place.run("check small --sample 10% --seed 3").output == outcome.output)
  }

  @Test func `a published digit that differs makes it exit with 2, naming key and column`() throws {
    let row = "line/n=3/depth=0/seed=2,line,trained,3,3,0,,sequential,0,"
    try change("results/small/trials.csv", row + "4,", to: row + "5,")
    let outcome = try place.run("check small")
    #expect(outcome.status == 2)
    #expect(
      outcome.output == """
        regression: results/small/trials.csv: line/n=3/depth=0/seed=2: parameters is 4, \
        published is 5
        1 of 48 rows differs from results/small
        if that is meant: depthwidth run small --fresh; depthwidth publish small

        """)
    let annotated = try place.run("check small --format github")
    #expect(annotated.status == 2)
    #expect(
      annotated.output.hasPrefix(
        "::error file=results/small/trials.csv,line=6,title=small%3A regression::line/n=3/"))
    let cases = try place.run("check small --format junit")
    #expect(cases.status == 2)
    #expect(cases.output.hasPrefix("<?xml"))
    #expect(cases.output.contains("tests=\"14\" failures=\"1\""))
    #expect(cases.output.hasSuffix("</testsuites>\n"))
  }

  @Test func `a changed threshold makes it exit with 2, naming the claim`() throws {
    try change("experiments/small/experiment.json5", "value: 0.75", to: "value: 0.25")
    let outcome = try place.run("check small")
    #expect(outcome.status == 2)
    #expect(
      outcome.output.hasPrefix(
        "regression: results/small/claims.csv: \"A line has its limit.\": verdict is fails, "
          + "published is holds; expected is best_accuracy <= 0.25, "))
    #expect(outcome.output.contains("\n1 claim differs from results/small\n"))
  }

  @Test func `the command it names makes the check pass again`() throws {
    try change("experiments/small/experiment.json5", "epochs: 60", to: "epochs: 50")
    let outcome = try place.run("check small")
    #expect(outcome.status == 2)
    let remedy = try #require(outcome.output.firstMatch(of: /if that is meant: (.*)\n/)).1
    // The run still differs from what is published; publishing ends that.
    for (command, status) in zip(remedy.split(separator: "; "), [2, 0] as [Int32]) {
      #expect(try place.run(String(command.dropFirst("depthwidth ".count))).status == status)
    }
    #expect(try place.run("check small").output == Self.equal)
  }

  @Test func `the command it names can be typed, whatever the file is called`() throws {
    let other = smallExperiment.replacing("value: 0.75", with: "value: 0.25")
    try place.write(other, to: "my plan's/e.json5")
    let outcome = try place.run(words: ["check", "my plan's/e.json5"])
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("depthwidth run 'my plan'\\''s/e.json5' --fresh; "))
  }

  @Test func `a tolerance lets floats differ, and nothing else`() throws {
    let rows = try place.text("results/small/trials.csv")
    let match = try #require(rows.firstMatch(of: /,(0\.\d{6})(\d+),/))
    try place.write(
      rows.replacingCharacters(in: match.range, with: ",\(match.1),"),
      to: "results/small/trials.csv")
    #expect(try place.run("check small").status == 2)
    let outcome = try place.run("check small --tolerance loss=1e-4,margin=1e-4")
    #expect((outcome.status, outcome.output) == (0, Self.equal))
  }

  @Test func `check --published compares with results in another folder`() throws {
    try FileManager.default.moveItem(
      at: place.folder.appendingPathComponent("results"),
      to: place.folder.appendingPathComponent("earlier"))
    let missing = try place.run("check small")
    #expect(missing.status == 65)
    #expect(
      missing.errors == """
        error: results/small/trials.csv: found no file, expected the published one; publish it \
        with depthwidth run small --fresh; depthwidth publish small

        """)
    let outcome = try place.run("check small --published earlier")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("equal the published ones in earlier/small\n"))
  }

  @Test(arguments: [
    ("--sample 10", "--sample: found \"10\", expected a share above 0% and up to 100%"),
    ("--seed 2", "--seed: found \"2\", expected --sample with it"),
    ("--format xml", "--format: found \"xml\", expected text, github or junit"),
    ("--tolerance epochs=1", "--tolerance: found \"epochs\", expected a column of floats"),
    ("--tolerance los=1", "did you mean \"loss\"?"),
    ("--tolerance loss=much", "--tolerance: found \"loss=much\", expected a share from 0 to 1"),
    ("--bits 2", "depthwidth check has no flag \"--bits\""),
  ])
  func `a slip on the command line is refused with what was expected`(
    flags: String, sentence: String
  ) throws {
    let outcome = try place.run("check small \(flags)")
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func `a check stopped by Ctrl-C says that nothing is lost`() throws {
    try change("experiments/small/experiment.json5", "epochs: 60", to: "epochs: 400000")
    let before = place.contents
    let running = try place.start(["check", "small", "--sample", "100%"])
    let deadline = Date.now.addingTimeInterval(60)
    while Date.now < deadline, try String(contentsOf: running.errors, encoding: .utf8).isEmpty {
      Thread.sleep(forTimeInterval: 0.01)
    }
    Thread.sleep(forTimeInterval: 0.3)
    kill(running.process.processIdentifier, SIGINT)
    let outcome = try running.wait()
    #expect(outcome.status == 130)
    #expect(outcome.errors.hasSuffix("interrupted: a check writes nothing, so nothing is lost\n"))
    #expect(place.contents == before)
  }
}
