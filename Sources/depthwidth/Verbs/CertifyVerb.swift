import Experiments
import Findings
import Runs
import Tables

/// `certify`: certificates of frozen features, and networks behind minima, checked without what found
/// them.
enum CertifyVerb {
  static let verb = Verb(
    name: "certify",
    summary: "Check the networks and certificates that are the evidence of minima.",
    usage: "certify [NAME-or-FILE] [FLAGS]",
    details: """
      Trained arms: judges each network in networks.safetensors on every row of the truth table, by
      plain loops in double precision, and holds its header against trials.csv and summary.csv. Each
      minimum must have its network. Frozen arms: draws the random units again from the seed and
      checks every certificate in certificates.csv. The weights must put each row on the side of its
      label, with all rounding errors bounded. The convex weights of rows must prove that one unit
      fewer is not enough: exact ones must exist near them. No training and no search is used. The
      experiment is "frozen" by default; with --output results it checks what is published. Prints a
      line for each; exits with 2 when one fails, and names key and row.
      """,
    flags: Selection.flags.filter { $0.name != "--epochs" },
    example: "depthwidth certify claim --output results",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments, default: "frozen")
    let folder = try RunFolder(reading: selection.runFolder, plan: Plan(selection.experiment))
    let isFrozen = folder.plan.companions.contains { $0.name == Companion.certificates.name }
    guard isFrozen || folder.plan.trains else {
      throw InputError(
        selection.experiment.file, at: "arms",
        .unexpected(
          found: "no arm that is trained or frozen", expected: "one, with networks or certificates")
      )
    }
    guard !folder.records.isEmpty else { throw folder.nothingThere(remedy: selection.remedy) }
    var isRight = true
    if isFrozen { isRight = try certificates(folder) }
    if folder.plan.trains {
      guard folder.isComplete else {
        Terminal.message("error: \(folder.incompleteness(remedy: selection.remedy))")
        return isRight ? .incomplete : .regression
      }
      isRight = try networks(folder) && isRight
    }
    return isRight ? .done : .regression
  }

  /// Prints what the certificates of frozen features prove; returns whether all hold.
  private static func certificates(_ folder: RunFolder) throws(InputError) -> Bool {
    var (checked, failed) = (0, 0)
    try folder.checkCertificates { check in
      checked += 1
      failed += check.holds ? 0 : 1
      print(check.certificate.key, check.sentence, check.holds)
    }
    Terminal.line("\(checked - failed) of \(checked) certificates hold")
    return failed == 0
  }

  /// Prints what the networks behind minima do; returns whether all are right.
  private static func networks(_ folder: RunFolder) throws(InputError) -> Bool {
    var (checked, failed) = (0, 0)
    try folder.checkNetworks { check in
      checked += 1
      failed += check.holds ? 0 : 1
      print(check.key, check.sentence, check.holds)
    }
    Terminal.line("\(checked - failed) of \(checked) networks hold")
    return failed == 0
  }

  private static func print(_ key: String, _ sentence: String, _ holds: Bool) {
    Terminal.line("\(holds ? "holds" : "fails")  \(key): \(sentence)")
  }
}
