import Foundation
import Tables
import Testing

/// The verb that prints a network, and the one that judges those behind minima.
@Suite struct NetworkTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(Self.experiment, to: "experiments/small/experiment.json5")
  }

  private static let experiment = """
    {
      name: "small", question: "Is it printed?", prediction: "Yes.", bits: "2...3", seeds: 3,
      budget: { epochs: 60 },
      arms: [
        { name: "gates", kind: "circuit", family: "dnf" },
        { name: "fold", kind: "constructed", family: "fold" },
        { name: "wide arm", kind: "shallow", widths: "2...4", optimizer: "rprop" },
        { name: "two of three", kind: "deep", depth: 2, widths: 2, bits: 3, k: 2,
          connections: "bridged", optimizer: "rprop" },
      ],
    }
    """

  private func network(_ words: String...) throws -> Workplace.Outcome {
    try place.run(words: ["network", "small"] + words)
  }

  private let key = "wide arm/n=2/widths=3/seed=2"

  @Test func `a network is printed from what is kept, or trained again to the same numbers`() throws
  {
    let trained = try network(key, "--format", "csv")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(!place.exists("results"), "nothing is written")
    #expect(try place.run("run small").status == 0)
    let log = try place.text("results/runs/small/networks.csv")
    let kept = try #require(log.split(separator: "\n").dropFirst().first).prefix { $0 != "," }
    let again = try network(String(kept))
    #expect(again.output.contains("\nfrom results/runs/small/networks.csv\n"))
    #expect(again.output.contains(" rows right, the smallest |logit| is "))
    #expect(try network(key, "--format", "csv").output == trained.output)
    // Another seed than those of the experiment.
    let other = try network("wide arm/n=2/widths=3/seed=77")
    #expect(other.status == 0 && other.output.contains("\ntrained again: "))
  }

  @Test func `the CSV has every parameter, and each unit by the count of ones`() throws {
    let outcome = try network("two of three/n=3/k=2/widths=2x2/seed=1", "--format", "csv")
    let rows = CSV.parse(outcome.output.utf8).rows.map(\.fields)
    #expect(rows[0] == ["part", "layer", "unit", "input", "ones", "value", "least", "greatest"])
    #expect(rows.count { $0[0] == "bias" } == 5)
    #expect(rows.count { $0[0] == "weight" } == 2 * 3 + 2 * 5 + 7)
    #expect(rows.count { $0[0] == "value" } == 5 * 3)
    #expect(rows.count { $0[0] == "margin" } == 1)
    let inputs = rows.filter { $0[2] == "2.1" && $0[0] == "weight" }.map { $0[3] }
    #expect(inputs == ["x0", "x1", "x2", "1.1", "1.2"])
    #expect(rows.allSatisfy { $0.count == 8 })
  }

  @Test func `initial weights are those before training, and no row is made up`() throws {
    let initial = try network(key, "--initial")
    #expect(initial.output.contains("\nbefore training\n"))
    #expect(try network(key, "--initial").output == initial.output)
    let csv = try network(key, "--initial", "--format", "csv").output
    #expect(try csv != network(key, "--format", "csv").output)
    // Glorot's biases are 0.
    let rows = CSV.parse(csv.utf8).rows.map(\.fields)
    #expect(rows.filter { $0[0] == "bias" }.map { $0[5] } == ["0.0", "0.0", "0.0", "0.0"])
    #expect(rows.filter { $0[0] == "weight" }.count == 9)
  }

  @Test func `a constructed network is printed too`() throws {
    let outcome = try network("fold/n=3")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\nwritten down\n"))
    #expect(outcome.output.contains("\nlogit  -0.5  0.5  -0.5  0.5\n"))
  }

  @Test func `what has no network is refused with the way on`() throws {
    let circuit = try network("gates/n=3")
    #expect(circuit.status == 65)
    #expect(circuit.errors.contains("gates/n=3: found a trial of the family circuit"))
    let initial = try network("fold/n=3", "--initial")
    #expect(initial.status == 65 && initial.errors.contains("expected a key that is trained"))
    let slip = try network("wide arm/n=2/widths=33/seed=2")
    #expect(slip.status == 65)
    #expect(slip.errors.contains("such as \"wide arm/n=2/widths=3/seed=2\"; depthwidth plan small"))
    #expect(try place.run("network small").status == 64)
    #expect(try place.run("network").errors.contains("NAME-or-FILE is missing"))
    #expect(try network(key, "more").status == 64)
    #expect(try network(key, "--format", "json").status == 64)
  }

  @Test(arguments: [40, 80])
  func `tables keep within a terminal`(columns: Int) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    let line =
      "stty cols \(columns); '\(Workplace.executable.path)' network small "
      + "'wide arm/n=3/widths=4/seed=2'"
    let outcome = try place.shell("script -qec \"\(line)\" /dev/null")
    let lines = outcome.output.replacingOccurrences(of: "\r\n", with: "\n")
      .replacing(/\u{1B}\[[0-9;]*[mK]/, with: "").split(separator: "\n")
      .map { String($0.split(separator: "\r").last ?? "") }
    #expect(lines.count > 20)
    #expect(lines.allSatisfy { $0.count <= columns }, "\(outcome.output)")
  }

  @Test func `certify judges the networks of a run and of what is published`() throws {
    #expect(try place.run("certify small").errors.contains("found no finished trial"))
    #expect(try place.run("run small").status == 0)
    #expect(try place.run("publish small").status == 0)
    for flags in ["", " --output results"] {
      let outcome = try place.run("certify small\(flags)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.last?.hasSuffix(" networks hold") == true)
      #expect(lines.dropLast().allSatisfy { $0.hasPrefix("holds  ") } && lines.count > 3)
    }
    // One digit of a number: the bytes of the last one.
    let path = place.folder.appendingPathComponent("results/small/networks.safetensors")
    var bytes = try Data(contentsOf: path)
    bytes[bytes.count - 8] ^= 1
    try bytes.write(to: path)
    let failed = try place.run("certify small --output results")
    #expect(failed.status == 2)
    let line = try #require(failed.output.split(separator: "\n").first { $0.hasPrefix("fails") })
    #expect(line.contains("/seed=") && line.contains("row "))
    let check = try place.run("check small")
    #expect(check.status == 2 && check.output.contains("networks.safetensors: "))
  }

  @Test func `publish refuses a run of a version that kept no networks`() throws {
    #expect(try place.run("run small").status == 0)
    for name in ["networks.csv", "networks.safetensors"] {
      try FileManager.default.removeItem(
        at: place.folder.appendingPathComponent("results/runs/small/\(name)"))
    }
    #expect(try place.run("summarize small").status == 0)
    let refused = try place.run("publish small")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("kept no networks; depthwidth run small trains"))
    let run = try place.run("run small")
    #expect(run.status == 0 && run.errors.contains("run again, since "))
    #expect(try place.run("publish small").status == 0)
  }
}
