import Platform

/// The repository that results are published in, and what ties them to one of its commits.
public enum Checkout {
  /// What keeps a run from being traced to a commit, a clause each.
  ///
  /// None in a clean checkout whose program made all of the run; what lies under results does not count.
  public static func gaps(of run: RunFolder) -> [String] {
    var gaps: [String] = []
    let status = ["status", "--porcelain", "--", ":/", ":(exclude)results"]
    let answer = try? ProgramAnswer("git", status).wait(seconds: BuildCommit.patience)
    if let (ending, changes) = answer, ending == .exited(0) {
      let files = changes.split(separator: "\n").map { $0.dropFirst(3) }
      if let file = files.first {
        let others = files.count > 1 ? " and \(files.count - 1) more" : ""
        gaps.append("the checkout has changes that are not committed: \(file)\(others)")
      }
    } else {
      gaps.append("the commit is not known: git status fails in this folder")
    }
    // A session that was killed may have left rows that it has not counted.
    let sessions = run.sessions.filter { $0.trials > 0 || $0.ended.isEmpty }
    let open = sessions.filter { !$0.commit.allSatisfy(\.isHexDigit) || $0.commit.isEmpty }
    if let commit = open.last?.commit {
      let why = commit.isEmpty ? "" : " (\(commit))"
      gaps.append(
        "provenance.json has no clean commit for \(open.count) of \(sessions.count) sessions\(why)")
    }
    return gaps
  }
}
