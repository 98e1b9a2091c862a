import Experiments
import Foundation
import Tables
import TestSupport
import Testing

struct ExperimentFileTests {
  @Test(arguments: ["", " ", "\n", " \t\r\n \n"])
  func `an empty file is refused with an example`(text: String) throws {
    #expect(
      try refusal(of: text)
        == "e.json5: the file is empty, expected a JSON5 object such as "
        + "{ name: \"…\", bits: \"2...4\", … }")
  }

  @Test(arguments: [
    (
      "{\n  name: \"x\"\n  bits: 2\n}",
      "line 3, column 3: not JSON5: found \"b\", expected a comma or }"
    ),
    (
      "{ name: }",
      "line 1, column 9: not JSON5: found \"}\", expected a value: a text in quotes, "
        + "a number, a list [ … ] or an object { … }"
    ),
    ("{ name: \"x\", ", "line 1, column 14: not JSON5: the file ends, expected a key or }"),
    (
      "{ name: \"x }\n",
      "line 1, column 9: not JSON5: found a text that does not end, "
        + "expected \" on the same line"
    ),
    ("{} {}", "line 1, column 4: not JSON5: found \"{\", expected the end of the file"),
    (
      "// nothing",
      "line 1, column 11: not JSON5: the file ends, expected a value: a text in quotes, "
        + "a number, a list [ … ] or an object { … }"
    ),
    (
      "\n\n  /* open", "line 3, column 3: not JSON5: found a comment that does not end, expected */"
    ),
  ])
  func `a text that is not JSON5 is refused where it breaks`(text: String, message: String) throws {
    #expect(try refusal(of: text) == "e.json5: \(message)")
  }

  @Test func `a key that stands twice in one object is refused`() throws {
    let text = experimentText().split(separator: "budget:").joined(separator: "bits: 3,\n  budget:")
    #expect(
      try refusal(of: text)
        == "e.json5: line 7, column 3: not JSON5: found the key \"bits\" a second time, "
        + "expected every key once")
  }

  @Test(arguments: ["[]", "5", "\"x\"", "null"])
  func `a file that holds something else than an object is refused`(text: String) throws {
    #expect(try refusal(of: text).hasSuffix(", expected an object { … }"))
  }

  @Test(arguments: ["--5", "+-5", "-+5", "0x+5", ".", "-", "1-2", "1e400e", "05"])
  func `a number that JSON5 does not allow is refused`(text: String) throws {
    let message = try refusal(of: experimentText(seeds: text))
    #expect(message.contains("not JSON5"), "\(text): \(message)")
  }

  @Test(arguments: [("0x1F", 31), ("+3", 3), ("2.", 2), ("20e-1", 2), ("1E1", 10), ("4.0", 4)])
  func `every way to write a whole number is read`(text: String, count: Int) throws {
    #expect(try readExperiment(experimentText(seeds: text)).conditions.seeds.count == count)
  }

  @Test(arguments: ["[", "{a:", "[{a:"], [51, 600, 100_000])
  func `lists and objects nested too deep are refused`(opening: String, depth: Int) throws {
    let message = try refusal(of: String(repeating: opening, count: depth))
    #expect(message.contains("expected at most 50 objects and lists inside one another"))
    let inside = experimentText(arms: String(repeating: opening, count: depth))
    #expect(throws: InputError.self) { try readExperiment(inside) }
  }

  @Test func `bytes that are not UTF-8 are refused`() throws {
    let error = try #require(throws: InputError.self) {
      try Experiment(Data([0x7B, 0xFF, 0xFE, 0x7D]), file: "e.json5")
    }
    #expect(error.description == "e.json5: found bytes that are not UTF-8, expected text in JSON5")
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a byte order mark and the kind of line ends change nothing`(end: String) throws {
    let lines = "// To here.\n\(experimentText())".split(separator: "\n")
    #expect(try readExperiment("\u{FEFF}" + lines.joined(separator: end)).name == "small")
    let message = try refusal(of: ["// One.", "{ /*", "*/ ]"].joined(separator: end))
    #expect(message.contains("line 3, column 4"), "\(message)")
  }

  @Test func `a text may be continued on the next line, however lines end`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let parts = experimentText().split(separator: "Why?")
      let text = parts.joined(separator: "Wh\\\(end)y?")
      #expect(try readExperiment(text).question == "Why?")
    }
  }

  @Test func `a folder, a missing file and a huge file are refused by name`() throws {
    try withTemporaryFolder { folder in
      let missing = try #require(throws: InputError.self) { try Experiment(file: folder) }
      #expect(missing.description == "\(folder): there is no file \(folder)")

      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let isFolder = try #require(throws: InputError.self) { try Experiment(file: folder) }
      #expect(isFolder.description == "\(folder): found a folder, expected a file")

      let path = "\(folder)/huge.json5"
      try write(String(repeating: " ", count: 1_000_001), to: path)
      let huge = try #require(throws: InputError.self) { try Experiment(file: path) }
      #expect(
        huge.description == "\(path): found more than 1000000 bytes, expected at most 1000000")
    }
  }

  @Test func `a file is read like its text`() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try write(experimentText(name: "from-file"), to: "\(folder)/e.json5")
      let experiment = try Experiment(file: "\(folder)/e.json5")
      #expect((experiment.name, experiment.file) == ("from-file", "\(folder)/e.json5"))
    }
  }
}
