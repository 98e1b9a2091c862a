import Testing

@Suite struct HelpTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
  }

  @Test(arguments: ["dataset", "plan", "run", "summarize", "publish", "check", "certify", "help"])
  func `every verb explains itself with an example`(verb: String) throws {
    let outcome = try place.run("\(verb) --help")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    if verb != "help" {
      #expect(outcome.output.contains("usage: depthwidth \(verb)"))
      #expect(outcome.output.contains("example:\n  depthwidth \(verb)"))
    }
    #expect(try place.run("help \(verb)").status == 0)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `the overview names every verb and the exit codes`() throws {
    let outcome = try place.run("--help")
    #expect(outcome.status == 0)
    for verb in ["dataset", "plan", "run", "summarize", "publish", "check", "certify", "help"] {
      #expect(outcome.output.contains("\n  \(verb) "))
    }
    #expect(outcome.output.contains("exit codes: 0 done"))
  }

  @Test func `the version is one line`() throws {
    let outcome = try place.run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /depthwidth \d+\.\d+\.\d+\n/) != nil)
  }

  @Test func `a plan lists its trials without running them`() throws {
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
    let outcome = try place.run("plan small --bits 3 --seeds 1")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 1 + 8)
    // 8 rows, 60 epochs, (3 + 1)·3 + 4 = 16 parameters.
    #expect(lines[3].hasPrefix("shallow/n=3/widths=3/seed=1,shallow,3,3,1,3,3,16,1,8,60,7680,"))
    #expect(!place.exists("results"))
  }
}
