import Foundation
import Testing

/// A folder of its own in which the real executable runs, removed at the end.
final class Workplace {
  let folder: URL
  /// Holds the folder, and beside it what the commands print.
  private let base: URL

  init() throws {
    base = FileManager.default.temporaryDirectory
      .appendingPathComponent("depthwidth-\(UUID().uuidString)")
    folder = base.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: base)
  }

  /// What a finished command left.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs the command with words separated by spaces, as a shell would.
  func run(_ line: String) throws -> Outcome {
    try run(words: line.split(separator: " ").map(String.init))
  }

  func run(words: [String]) throws -> Outcome {
    let command = try start(words)
    return try command.wait()
  }

  /// Runs a line in a shell, in which `"$0"` is the command.
  func shell(_ line: String) throws -> Outcome {
    try start(["-c", line, Self.executable.path], program: URL(fileURLWithPath: "/bin/sh")).wait()
  }

  /// The verbs that the command lists in its help.
  var verbs: [String] {
    get throws {
      let help = try run("--help").output
      let list = try #require(help.firstMatch(of: /\nverbs:\n((?:  .*\n)+)/)).1
      return list.split(separator: "\n").map { $0.dropFirst(2).prefix { $0 != " " } }
        .filter { !$0.isEmpty }.map(String.init)
    }
  }

  /// A command that runs, its output going to files so that no pipe can fill up.
  struct Running {
    let process: Process
    let output: URL
    let errors: URL
    /// Not removed while the command is in it.
    let place: Workplace

    func wait() throws -> Outcome {
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  func start(_ words: [String], program: URL = Workplace.executable) throws -> Running {
    let output = base.appendingPathComponent("\(UUID().uuidString).out")
    let errors = base.appendingPathComponent("\(UUID().uuidString).err")
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return Running(process: process, output: output, errors: errors, place: self)
  }

  // MARK: Files

  func write(_ text: String, to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  /// The paths of everything in the folder.
  var contents: [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
  }

  /// The executable stands beside the test bundle that SwiftPM built with it.
  static var executable: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let here = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return here.deletingLastPathComponent().appendingPathComponent("depthwidth")
  }
}

/// A small experiment with one arm of each kind, quick even in a debug build.
let smallExperiment = """
  {
    name: "small",
    question: "Does the command walk the whole way?",
    prediction: "Yes.",
    bits: "2...3",
    seeds: 3,
    budget: { epochs: 60 },
    arms: [
      { name: "line", kind: "logistic", optimizer: "rprop" },
      { name: "shallow", kind: "shallow", widths: "2...4", optimizer: "rprop" },
      { name: "deep", kind: "deep", widths: "n", optimizer: "rprop", initialization: "rademacher" },
      { name: "search", kind: "depthSearch", depths: "0...2", units: "2n", heldOut: 0.25 },
    ],
    claims: [
      { claim: "A line has its limit.", arm: "line", measure: "best_accuracy", is: "<=", value: 0.75 },
      { claim: "A few units do.", arm: "shallow", measure: "minimum_units_any", is: "<=", value: 4 },
    ],
  }
  """
