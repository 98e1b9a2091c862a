import Experiments
import Networks
import Tables
import TestSupport
import Testing

struct SweepTests {
  private func arm(_ widths: String) -> String {
    #"{ name: "wide", kind: "shallow", widths: \#(widths) }"#
  }

  private func widths(_ text: String, n: Int) throws -> [Int] {
    let plan = try smallPlan(bits: "\(n)", seeds: "1", arms: arm(text))
    return plan.trainings.map(\.architecture.units)
  }

  @Test(arguments: [
    // Numbers and formulas.
    ("5", 3, [5]), ("5.0", 3, [5]), ("\"2n\"", 3, [6]), ("\"2^(n-1)\"", 5, [16]),
    // Ranges.
    ("\"1...4\"", 3, [1, 2, 3, 4]), ("\"n...2n\"", 3, [3, 4, 5, 6]), ("\" 2 ... 3 \"", 3, [2, 3]),
    ("\"4...4\"", 3, [4]),
    // Steps: the end belongs to them only where a step meets it.
    ("{ from: 1, to: 9, step: 4 }", 3, [1, 5, 9]), ("{ from: 1, to: 8, step: 4 }", 3, [1, 5]),
    ("{ from: 2, to: \"n+1\" }", 3, [2, 3, 4]), ("{ from: 2, to: 3, step: 1000000 }", 3, [2]),
    // Factors.
    ("{ from: 1, to: \"2^(n-1)\", factor: 2 }", 5, [1, 2, 4, 8, 16]),
    ("{ from: \"n\", to: 50, factor: 3 }", 3, [3, 9, 27]),
    ("{ from: 7, to: 7, factor: 2 }", 3, [7]),
    ("{ from: 1, to: \"2^24\", factor: 1000 }", 3, [1, 1000, 1_000_000]),
    // Lists: sorted, each value once.
    ("[7, \"1...3\", 2]", 3, [1, 2, 3, 7]), ("[4, \"4\", \"n+1\"]", 3, [4]),
    ("[\"1...2n\", { from: 1, to: \"2^(n-1)\", factor: 2 }]", 4, [1, 2, 3, 4, 5, 6, 7, 8]),
    ("[{ from: 16, to: 32, factor: 2 }, { from: 1, to: 5, step: 2 }]", 3, [1, 3, 5, 16, 32]),
  ])
  func `a sweep has the values of its numbers, ranges, steps and factors`(
    text: String, n: Int, expected: [Int]
  ) throws {
    #expect(try widths(text, n: n) == expected)
  }

  @Test(arguments: [
    ("0", "the formula \"0\" is 0 at n = 2, expected 1...16777216"),
    ("-1", "found -1, expected a whole number or a formula in n such as \"2^(n-1)\""),
    ("2.5", "found 2.5, expected a whole number or a formula in n such as \"2^(n-1)\""),
    ("true", "found true, expected a whole number or a formula in n such as \"2^(n-1)\""),
    ("null", "found null, expected a whole number or a formula in n such as \"2^(n-1)\""),
    (
      "\"\"", "found an empty string, expected a whole number or a formula in n such as \"2^(n-1)\""
    ),
    ("\"n-2\"", "the formula \"n-2\" is 0 at n = 2, expected 1...16777216"),
    (
      "\"1/n\"",
      "the formula \"1/n\" is 0.5 at n = 2, expected a whole number: "
        + "use ceil(…) or floor(…)"
    ),
    ("\"5...4\"", "the formula \"4\" is 4 at n = 2, expected 5...16777216"),
    ("\"0...4\"", "the formula \"0\" is 0 at n = 2, expected 1...16777216"),
    ("\"1...\"", "the formula \"\" ends too early"),
    (
      "\"1...2m\"",
      "the formula \"2m\" has the unknown name \"m\", expected n or one of "
        + "ceil, floor, log2, sqrt, min, max, binomial"
    ),
    ("[]", "found an empty list, expected a list [ … ] with at least one entry"),
    ("\"2^30\"", "the formula \"2^30\" is 1073741824 at n = 2, expected 1...16777216"),
  ])
  func `an impossible width is refused with its formula and n`(text: String, sentence: String)
    throws
  {
    let message = try refusal(of: experimentText(arms: arm(text)))
    #expect(message == "e.json5: arms[0].widths: \(sentence)")
  }

  @Test(arguments: [
    ("{ from: 1 }", "", "the key \"to\" is missing"),
    (
      "{ from: 1, to: 2, stp: 1 }", "",
      "found the unknown key \"stp\", expected one of from, to, step, factor; did you mean \"step\"?"
    ),
    ("{ from: 1, to: 2, step: 0 }", ".step", "found 0, expected a whole number in 1...1000000"),
    ("{ from: 1, to: 2, step: -1 }", ".step", "found -1, expected a whole number in 1...1000000"),
    ("{ from: 1, to: 2, factor: 1 }", ".factor", "found 1, expected a whole number in 2...1000"),
    (
      "{ from: 1, to: 2, factor: 1.5 }", ".factor", "found 1.5, expected a whole number in 2...1000"
    ),
    (
      "{ from: 1, to: 2, step: 1, factor: 2 }", ".step",
      "found 1, expected either step or factor, not both"
    ),
    (
      "[1, [2]]", "[1]",
      "found a list of 1, expected a whole number or a formula in n such as \"2^(n-1)\""
    ),
    (
      "{ from: \"lgo2(n)\", to: 2 }", ".from",
      "the formula \"lgo2(n)\" has the unknown name \"lgo2\", expected n or one of "
        + "ceil, floor, log2, sqrt, min, max, binomial; did you mean \"log2\"?"
    ),
  ])
  func `a part of a sweep is refused at its place`(
    text: String, place: String, sentence: String
  ) throws {
    let message = try refusal(of: experimentText(arms: arm(text)))
    #expect(message == "e.json5: arms[0].widths\(place): \(sentence)")
  }

  @Test func `a sweep by factors that starts at 0 is refused`() throws {
    let arm =
      #"{ name: "d", kind: "depthSearch", depths: { from: 0, to: 4, factor: 2 }, units: 8 }"#
    #expect(
      try refusal(of: experimentText(arms: arm))
        == "e.json5: arms[0].depths: the formula \"0\" is 0 at n = 2, expected 1...64")
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["\"1...100001\"", "\"1...2^24\""])
  func `a huge range is refused at once`(text: String) throws {
    let message = try refusal(of: experimentText(arms: arm(text)))
    #expect(message.contains("from \"1\" gives more than 100000 values at n = 2; "))
    #expect(message.hasSuffix("write { from, to, factor: 2 } for doublings"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a sweep of several ranges has at most 100000 values in all`() throws {
    #expect(try widths("[\"1...100000\"]", n: 2).count == 100_000)
    let ranges = (0..<3).map { "\"\($0 * 90_000 + 1)...\(($0 + 1) * 90_000)\"" }
    let list = "[\(ranges.joined(separator: ", "))]"
    let message = try refusal(of: experimentText(arms: arm(list)))
    #expect(message.contains("gives more than 100000 values at n = 2; "))
  }
}
