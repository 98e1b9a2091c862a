import Foundation
import Testing

/// Everything a user can get wrong: one sentence, the right exit code, nothing written.
@Suite struct RefusalTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
  }

  @Test(arguments: [
    ("rnu", "there is no verb \"rnu\"; did you mean \"run\"?"),
    ("run small --bist 3", "has no flag \"--bist\"; did you mean \"--bits\"?"),
    ("run small --bits 0", "--bits: found \"0\", expected n in 1...30"),
    ("run small --bits 40", "--bits: found \"40\", expected n in 1...30"),
    ("run small --bits", "--bits: the value is missing, expected --bits LIST"),
    ("run small --seeds=", "--seeds: the value is empty, expected --seeds LIST"),
    ("run small --jobs 0", "--jobs: found \"0\", expected a whole number in 1...1024"),
    ("run small --jobs 2 --jobs 3", "--jobs: found twice, expected once"),
    ("run small --fresh=yes", "--fresh: found the value \"yes\", expected none"),
    ("run small --threads 2", "has no flag \"--threads\"; did you mean \"--jobs\"?"),
    ("plan small --list", "depthwidth plan has no flag \"--list\"; depthwidth plan --help lists"),
    ("train small", "there is no verb \"train\"; did you mean \"run\"?"),
    ("run small other", "found the extra argument \"other\""),
    ("dataset", "--bits N is missing, expected depthwidth dataset --bits N"),
    ("dataset --bits 40", "expected a whole number in 1...30, or to 63 with --sample"),
    ("dataset --bits 3 --sample 9", "--sample: found \"9\", expected a whole number in 1...8"),
    ("dataset --bits 3 --k 2 --subset 1", "found --k together with --subset"),
    ("dataset --bits 3 --noise 2", "--noise: found \"2\", expected a probability from 0 to 1"),
    ("benchmark circuits --jobs 2", "found --jobs together with circuits"),
    ("help rum", "there is no verb \"rum\"; did you mean \"run\"?"),
  ])
  func `a slip on the command line is refused with what was expected`(
    line: String, sentence: String
  ) throws {
    try expectRefusal(of: line, status: 64, sentence)
  }

  @Test(arguments: [
    ("run smal", "there is no experiment smal, found here: small; did you mean \"small\"?"),
    ("run nowhere.json5", "nowhere.json5: there is no file nowhere.json5"),
    ("run experiments/small", "experiments/small: found a folder, expected a file"),
    ("publish small", "no finished trial"),
  ])
  func `something that is not there or does not fit is refused`(line: String, sentence: String)
    throws
  {
    try expectRefusal(of: line, status: 65, sentence)
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("{ name: \"x\",\n  bits: }", "line 2, column 9: not JSON5: found \"}\", expected a value"),
    ("{ seeds: 1, seeds: 2 }", "found the key \"seeds\" a second time"),
    (edit("seeds: 3", "sedes: 3"), "unknown key \"sedes\""),
    (
      edit("bits: \"2...3\"", "bits: 40"),
      "bits: found n = 40, expected n in 1...30 for the arm line"
    ),
    (edit("seeds: 3", "seeds: []"), "seeds: found an empty list"),
    (edit("widths: \"2...4\"", "widths: 0"), "the formula \"0\" is 0 at n = 2"),
    (edit("widths: \"2...4\"", "widths: \"4/(n-2)\""), "divides by zero at n = 2"),
    (edit("widths: \"2...4\"", "widths: \"2^(99n)\""), "overflows at n = 2"),
    (edit("name: \"deep\"", "name: \"line\""), "found \"line\" a second time"),
    (
      edit("kind: \"deep\"", "kind: \"deep\", activation: \"tahn\""),
      "found \"tahn\", expected one of sigmoid, tanh, relu, leakyRelu, elu; did you mean \"tanh\"?"
    ),
    (
      edit("kind: \"deep\"", "kind: \"deep\", activation: \"step\""),
      "found \"step\", expected one of sigmoid, tanh, relu, leakyRelu, elu"
    ),
    (edit("\"line\", kind: \"logistic\"", "\"line\", kind: \"linear\""), meant("logistic")),
    (edit("kind: \"deep\"", "kind: \"mlp\""), meant("deep")),
    (edit("\"rprop\" },", "\"sgd\" },"), meant("gradientDescent")),
    (edit("\"rprop\" },", "\"lm\" },"), meant("levenbergMarquardt")),
    (edit("kind: \"deep\"", "kind: \"deep\", activation: \"relu6\""), meant("relu")),
    (edit("kind: \"deep\"", "kind: \"deep\", activation: \"logistic\""), meant("sigmoid")),
    (edit("\"rademacher\"", "\"xavier\""), meant("glorot")),
    (edit("widths: \"n\"", "hidden_layer_sizes: \"n\""), meant("widths")),
    (edit("widths: \"n\"", "depth: 64, widths: \"2^24\""), "GB of memory with"),
  ])
  func `a mistake in an experiment file is refused with its place`(text: String, sentence: String)
    throws
  {
    try place.write(text, to: "wrong.json5")
    try expectRefusal(of: "run wrong.json5", status: 65, sentence)
  }

  @Test func `an output folder that cannot be written`() throws {
    try place.write("a file", to: "taken")
    try expectRefusal(of: "run small --output taken", status: 73, "Not a directory")
  }

  @Test func `a data set never overwrites a file`() throws {
    try place.write("precious", to: "data.csv")
    try expectRefusal(of: "dataset --bits 2 --output data.csv", status: 73, "File exists")
    #expect(try place.text("data.csv") == "precious")
  }

  private static func edit(_ text: String, _ other: String) -> String {
    precondition(smallExperiment.contains(text), "nothing to edit: \(text)")
    return smallExperiment.replacing(text, with: other, maxReplacements: 1)
  }

  private static func meant(_ word: String) -> String { "; did you mean \"\(word)\"?" }

  private func expectRefusal(of line: String, status: Int32, _ sentence: String) throws {
    let before = place.contents
    let outcome = try place.run(line)
    #expect(outcome.status == status)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(place.contents == before)
  }
}
