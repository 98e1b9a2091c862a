import Foundation
import Testing

/// The chart of `summarize` against the minima it draws.
struct ChartTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let text = smallExperiment.replacingOccurrences(of: "\"2...3\"", with: "\"1...4\"")
      .replacingOccurrences(
        of: "{ name: \"line\"",
        with: """
          { name: "gates", kind: "circuit", family: "dnf" },
          { name: "tree", kind: "circuit", family: "xorTree" },
          { name: "line"
          """)
    try place.write(text, to: "experiments/small/experiment.json5")
    try place.write(
      smallExperiment.replacingOccurrences(of: "\"2...3\"", with: "2"),
      to: "experiments/single/experiment.json5")
  }

  @Test func `every reached minimum stands at its n and its number`() throws {
    let output = try place.run("run small --bits 2...4 --seeds 2").output
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("units against n, log scale") })
    let end = try #require(lines[start...].firstIndex { $0.split(separator: " ").first == "n" })
    let columns = lines[end].indices.filter { lines[end][$0].isNumber }.map {
      lines[end].distance(from: lines[end].startIndex, to: $0)
    }
    #expect(columns.count == 3)
    /// The marks in the line with a label at each n.
    func marks(_ label: String) throws -> [String] {
      let line = try #require(
        lines[start...].first { $0.split(separator: " ").first == label[...] })
      return columns.map { String(line.dropFirst($0).prefix { $0 != " " }) }
    }
    // 2^(n-1) terms (a) and the line for scale (*); the tree (b) takes 2, 5 and 8 gates.
    #expect(try marks("2").map { $0.contains("a") && $0.contains("*") } == [true, false, false])
    #expect(try marks("4").map { $0.contains("a") && $0.contains("*") } == [false, true, false])
    #expect(try marks("8").map { $0.contains("a") && $0.contains("*") } == [false, false, true])
    #expect(try marks("2").map { $0.contains("b") } == [true, false, false])
    #expect(try marks("8").map { $0.contains("b") } == [false, false, true])
    #expect(output.contains("c line (nowhere)"))
    #expect(!lines[start..<end].contains { $0.contains("c") && $0.contains("|") })
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `arms on k of n bits stand beside 2^(k-1), and k is named`() throws {
    let sparse = "{ name: \"sparse\", kind: \"shallow\", widths: \"1...3\", k: 3, epochs: 0 },"
    let half = "{ name: \"half\", kind: \"shallow\", widths: 1, k: \"n/2\", epochs: 0 },"
    let gates = "{ name: \"gates\", kind: \"circuit\", family: \"dnf\" },"
    let search = """
      { name: "search", kind: "depthSearch", depths: [0, 1], units: 2, k: 3, epochs: 0 },
      """
    func write(_ arms: String) throws {
      let text = """
        { name: "few", question: "?", prediction: ".", bits: [4, 12], seeds: 1,
          budget: { epochs: 1 }, arms: [ \(arms) ] }
        """
      try place.write(text, to: "experiments/few/experiment.json5")
    }
    try write(sparse + half + gates + search)
    let output = try place.run("run few").output
    let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
    func cells(_ name: String) throws -> [Substring] {
      let words = name.split(separator: " ")
      let line = try #require(lines.first { $0.starts(with: words) }, "\(output)")
      return Array(line.dropFirst(words.count))
    }
    #expect(try cells("n ") == ["4", "12"])
    #expect(try cells("2^(n-1)") == ["8", "2048"])
    #expect(try cells("k = 3") == ["3", "3"])
    #expect(try cells("2^(k-1), k = 3") == ["4", "4"])
    #expect(try cells("k = 2 … 6") == ["2", "6"])
    #expect(try cells("2^(k-1), k = 2 … 6") == ["2", "32"])
    for name in ["sparse (k = 3)", "half (k = 2 … 6)"] { #expect(try cells(name).count == 2) }
    #expect(output.contains("depth  n=4 k=3  n=12 k=3\n"))
    #expect(output.contains("2^(k-1), k = n and k = 3 and k = 2 … 6"))
    // Alone, an arm needs no k behind its name, and 2^(n-1) has no place.
    try write(sparse)
    let table = try place.run("run few --fresh").output
    #expect(!table.contains("n-1") && !table.contains("2048"))
    #expect(table.contains("\nsparse          -    -\n"))
    #expect(table.contains("\n2^(k-1), k = 3  4    4\n"))
  }

  @Test func `a single n draws no chart`() throws {
    let output = try place.run("run experiments/single/experiment.json5 --output once").output
    #expect(!output.contains("log scale"))
  }
}
