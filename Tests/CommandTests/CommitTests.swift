import Foundation
import Testing

/// The commit in provenance.json is that of the sources of the program, or says why it is not known.
@Suite struct CommitTests {
  let place: Workplace

  /// A checkout of the very sources that the program is built from, with the program inside.
  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "small.json5")
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    try place.write("", to: "checkout/.build/empty")
    for name in ["Sources", "Package.swift"] {
      try FileManager.default.copyItem(
        at: package.appendingPathComponent(name),
        to: place.folder.appendingPathComponent("checkout/\(name)"))
    }
    try FileManager.default.copyItem(
      at: Workplace.executable,
      to: place.folder.appendingPathComponent("checkout/.build/depthwidth"))
    _ = try git("init -q && echo .build >.gitignore && git add .", commits: true)
  }

  /// What Git prints in the checkout; with `commits` a commit follows.
  private func git(_ words: String, commits: Bool = false) throws -> String {
    let commit = " && git -c user.name=N -c user.email=E -c commit.gpgsign=false commit -qam text"
    let outcome = try place.shell("cd checkout && git \(words)\(commits ? commit : "")")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.trimmingCharacters(in: .newlines)
  }

  /// The commit that a run of the program notes; `before` stands before the command in a shell.
  private func commit(
    _ before: String = "", program: String = "checkout/.build/depthwidth"
  ) throws -> String {
    let line = "\(before) \(program) run small.json5 --bits 2 --seeds 1 --fresh --output out"
    let outcome = try place.shell(line)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let data = Data(try place.text("out/small+bits=2+seeds=1/provenance.json").utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let sessions = try #require(object["sessions"] as? [[String: Any]])
    return try #require(sessions.last?["commit"] as? String)
  }

  @Test func `it is that of the checkout as long as that holds the same sources`() throws {
    let first = try git("rev-parse HEAD")
    #expect(first.count == 40)
    #expect(try commit() == first)
    // Sources that are changed and not committed are not those of the program.
    try place.write("// changed", to: "checkout/Sources/Parity/ParityTask.swift")
    #expect(try commit() == first)
    _ = try git("checkout -q Sources")
    try place.write("words", to: "checkout/README.md")
    _ = try git("add .", commits: true)
    let second = try git("rev-parse HEAD")
    #expect(second != first)
    #expect(try commit() == second)
  }

  @Test(arguments: ["Package.swift", "Sources/Parity/ParityTask.swift", "Sources/New/New.swift"])
  func `it is not known where the checkout moved on to other sources`(path: String) throws {
    try place.write("// other", to: "checkout/\(path)")
    _ = try git("add .", commits: true)
    let moved = try git("rev-parse HEAD")
    #expect(try commit() == "unknown: built from other sources than those of \(moved)")
  }

  @Test func `it is not known outside of a checkout, without Git, or where Git refuses`() throws {
    let outside = try place.shell("cp checkout/.build/depthwidth alone && mkdir none")
    try #require(outside.status == 0)
    #expect(try commit(program: "./alone").hasPrefix("unknown: fatal: not a git repository"))
    for tool in ["sh", "awk"] {
      let copied = try place.shell("ln -s \"$(command -v \(tool))\" none/\(tool)")
      try #require(copied.status == 0)
    }
    let without = try commit("PATH=\"$PWD/none\"")
    #expect(without.hasPrefix("unknown: ") && without.contains("git: "), "\(without)")
    guard try place.shell("chown -R 65534 checkout").status == 0 else { return }
    #expect(try commit("HOME=none").hasPrefix("unknown: fatal: detected dubious ownership"))
  }

  @Test func `Git that hangs is waited for no longer than two seconds`() throws {
    try place.write("#!/bin/sh\nsleep 100\n", to: "slow/git")
    _ = try place.shell("chmod +x slow/git")
    let start = ContinuousClock.now
    #expect(try commit("PATH=\"$PWD/slow:$PATH\"") == "unknown: Git gave no answer within 2.0 s")
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
