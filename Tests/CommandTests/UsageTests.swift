import Foundation
import Testing

/// Command lines as users of other tools write them.
@Suite struct UsageTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
  }

  @Test func `all words behind two dashes are arguments, not flags`() throws {
    let plan = try place.run("plan small").output
    for line in ["plan -- small", "-- plan small", "plan --bits 2...3 -- small"] {
      let outcome = try place.run(line)
      #expect((outcome.status, outcome.output) == (0, plan), "\(line): \(outcome.errors)")
    }
    try place.write(smallExperiment, to: "--odd.json5")
    #expect(try place.run("plan -- --odd.json5").output == plan)
    let extra = try place.run("plan -- small --bits 2")
    #expect(extra.status == 64)
    #expect(extra.errors.contains("found the extra argument \"--bits\""))
  }

  @Test func `flags may stand before the verb`() throws {
    let after = try place.run("plan small --bits 2 --seeds 2 --epochs 7")
    #expect(after.status == 0)
    for line in [
      "--bits 2 --seeds 2 --epochs 7 plan small", "--bits=2 --epochs 7 plan --seeds 2 small",
    ] { #expect(try place.run(line).output == after.output, "\(line)") }
    #expect(try place.run("--jobs 2 run small").status == 0)
    #expect(try place.run("--fresh run small").errors.contains("48 trials in"))
    let foreign = try place.run("--fresh plan small")
    #expect(foreign.status == 64)
    #expect(foreign.errors.contains("depthwidth plan has no flag \"--fresh\""))
    let misspelt = try place.run("--job 2 run small")
    #expect(misspelt.status == 64)
    #expect(misspelt.errors.contains("no flag \"--job\"; did you mean \"--jobs\"?"))
  }

  @Test func `no flag of any verb takes an empty value`() throws {
    var flags = 0
    for verb in try place.verbs {
      let help = try place.run("\(verb) --help").output
      for match in help.matches(of: /\n  (--[a-z-]+) [A-Z]/) {
        flags += 1
        for words in [[verb, String(match.1), ""], [verb, "\(match.1)="]] {
          let outcome = try place.run(words: words)
          #expect(outcome.status == 64, "\(words)")
          #expect(outcome.errors.hasPrefix("error: \(match.1): the value is empty, expected "))
        }
      }
    }
    #expect(flags > 30)
    #expect(!place.exists("results"))
    let argument = try place.run(words: ["plan", ""])
    #expect(argument.status == 64)
    #expect(argument.errors.contains("found an empty argument, expected depthwidth plan"))
  }

  @Test(arguments: [
    ("small", "small"), ("smal", "small"), ("small --bits 2", "small --bits 2"),
    ("--jobs 2 small --fresh", "small --jobs 2 --fresh"),
    ("experiments/small/experiment.json5", "experiments/small/experiment.json5"),
  ])
  func `an experiment in place of a verb is answered with the command that runs it`(
    line: String, words: String
  ) throws {
    let outcome = try place.run(line)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.hasSuffix("; to run the experiment: depthwidth run \(words)\n"),
      "\(outcome.errors)")
    #expect(!place.exists("results"))
  }

  @Test func `a list of the experiments says what each one asks`() throws {
    let other = smallExperiment.replacing("\"small\"", with: "\"another\"")
      .replacing("whole way?", with: "whole way, and farther than a line of eighty columns is?")
    try place.write(other, to: "experiments/another/experiment.json5")
    try place.write("no experiment", to: "experiments/notes/readme.txt")
    for line in ["run --list", "--list"] {
      let outcome = try place.run(line)
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
            another  Does the command walk the whole way, and farther than a line of
                     eighty columns is?
            small    Does the command walk the whole way?

          """)
    }
    #expect(try place.run("list").errors.contains("did you mean \"run --list\"?"))
    // A file that cannot be read hides no other one.
    try place.write("{", to: "experiments/another/experiment.json5")
    let outcome = try place.run("run --list")
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("error: experiments/another/experiment.json5: line 1"))
    #expect(outcome.output == "  small  Does the command walk the whole way?\n")
  }

  @Test(arguments: ["run small", "run --list", "plan", "summarize small"])
  func `without a folder of experiments it is said where one was looked for`(line: String) throws {
    let file = place.folder.appendingPathComponent("experiments")
    try FileManager.default.removeItem(at: file)
    let outcome = try place.run(line)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("experiments: found no such folder in /"))
    #expect(outcome.errors.contains("/\(place.folder.lastPathComponent), expected experiments/"))
    #expect(outcome.errors.contains("; start depthwidth in the folder that holds experiments"))
    try place.write("", to: "experiments/readme.txt")
    #expect(try place.run(line).errors.contains("experiments: found no experiment in this folder"))
  }

  @Test(arguments: [
    ("3", ["3", "\"3\"", "[1, 2, 3]", "\"1...3\""], "+seeds=1...3"),
    ("1", ["1", "\"1\"", "[1]"], "+seeds=1"),
    ("3...3", ["[3]", "\"3...3\""], "+seeds=3...3"),
    ("5,2", ["[2, 5]", "\"2,5\""], "+seeds=2,5"),
  ])
  func `seeds mean the same behind the flag, in a file and in a folder's name`(
    flag: String, texts: [String], suffix: String
  ) throws {
    let plan = try place.run("plan small --seeds \(flag)").output
    for text in texts {
      try place.write(
        smallExperiment.replacing("seeds: 3", with: "seeds: \(text)"), to: "file.json5")
      #expect(try place.run("plan file.json5").output == plan, "\(text)")
    }
    let again = suffix.dropFirst("+seeds=".count)
    #expect(try place.run("plan small --seeds \(again)").output == plan)
    _ = try place.run("run small --bits 2 --seeds \(flag)")
    #expect(place.exists("results/runs/small+bits=2\(suffix)/trials.csv"))
  }
}
