import Foundation
import Testing

@Suite struct HelpTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
  }

  @Test func `every verb explains itself with an example`() throws {
    for verb in try place.verbs {
      let outcome = try place.run("\(verb) --help")
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmpty)
      #expect(outcome.output.contains("usage: depthwidth \(verb)"))
      #expect(outcome.output.contains("example:\n  depthwidth \(verb)"))
      for line in ["help \(verb)", "--help \(verb)", "\(verb) -h"] {
        #expect(try place.run(line).output == outcome.output)
      }
      #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(verb)")
    }
  }

  @Test func `the overview names every verb and the exit codes`() throws {
    let outcome = try place.run("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\nexit codes: 0 done"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    // A file each, but for the help itself.
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/depthwidth/Verbs").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    let verbs = files.filter { $0.hasSuffix("Verb.swift") }.map { $0.dropLast(10).lowercased() }
    #expect(try place.verbs.sorted() == (verbs + ["help"]).sorted())
  }

  @Test(arguments: [40, 60, 120])
  func `help is wrapped at the width of the terminal`(columns: Int) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    for verb in try place.verbs {
      let line = "stty cols \(columns); '\(Workplace.executable.path)' \(verb) --help"
      let outcome = try place.shell("script -qec \"\(line)\" /dev/null")
      let lines = outcome.output.replacingOccurrences(of: "\r\n", with: "\n")
        .split(separator: "\n")
      // A line to be typed stands whole.
      let example = try #require(lines.firstIndex(of: "example:"))
      #expect(lines[..<example].allSatisfy { $0.count <= columns }, "\(outcome.output)")
      let longest = lines[..<example].map(\.count).max() ?? 0
      #expect(longest > columns - 20 || verb == "help", "\(verb) wastes the width")
      let words = try place.run("\(verb) --help").output.split(whereSeparator: \.isWhitespace)
      #expect(lines.joined(separator: " ").split(separator: " ") == words)
    }
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
    // 8 rows, 60 epochs, (3 + 1)·3 + 4 = 16 parameters, 27 µs at most.
    #expect(lines[3].hasPrefix("shallow/n=3/widths=3/seed=1,shallow,3,3,1,3,3,16,1,8,60,2.7e-05,"))
    #expect(!place.exists("results"))
  }
}
