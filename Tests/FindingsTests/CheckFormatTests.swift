import Experiments
import Findings
import Foundation
import Runs
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What other programs read of a check.
struct CheckFormatTests {
  private static let claims = """
    { claim: "5 % <of> \\"rows\\", & more\\nor\\u0001 less.", arm: "line",
      measure: "best_accuracy", is: "<", value: 0.25 },
    """

  @Test func `GitHub's commands escape what would end them`() {
    #expect(GitHubText.message("a: 5 %, b\r\nc") == "a: 5 %25, b%0D%0Ac")
    #expect(GitHubText.property("a: 5 %, b\r\nc") == "a%3A 5 %25%2C b%0D%0Ac")
    #expect(GitHubText.message("… %0A") == "… %250A")
  }

  @Test func `GitHub gets an annotation at the line of every difference`() throws {
    try PublishedExample.with(PublishedExample.plan(claims: Self.claims)) { example in
      #expect(try example.report().gitHubText == example.report().text)
      let key = try example.change(.trials, line: 5, "epochs", to: "7")
      try example.change(.claims, line: 2, "verdict", to: "holds")
      let lines = try example.report().gitHubText.split(separator: "\n")
      let folder = GitHubText.property(example.folder)
      #expect(
        lines[0].hasPrefix(
          "::error file=\(folder)/claims.csv,line=2,title=small%3A regression::"
            + "\"5 %25 <of> \"rows\", & more%0Aor"))
      #expect(
        lines[1] == """
          ::error file=\(folder)/trials.csv,line=5,title=small%3A regression::\(key): epochs is 6, \
          published is 7
          """)
      #expect(lines[2] == "1 of 12 rows and 1 claim differ from \(example.folder)")
      #expect(lines[3].hasPrefix("if that is meant: "))
      #expect(lines.count == 4)
    }
  }

  @Test func `XML text escapes its marks and replaces what XML forbids`() {
    #expect(XMLText.escaped("<a> & \"b\"\n") == "&lt;a&gt; &amp; &quot;b&quot;\n")
    #expect(XMLText.attribute("a\r\n\t\"") == "a&#13;&#10;&#9;&quot;")
    #expect(XMLText.attribute("\u{0}\u{1B}\u{FFFE}…") == "\u{FFFD}\u{FFFD}\u{FFFD}…")
  }

  @Test func `JUnit gets a case for each arm and n, each summary and each claim`() throws {
    try PublishedExample.with(PublishedExample.plan(claims: Self.claims)) { example in
      let equal = try Cases(example.report().jUnitText(seconds: 0.0625))
      #expect(equal.suite["name"] == "small")
      #expect((equal.suite["tests"], equal.suite["failures"]) == ("7", "0"))
      #expect(equal.suite["time"] == "0.063")
      #expect(
        equal.names.dropLast() == [
          "small.line n=2", "small.line n=3", "small.wide n=2", "small.wide n=3",
          "small.line summary", "small.wide summary",
        ])
      #expect(equal.names.last == "small.claims 5 % <of> \"rows\", & more\nor\u{FFFD} less.")
      #expect(equal.notes == ["fails, as published"])

      let key = try example.change(.trials, line: 5, "epochs", to: "7")
      try example.change(.trials, line: 4, "epochs", to: "8")
      try example.change(.claims, line: 2, "verdict", to: "holds")
      let other = try Cases(example.report().jUnitText(seconds: 1))
      #expect((other.suite["tests"], other.suite["failures"]) == ("7", "2"))
      #expect(other.messages.count == 2)
      #expect(other.messages[0].hasSuffix("epochs is 6, published is 8"))
      #expect(other.texts[0].contains("trials.csv: \(key): epochs is 6, published is 7\n"))
      #expect(other.texts[0].hasSuffix("; depthwidth publish small"))
      #expect(other.messages[1].contains("verdict is fails, published is holds"))
      #expect(other.notes.isEmpty)
    }
  }

  /// JUnit's XML, read by the system's parser.
  private final class Cases: NSObject, XMLParserDelegate {
    var suite: [String: String] = [:]
    var names: [String] = []
    var messages: [String] = []
    var texts: [String] = []
    var notes: [String] = []
    private var text = ""

    init(_ xml: String) throws {
      super.init()
      let parser = XMLParser(data: Data(xml.utf8))
      parser.delegate = self
      try #require(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      text = ""
      switch name {
      case "testsuite": suite = attributes
      case "testcase": names.append("\(attributes["classname"] ?? "") \(attributes["name"] ?? "")")
      case "failure": messages.append(attributes["message"] ?? "")
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      if name == "failure" { texts.append(text) }
      if name == "system-out" { notes.append(text) }
    }
  }
}
