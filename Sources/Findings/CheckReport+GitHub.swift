import Runs

extension CheckReport {
  /// The report as workflow commands of GitHub: an annotation for each difference at its line.
  public var gitHubText: String {
    let errors = differences.prefix(Self.limit).map { difference in
      let properties = [
        ("file", "\(folder)/\(difference.file.rawValue)"), ("line", "\(difference.line)"),
        ("title", "\(experiment): regression"),
      ]
      let list = properties.map { "\($0)=\(GitHubText.property($1))" }.joined(separator: ",")
      return "::error \(list)::\(GitHubText.message(difference.sentence))"
    }
    return (errors + closing).map { $0 + "\n" }.joined()
  }
}

/// How text stands in a workflow command, which ends with its line.
package enum GitHubText {
  /// The message of a command.
  package static func message(_ text: String) -> String {
    escaped(text, ["%", "\r", "\n"])
  }

  /// The value of a property, which a comma or colon would end.
  package static func property(_ text: String) -> String {
    escaped(text, ["%", "\r", "\n", ":", ","])
  }

  // Scalar by scalar, since CR LF is one Character.
  private static func escaped(_ text: String, _ marks: [Unicode.Scalar]) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if marks.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}
