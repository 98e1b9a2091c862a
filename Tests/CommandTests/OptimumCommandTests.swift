import Foundation
import Testing

/// `optimum` as a user calls it; without a SAT solver its bounds are those of known constructions.
@Suite struct OptimumCommandTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  @Test func `the circuits are written beside the table`() throws {
    let outcome = try place.run("optimum --bits 2...3 --output circuits")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines.map { $0[0] } == ["n", "2", "3"])
    #expect(lines.map { $0[2] } == ["upper_bound", "3", "5"])
    let rows = try place.text("circuits/circuits.csv").split(separator: "\n")
    #expect(rows.first == "n,gate,kind,inputs,output")
    #expect(rows.count == 1 + 3 + 5)
    #expect(rows.count { $0.hasSuffix(",yes") } == 2)
    for (n, gates) in [(2, 3), (3, 5)] {
      let text = try place.text("circuits/parity-\(n).blif")
      #expect(text.split(separator: "\n").count { $0.hasPrefix(".names") } == gates)
    }
  }

  @Test(arguments: [
    ("--assume blocks=1", "--gates COUNT, which --assume needs, is missing"),
    ("--unordered", "--gates COUNT, which --unordered needs, is missing"),
    ("--gates 8", "--bits N is missing"),
    ("--gates 8 --bits 4 --assume block=1", "--assume: found \"block=1\", expected structures"),
    (
      "--gates 8 --bits 4 --assume blocks=2",
      "--assume: found \"blocks=2\", expected blocks of three of the 4 inputs"
    ),
    ("--gates 4 --bits 4 --assume blocks=1", "with fewer than 4 gates in all"),
  ])
  func `a question that makes no sense is refused`(flags: String, sentence: String) throws {
    let outcome = try place.run("optimum \(flags)")
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test func `a solver that is not there is named`() throws {
    let outcome = try place.run("optimum --bits 2 --confirm-with no-such-solver")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("found no program no-such-solver on the search path"))
  }

  @Test(arguments: ["optimum.csv", "attempts.csv", "circuits.csv"])
  func `the columns of its tables are explained`(file: String) throws {
    let outcome = try place.run("help \(file)")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("| `n` | whole number | The number of input bits. |"))
  }
}
