import Platform

/// The commit that the program was built from, asked for while nobody waits.
///
/// The program knows the hash of its sources, as the plugin `SourceHash` makes it. Where the commit of
/// the checkout around it has the same, that is its commit, whatever has changed in the files since.
struct BuildCommit: Sendable {
  /// The seconds that Git has for an answer.
  static let patience = 2.0

  private let sources: String
  private var answer: ProgramAnswer?
  private var refusal = ""

  /// Asks Git in the folder of the program.
  init(of sources: String) {
    self.sources = sources
    let folder = Machine.program.map(Files.parent(of:)) ?? "."
    let script = #"""
      exec 2>&1
      cd "$0" && commit=$(git rev-parse HEAD) && echo "$commit" &&
        git ls-tree -r --full-tree "$commit" Package.swift Sources |
        awk '/\.(swift|c|h)"?$/ { print $3 }' | git hash-object --stdin
      """#
    do throws(SystemError) {
      answer = try ProgramAnswer("sh", ["-c", script, folder])
    } catch {
      refusal = "sh: \(error.description)"
    }
  }

  /// The commit, or `unknown: ` and why.
  var text: String {
    guard !sources.isEmpty else { return "unknown: the program was built without Git" }
    guard let answer else { return "unknown: \(refusal)" }
    let (ending, text) = answer.wait(seconds: Self.patience)
    guard ending != .outOfTime else {
      return "unknown: Git gave no answer within \(Self.patience) s"
    }
    let lines = text.split(separator: "\n")
    guard lines.count == 2, lines.allSatisfy({ $0.allSatisfy(\.isHexDigit) }) else {
      return "unknown: \(lines.first { !$0.allSatisfy(\.isHexDigit) } ?? "Git said nothing")"
    }
    return lines[1] == sources
      ? String(lines[0]) : "unknown: built from other sources than those of \(lines[0])"
  }
}
