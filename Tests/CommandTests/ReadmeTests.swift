import Foundation
import Testing

/// What the README files show must work as it stands there, and leave nothing out that the program
/// has.
@Suite struct ReadmeTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  /// The folder of the repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  // MARK: README.md

  @Test func `README.md has at most 10 KB and its first screenful names the parts`() throws {
    let readme = try Self.text("README.md")
    #expect(readme.utf8.count <= 10_240)
    let screenful = readme.split(separator: "\n", omittingEmptySubsequences: false).prefix(48)
      .joined(separator: "\n")
    for part in ["run answer -->", "swift run -c release depthwidth", "swift test", "(#the-house)"]
    {
      #expect(screenful.contains(part), "\(part)")
    }
  }

  @Test func `README.md shows the verbs as the program prints them`() throws {
    let help = try place.run("help")
    #expect(help.status == 0, "\(help.errors)")
    #expect(try Self.text("README.md").contains(help.output), "scripts/readme/run renews it")
  }

  @Test(arguments: ["README.md", "experiments/README.md", "results/README.md", "scripts/README.md"])
  func `every link leads to a file, a folder or a heading`(name: String) throws {
    let folder = Self.root.appendingPathComponent(name).deletingLastPathComponent()
    for link in try Self.text(name).matches(of: /\]\(([^)#]*)#?([^)]*)\)/) {
      let file = link.1.isEmpty ? name : String(link.1)
      let target =
        link.1.isEmpty
        ? Self.root.appendingPathComponent(name)
        : folder.appendingPathComponent(file)
      guard !link.1.hasPrefix("http") else { continue }
      #expect(FileManager.default.fileExists(atPath: target.path), "\(link.0)")
      guard !link.2.isEmpty else { continue }
      let headings = try String(contentsOf: target, encoding: .utf8).matches(of: /(?m)^#+ (.*)$/)
      #expect(headings.contains { Self.anchor($0.1) == link.2 }, "\(link.0)")
    }
  }

  /// The anchor that a heading gets: lower case, spaces as hyphens, no punctuation.
  private static func anchor(_ heading: Substring) -> String {
    heading.lowercased().filter { $0.isLetter || $0.isNumber || "- _".contains($0) }
      .replacing(" ", with: "-")
  }

  // MARK: experiments/README.md

  @Test func `the experiment in experiments/README.md can be planned`() throws {
    let block = try #require(
      try Self.text("experiments/README.md").firstMatch(of: /```json5\n([^`]*)```/))
    try place.write(String(block.1), to: "experiments/mine/experiment.json5")
    let outcome = try place.run("plan mine")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count > 100)
  }

  @Test func `experiments/README.md has every kind, every optimizer and every key`() throws {
    let document = try Self.text("experiments/README.md")
    func expectKeys(_ experiment: String, under heading: String) throws {
      for key in try words(refusing: experiment) {
        #expect(document.contains("| `\(key)` |"), "\(heading): \(key)")
      }
    }
    try expectKeys(Self.experiment(more: "zzzz: 1"), under: "keys of a file")
    let claim = "claims: [{ arm: \"a\", zzzz: 1 }]"
    try expectKeys(Self.experiment(more: claim), under: "claims")
    let kinds = try words(refusing: Self.experiment(arm: "kind: \"zzzz\""))
    #expect(kinds.contains("shallow"))
    for kind in kinds {
      #expect(document.contains("### `\(kind)`\n"))
      try expectKeys(Self.experiment(arm: "kind: \"\(kind)\", zzzz: 1"), under: kind)
      // The row of the key "kind" is that of one kind, and shared by no other.
      for row in try place.run("help \(kind)").output.split(separator: "\n")
      where !row.hasPrefix("| `kind`") {
        #expect(document.contains("\(row)\n"), "\(kind): scripts/readme/run renews it")
      }
    }
    let network = "kind: \"shallow\", widths: 2, optimizer:"
    let optimizers = try words(refusing: Self.experiment(arm: "\(network) \"zzzz\""))
    #expect(optimizers.contains("adam"))
    for optimizer in optimizers {
      #expect(document.contains("### `\(optimizer)`\n"))
      let settings = "\(network) { name: \"\(optimizer)\", zzzz: 1 }"
      for key in try words(refusing: Self.experiment(arm: settings)) where key != "name" {
        #expect(document.contains("| `\(key)` |"), "\(optimizer): \(key)")
      }
    }
  }

  @Test func `the trained kinds take every key of shallow but widths, as documented`() throws {
    func keys(_ kind: String) throws -> [String] {
      try words(refusing: Self.experiment(arm: "kind: \"\(kind)\", zzzz: 1"))
    }
    let shared = try keys("shallow").filter { !["widths", "search"].contains($0) }
    #expect(shared.count > 10)
    for (kind, own) in [
      ("logistic", []), ("deep", ["depth", "widths", "search"]),
      ("depthSearch", ["depths", "units"]),
    ] {
      #expect(Set(try keys(kind)) == Set(shared + own), "\(kind)")
    }
  }

  private static func experiment(arm: String = "kind: \"logistic\"", more: String = "") -> String {
    """
    { name: "x", question: "?", prediction: "?", bits: 2, seeds: 1, budget: { epochs: 1 },
      arms: [{ name: "a", \(arm) }], \(more) }
    """
  }

  /// The words that the program expects in place of `zzzz`.
  private func words(refusing experiment: String) throws -> [String] {
    try place.write(experiment, to: "x.json5")
    let outcome = try place.run("plan x.json5")
    let list = try #require(
      outcome.errors.firstMatch(of: /zzzz", expected one of (.*)/), "\(outcome)")
    return list.1.split(separator: ", ").map(String.init)
  }

  // MARK: results/README.md

  @Test func `results/README.md has every column of the CSV files of a run, in order`() throws {
    try place.write(Self.everyFile, to: "experiments/small/experiment.json5")
    let outcome = try place.run("run small")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = place.contents.filter {
      $0.hasPrefix("results/runs/small/") && $0.hasSuffix(".csv")
    }
    for file in ["certificates.csv", "claims.csv", "curves.csv", "trials.csv"] {
      #expect(files.contains("results/runs/small/\(file)"))
    }
    for file in files {
      try expectColumns(of: place.text(file), file)
    }
  }

  @Test func `results/README.md has every column of the published CSV files, in order`() throws {
    let results = Self.root.appendingPathComponent("results")
    for folder in try FileManager.default.contentsOfDirectory(atPath: results.path)
    where folder != "runs" {
      let path = results.appendingPathComponent(folder).path
      let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      for file in files where file.hasSuffix(".csv") {
        // No published experiment has to hold rows out and record curves.
        try expectColumns(
          of: Self.text("results/\(folder)/\(file)"), file,
          perhaps: ["held_out_loss", "held_out_accuracy"])
      }
    }
  }

  /// Checks that the section named after a file has the columns of its header and no others, but for
  /// the last ones where these are there only `perhaps`.
  private func expectColumns(
    of csv: String, _ file: String, perhaps: [String] = []
  ) throws {
    let name = try #require(file.split(separator: "/").last)
    let header = csv.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
    let sections = try Self.text("results/README.md").split(separator: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix("\(name)\n") }, "\(file): no section")
    let documented = section.matches(of: /\n\| `(\w+)` \|/).map { String($0.1) }
    let isShort =
      documented.suffix(perhaps.count) == perhaps[...] && !header.contains { perhaps.contains($0) }
    #expect(documented == header + (isShort ? perhaps : []), "\(file)")
  }

  /// An experiment that leaves every file that a run can leave.
  private static let everyFile = """
    {
      name: "small", question: "?", prediction: "?", bits: 2, seeds: 2, budget: { epochs: 9 },
      arms: [
        { name: "curve", kind: "shallow", widths: 2, curves: true },
        { name: "split", kind: "shallow", widths: 2, curves: true, heldOut: 0.25 },
        { name: "frozen", kind: "frozen" },
      ],
    }
    """
}
