import Experiments
import Findings
import Runs
import Tables

/// `certify`: the certificates of frozen features, checked without the search that found them.
enum CertifyVerb {
  static let verb = Verb(
    name: "certify",
    summary: "Check the certificates of an experiment with frozen features.",
    usage: "certify [NAME-or-FILE] [FLAGS]",
    details: """
      Draws the random units again from the seed and checks every certificate in certificates.csv.
      The weights must put each row on the side of its label, with all rounding errors bounded. The
      convex weights of rows must prove that one unit fewer is not enough: exact ones must exist near
      them. The search is not used. The experiment is "frozen" by default; with --output results it
      checks what is published. Prints a line for each certificate; exits with 2 when one fails.
      """,
    flags: Selection.flags.filter { $0.name != "--epochs" },
    example: "depthwidth certify frozen --output results",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    let selection = try Selection(arguments, default: "frozen")
    let folder = try RunFolder(reading: selection.runFolder, plan: Plan(selection.experiment))
    guard folder.plan.companions.contains(where: { $0.name == Companion.certificates.name }) else {
      throw InputError(
        selection.experiment.file, at: "arms",
        .unexpected(found: "no arm of the kind frozen", expected: "one, with its certificates"))
    }
    guard !folder.records.isEmpty else { throw folder.nothingThere(remedy: selection.remedy) }
    var (checked, failed) = (0, 0)
    try folder.checkCertificates { check in
      checked += 1
      failed += check.holds ? 0 : 1
      Terminal.line(
        "\(check.holds ? "holds" : "fails")  \(check.certificate.key): \(check.sentence)")
    }
    Terminal.line("\(checked - failed) of \(checked) certificates hold")
    return failed == 0 ? .done : .regression
  }
}
