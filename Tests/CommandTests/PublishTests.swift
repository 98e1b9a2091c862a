import Foundation
import TestSupport
import Testing

@Suite struct PublishTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
  }

  @Test func `a later run is compared with the published rows`() throws {
    #expect(try place.run("run small").output.contains("nothing is published"))
    #expect(try place.run("publish small").status == 0)
    let files = ["claims.csv", "provenance.json", "summary.csv", "trials.csv"]
    for file in files {
      #expect(try place.text("results/small/\(file)") == place.text("results/runs/small/\(file)"))
    }
    let again = try place.run("run small --bits 3 --fresh")
    #expect(again.output.contains("24 of 24 rows equal the published ones in results/small"))
  }

  @Test func `the experiment written out runs to the same bytes, and is written the same again`()
    throws
  {
    #expect(try place.run("run small").status == 0)
    #expect(try place.run("publish small").status == 0)
    #expect(try place.run("run results/small/experiment.json --output other").status == 0)
    for file in ["trials.csv", "summary.csv", "settings.csv", "claims.csv", "experiment.json"] {
      let other = try place.text("other/small/\(file)")
      #expect(try place.text("results/small/\(file)") == other, "\(file)")
    }
  }

  @Test func `a published number that differs is named with both values`() throws {
    _ = try place.run("run small")
    _ = try place.run("publish small")
    let trials = try place.text("results/small/trials.csv")
    let row = "line,trained,2,2,0,,sequential,0,"
    let changed = resealed(trials.replacingOccurrences(of: row + "3,", with: row + "4,"))
    #expect(changed != trials)
    try place.write(changed, to: "results/small/trials.csv")
    let again = try place.run("run small")
    #expect(again.status == 2)
    #expect(again.output.contains("45 of 48 rows equal the published ones"))
    #expect(
      again.output.contains(
        "differs: line/n=2/depth=0/seed=1: parameters is 3, published is 4"))
    // A run compares; only publish writes there.
    #expect(try place.text("results/small/trials.csv") == changed)
  }

  /// Changes one published verdict.
  private func publish(_ verdict: String, inPlaceOf old: String, of claim: String) throws {
    let path = "results/small/claims.csv"
    let text = try place.text(path)
    let changed = text.replacing("\(claim),line,\(old),", with: "\(claim),line,\(verdict),")
    try #require(changed != text)
    try place.write(changed, to: path)
  }

  @Test func `a claim that fails as it is published is no regression, a new failure is`() throws {
    let wrong = smallExperiment.replacing("value: 0.75", with: "value: 0.25")
    try place.write(wrong, to: "experiments/small/experiment.json5")
    // Nothing is published yet, so the failure is a new one.
    for line in ["run small", "summarize small"] { #expect(try place.run(line).status == 2) }
    #expect(try place.run("publish small").status == 0)
    let said = "2 of 2 verdicts equal the published ones; 1 of 2 claims fails, as published\n"
    for line in ["run small", "summarize small", "summarize small --output results"] {
      let outcome = try place.run(line)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      #expect(outcome.output.contains("fails      A line has its limit."))
      #expect(outcome.output.hasSuffix(said), "\(line): \(outcome.output)")
    }
    #expect(try place.run("check small").status == 0)
    #expect(try place.run("run small --bits 2").status == 0)
    try publish("holds", inPlaceOf: "fails", of: "A line has its limit.")
    for line in ["run small", "summarize small", "run small --bits 2", "check small"] {
      let outcome = try place.run(line)
      #expect(outcome.status == 2, "\(line)")
      #expect(outcome.output.contains("verdict is fails, published is holds"))
    }
  }

  @Test func `a verdict that is not the published one is a difference in a whole run`() throws {
    _ = try place.run("run small")
    _ = try place.run("publish small")
    try publish("undecided", inPlaceOf: "holds", of: "A line has its limit.")
    let whole = try place.run("run small")
    #expect(whole.status == 2)
    #expect(whole.output.contains("1 of 2 verdicts equal the published ones\n"))
    #expect(
      whole.output.hasSuffix(
        "differs: \"A line has its limit.\": verdict is holds, published is undecided\n"))
    // With fewer n a claim may be undecided.
    #expect(try place.run("run small --bits 2").status == 0)
  }

  @Test func `the command that publishes is named as it must be typed`() throws {
    try place.write(smallExperiment, to: "my plans/small.json5")
    for (words, command) in [
      (["run", "small"], "depthwidth publish small"),
      (["run", "small", "--output", "my runs"], "depthwidth publish small --output 'my runs'"),
      (["run", "my plans/small.json5"], "depthwidth publish 'my plans/small.json5'"),
    ] {
      let outcome = try place.run(words: words)
      let said = "nothing is published in results/small yet; to publish: \(command)\n"
      #expect(outcome.output.hasSuffix(said), "\(outcome.output)")
    }
    // Only the whole experiment is published.
    let part = try place.run("run small --bits 2")
    #expect(part.output.hasSuffix("nothing is published in results/small yet\n"))
    for line in ["summarize small --seeds 2", "publish small --output other"] {
      let command = "depthwidth run \(line.split(separator: " ", maxSplits: 1)[1])"
      #expect(try place.run(line).errors.contains("; make them with \(command)\n"))
    }
  }

  @Test func `publish warns where results cannot be traced to a commit, and publishes`() throws {
    _ = try place.run("run small")
    let outside = try place.run("publish small")
    #expect(outside.status == 0)
    #expect(
      outside.errors.contains(
        "warning: the commit is not known: git status fails in this folder; what is published "
          + "cannot be traced to a commit\n"))
    let commit = "git add experiments && git -c user.name=t -c user.email=t@t commit -qm t"
    let made = try place.shell("git init -q && \(commit)")
    try #require(made.status == 0, "\(made.errors)")
    // What is published, and where runs work, are no changes.
    let clean = try place.run("publish small")
    #expect(clean.status == 0)
    #expect(!clean.errors.contains("checkout") && !clean.errors.contains("git"))
    try place.write("new", to: "Sources/new file.swift")
    try place.write("// Changed.\n" + smallExperiment, to: "experiments/small/experiment.json5")
    let dirty = try place.run("publish small")
    #expect(dirty.status == 0, "\(dirty.errors)")
    #expect(
      dirty.errors.contains(
        "warning: the checkout has changes that are not committed: "
          + "experiments/small/experiment.json5 and 1 more; "))
    #expect(dirty.output.contains("48 rows published in results/small"))
  }

  @Test func `only publish writes where results are published`() throws {
    _ = try place.run("run small")
    _ = try place.run("publish small")
    let files = ["claims.csv", "provenance.json", "summary.csv", "trials.csv"]
    try place.write("kept", to: "results/small/summary.csv")
    let before = try files.map { try place.text("results/small/\($0)") }
    let run = try place.run("run small --output results --fresh")
    #expect(run.status == 65)
    #expect(run.errors.contains("found the folder of the published results"))
    #expect(try place.run("summarize small --output ./results").status == 0)
    #expect(try files.map { try place.text("results/small/\($0)") } == before)
  }

  @Test func `a construction that is wrong makes the summary exit with 2`() throws {
    let exact = smallExperiment.replacingOccurrences(
      of: "arms: [", with: "arms: [ { name: \"tree\", kind: \"circuit\", family: \"xorTree\" },")
    try place.write(exact, to: "experiments/small/experiment.json5")
    _ = try place.run("run small")
    let path = "results/runs/small/trials.csv"
    let wrong = try place.text(path).replacingOccurrences(
      of: ",verified,8,8,1.0,,,,,,,,,,,xorTree,6,0,12,,",
      with: ",failed,8,7,0.875,,,,,,,,,,,xorTree,6,0,12,,5")
    try place.write(resealed(wrong), to: path)
    let outcome = try place.run("summarize small")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains("wrong: tree/n=3 is right on 7 of 8 rows, the first wrong row is 5"))
  }

  @Test func `a run with trials missing is summed up but not published`() throws {
    _ = try place.run("run small")
    let path = "results/runs/small/trials.csv"
    let lines = try place.text(path).split(separator: "\n")
    try place.write(lines.dropLast(5).joined(separator: "\n") + "\n", to: path)
    let summary = try place.run("summarize small")
    #expect(summary.status == 3)
    #expect(summary.errors.contains("5 of 48 trials are missing"))
    let published = try place.run("publish small")
    #expect(published.status == 3)
    #expect(!place.exists("results/small"))
  }

  @Test func `summarize writes the same summary as the run`() throws {
    _ = try place.run("run small")
    let summary = try place.text("results/runs/small/summary.csv")
    try place.write("", to: "results/runs/small/summary.csv")
    #expect(try place.run("summarize small").status == 0)
    #expect(try place.text("results/runs/small/summary.csv") == summary)
  }

  @Test func `a published row that was changed by hand is refused with its line`() throws {
    _ = try place.run("run small")
    _ = try place.run("publish small")
    let trials = try place.text("results/small/trials.csv")
    let row = "line,trained,2,2,0,,sequential,0,"
    try place.write(
      trials.replacing(row + "3,", with: row + "4,", maxReplacements: 1),
      to: "results/small/trials.csv")
    let again = try place.run("run small")
    #expect(again.status == 65)
    #expect(
      again.errors.contains("error: results/small/trials.csv: line 2, settings: found "),
      "\(again.errors)")
    #expect(again.errors.contains(": a field of the row was changed; put the line right, or "))
  }

  @Test func `reading results of a changed experiment is refused with the way on`() throws {
    _ = try place.run("run small")
    let changed = smallExperiment.replacingOccurrences(of: "epochs: 60", with: "epochs: 61")
    try place.write(changed, to: "experiments/small/experiment.json5")
    let before = try place.text("results/runs/small/trials.csv")
    for verb in ["summarize", "publish"] {
      let outcome = try place.run("\(verb) small")
      #expect(outcome.status == 65)
      #expect(
        outcome.errors == """
          error: results/runs/small/trials.csv: line 2: found "line/n=2/depth=0/seed=1" with other \
          settings, expected a row of the experiment as it is now; depthwidth run keeps the rows \
          that still belong and sets the others aside

          """)
    }
    #expect(try place.text("results/runs/small/trials.csv") == before)
  }
}
