import Experiments
import Foundation
import TestSupport
import Testing

/// What version 1.0.0 of the specification at json5.org says of texts, keys and white space, section by
/// section; an experiment's question and its keys show what was read.
struct JSON5SpecificationTests {
  private static func question(_ text: String) throws -> String {
    try readExperiment(experimentText().replacingOccurrences(of: "\"Why?\"", with: text)).question
  }

  // 5.1 Escapes, 5.2 Paragraph and Line Separators.
  @Test(arguments: [
    (#""a\'b""#, "a'b"), (#""a\"b""#, "a\"b"), (#"'a"b'"#, "a\"b"), (#""a\\b""#, "a\\b"),
    (#""\b\f\n\r\t\v""#, "\u{8}\u{C}\n\r\t\u{B}"), (#""a\0""#, "a\0"), (#""\0a""#, "\0a"),
    (#""\x5a\xE9""#, "Zé"), (#""\u00e9\u2026""#, "é…"), (#""\A\C\/\D\C""#, "AC/DC"),
    (#""\ud83c\udfaf""#, "🎯"), (#""a\uD83C\uDFAFb""#, "a🎯b"), (#""\ud800\udc00""#, "\u{10000}"),
    (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\ud7ff\ue000""#, "\u{D7FF}\u{E000}"),
    ("\"a\\\nb\"", "ab"), ("\"a\\\r\nb\"", "ab"), ("\"a\\\rb\"", "ab"),
    ("\"a\\\u{2028}b\"", "ab"), ("\"a\\\u{2029}b\"", "ab"),
    ("\"a\u{2028}\u{2029}b\"", "a\u{2028}\u{2029}b"),
    ("\"🎯\"", "🎯"), ("'e\u{301}'", "e\u{301}"),
  ])
  func `a text is read as the specification says`(text: String, expected: String) throws {
    let read = try Self.question(text)
    #expect(Array(read.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    (#""\1""#, "column 14", "found \\ before a digit, expected \\0 with no digit after it"),
    (#""a\9""#, "column 15", "found \\ before a digit"),
    (#""\01""#, "column 14", "found \\ before a digit"),
    (#""\xg0""#, "column 16", "found \"g\", expected 2 hexadecimal digits"),
    (#""\x+5""#, "column 16", "found \"+\", expected 2 hexadecimal digits"),
    (#""\u12"#, "column 16", "expected 4 hexadecimal digits"),
    (
      #""\ud83c""#, "column 14",
      "found \\ud83c, the first half of a character, expected both halves"
    ),
    (#""\ud83c!""#, "column 14", "found \\ud83c, the first half"),
    (#""\ud83c\n""#, "column 14", "found \\ud83c, the first half"),
    (#""\ud83c\ud83c""#, "column 14", "found \\ud83c, the first half"),
    (#""\ud83c\u0041""#, "column 14", "found \\ud83c, the first half"),
    (#""ab\uDFAF""#, "column 16", "found \\udfaf, the second half of a character"),
    ("\"a\nb\"", "column 13", "found a text that does not end, expected \" on the same line"),
    ("\"a\rb\"", "column 13", "found a text that does not end"),
  ])
  func `a text that the specification forbids is refused with its place`(
    text: String, column: String, sentence: String
  ) throws {
    let message = try refusal(of: experimentText().replacingOccurrences(of: "\"Why?\"", with: text))
    #expect(message.hasPrefix("e.json5: line 3, \(column): not JSON5: "), "\(message)")
    #expect(message.contains(sentence), "\(message)")
  }

  // 3 Objects: a key is a text or an identifier of ECMAScript 5.1.
  @Test(arguments: [
    "question", "\"question\"", "'question'", #"\u0071uestion"#, #"quest\u0069on"#,
    #""q\x75estion""#,
  ])
  func `a key is a text or an identifier, with escapes`(key: String) throws {
    let text = experimentText().replacingOccurrences(of: "question", with: key)
    #expect(try readExperiment(text).question == "Why?")
  }

  @Test(arguments: [
    "$", "_", "a1", "ümlaut", "ὂ", "a\u{301}", "a\u{200D}b", "a‿b", "Ⅷ", "ünïcödé", "𝒜",
    #"\ud835\udc9c"#,
  ])
  func `every identifier of ECMAScript is read as a key, and refused as unknown`(key: String) throws
  {
    let message = try refusal(of: experimentText().replacingOccurrences(of: "question", with: key))
    #expect(message.contains("found the unknown key \""), "\(message)")
  }

  @Test(arguments: [
    "1a", "a-b", "a b", "\u{301}a", "‿a", #"\u0031a"#, #"a\u002db"#, #"\x61"#, "€", "",
  ])
  func `a key that is not an identifier is refused`(key: String) throws {
    let message = try refusal(of: experimentText().replacingOccurrences(of: "question", with: key))
    #expect(message.hasPrefix("e.json5: line 3, column "), "\(message)")
    #expect(message.contains(": not JSON5: "), "\(message)")
  }

  // 7 Comments, 8 White Space.
  @Test(arguments: [
    "\t", "\n", "\u{B}", "\u{C}", "\r", " ", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}",
    "\u{2003}",
    "\u{3000}", "// a\n", "// a\r", "// a\u{2028}", "// a\u{2029}", "/* a\n * b */", "/**/",
  ])
  func `white space and comments stand between any two tokens`(space: String) throws {
    let text = experimentText().replacingOccurrences(of: ":", with: "\(space):\(space)")
    #expect(try readExperiment(text).question == "Why?")
  }

  @Test(arguments: ["\u{85}", "\u{200B}", "\u{180E}", "\0"])
  func `control and zero-width characters are not white space`(character: String) throws {
    let message = try refusal(
      of: experimentText().replacingOccurrences(of: "question:", with: "question\(character):"))
    #expect(message.hasPrefix("e.json5: line 3, column 11: not JSON5: "), "\(message)")
  }

  // 6 Numbers.
  @Test(arguments: [
    ("5", 5), ("+5", 5), ("5.", 5), ("0x5", 5), ("0X5", 5), ("50e-1", 5), ("0.5E1", 5), (".5e1", 5),
    ("5.e0", 5),
  ])
  func `a number may be written in every way of the specification`(text: String, seeds: Int) throws
  {
    #expect(try readExperiment(experimentText(seeds: text)).conditions.seeds.count == seeds)
  }

  @Test(arguments: [
    "05", "0x", ".", "5e", "+-5", "5_0", "0b1", "0o7", "Inf", "nan", "0x.8", "1a", "--5",
  ])
  func `a number in a form outside the specification is refused`(text: String) throws {
    let message = try refusal(of: experimentText(seeds: text))
    let column = text == "5_0" ? 11 : 10
    #expect(message.hasPrefix("e.json5: line 6, column \(column): not JSON5: "), "\(message)")
  }
}
