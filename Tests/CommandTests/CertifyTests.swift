import Foundation
import TestSupport
import Testing

/// The command around frozen features: certificates beside the records, and their check.
@Suite struct CertifyTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(Self.experiment, to: "experiments/frozen/experiment.json5")
  }

  private static let experiment = """
    {
      name: "frozen",
      question: "Does the command certify?",
      prediction: "Yes.",
      bits: "2...4",
      seeds: 2,
      budget: { epochs: 0 },
      arms: [
        { name: "sign", kind: "frozen", activation: "step" },
        { name: "random", kind: "frozen", labels: "balanced" },
      ],
      claims: [
        {
          claim: "More than half of 2^(n-1) units.", arm: "sign", measure: "minimum_units_half",
          is: ">", value: "2^(n-1) / 2",
        },
      ],
    }
    """

  private let runFolder = "results/runs/frozen"

  @Test func `a run leaves certificates, and certify finds that they hold`() throws {
    let run = try place.run("run frozen")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\(runFolder)/certificates.csv"))
    #expect(run.output.contains("holds      More than half of 2^(n-1) units."))
    let outcome = try place.run("certify")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3 * 2 * 2 * 2 + 1)
    #expect(lines.last == "24 of 24 certificates hold")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("holds  ") })
  }

  @Test func `any number of workers writes the same certificates`() throws {
    for jobs in [1, 2] {
      #expect(try place.run("run frozen --jobs \(jobs) --output jobs\(jobs)").status == 0)
    }
    for file in ["trials.csv", "summary.csv", "certificates.csv"] {
      #expect(try place.text("jobs1/frozen/\(file)") == place.text("jobs2/frozen/\(file)"))
    }
  }

  @Test func `a certificate that was changed makes certify exit with 2`() throws {
    _ = try place.run("run frozen")
    let path = "\(runFolder)/certificates.csv"
    var lines = try place.text(path).components(separatedBy: "\n")
    let index = try #require(lines.lastIndex { $0.contains("sign/n=4/seed=2,") })
    lines[index] = lines[index].split(separator: ",").dropLast().joined(separator: ",") + ",0.9"
    try place.write(lines.joined(separator: "\n"), to: path)
    let outcome = try place.run("certify frozen")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("\nfails  sign/n=4/seed=2: "))
    #expect(outcome.output.contains("23 of 24 certificates hold"))
  }

  @Test func `certify --output results checks the published certificates`() throws {
    _ = try place.run("run frozen")
    #expect(try place.run("publish frozen").status == 0)
    #expect(
      try place.text("results/frozen/certificates.csv")
        == place.text("\(runFolder)/certificates.csv"))
    let outcome = try place.run("certify frozen --output results")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("24 of 24 certificates hold\n"))
    let again = try place.run("run frozen --bits 3 --fresh")
    #expect(again.output.contains("4 of 4 rows equal the published ones in results/frozen"))
  }

  @Test func `certify refuses a run without finished trials, and circuits alone`() throws {
    let none = try place.run("certify frozen")
    #expect(none.status == 65)
    #expect(none.errors.contains("found no finished trial"))
    try place.write(
      experimentText(
        name: "small", arms: #"{ name: "gates", kind: "circuit", family: "dnf" }"#),
      to: "experiments/small/experiment.json5")
    _ = try place.run("run small")
    let other = try place.run("certify small")
    #expect(other.status == 65)
    #expect(other.errors.contains("arms: found no arm that is trained or frozen"))
    let flag = try place.run("certify frozen --jobs 2")
    #expect(flag.status == 64)
  }
}
