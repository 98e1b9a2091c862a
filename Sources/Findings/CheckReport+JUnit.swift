import Runs
import Tables

extension CheckReport {
  /// The report as JUnit's XML: a case for the trials of each arm and n, for the summary of each arm,
  /// and for each claim.
  public func jUnitText(seconds: Double) -> String {
    let found = Dictionary(grouping: differences, by: \.subject)
    let subjects = subjects
    let suite = element(
      "testsuite",
      [
        ("name", experiment), ("tests", "\(subjects.count)"),
        ("failures", "\(found.count)"), ("time", "\(seconds.rounded(places: 3))"),
      ])
    let cases = subjects.map { testCase($0, found[$0] ?? []) }.joined()
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <\(suite)>\n\(cases)"
      + "  </testsuite>\n</testsuites>\n"
  }

  private func testCase(_ subject: CheckedSubject, _ differences: [RowDifference]) -> String {
    let (group, name) =
      switch subject {
      case .trials(let arm, let bits): (arm, "n=\(bits)")
      case .summary(let arm): (arm, "summary")
      case .claim(let sentence): ("claims", sentence)
      }
    let start = element("testcase", [("classname", "\(experiment).\(group)"), ("name", name)])
    if let first = differences.first {
      var lines = differences.prefix(Self.limit).map {
        "\(folder)/\($0.file.rawValue): \($0.sentence)"
      }
      if differences.count > Self.limit {
        lines.append("… and \(differences.count - Self.limit) more")
      }
      lines.append("if that is meant: \(remedy)")
      let failure = element("failure", [("message", first.sentence), ("type", "regression")])
      let text = XMLText.escaped(lines.joined(separator: "\n"))
      return "    <\(start)>\n      <\(failure)>\(text)</failure>\n    </testcase>\n"
    }
    if case .claim(let sentence) = subject, failingAsPublished.contains(sentence) {
      return "    <\(start)>\n      <system-out>fails, as published</system-out>\n    </testcase>\n"
    }
    return "    <\(start)/>\n"
  }

  private func element(_ name: String, _ attributes: [(String, String)]) -> String {
    name + attributes.map { " \($0)=\"\(XMLText.attribute($1))\"" }.joined()
  }
}

/// How text stands in XML 1.0.
package enum XMLText {
  /// The text between tags.
  package static func escaped(_ text: String) -> String { escaped(text, keepsLines: true) }

  /// The value of an attribute in double quotes; a bare line end would be read as a space there.
  package static func attribute(_ text: String) -> String { escaped(text, keepsLines: false) }

  private static func escaped(_ text: String, keepsLines: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n" where keepsLines: result += "\n"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
