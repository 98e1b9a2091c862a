import Experiments
import Findings
import Foundation
import Runs
import Tables
import TestSupport

/// A run in a folder of its own whose experiment changes from one session to the next.
struct GrowingRun {
  let path: String

  /// The files of a run that hold rows of single trials.
  static let files = ["trials.csv", "certificates.csv", "curves.csv", "timings.csv"]

  /// An experiment with a circuit, two networks, one of them with learning curves, and frozen features.
  struct Settings: Sendable {
    var bits = "2"
    var seeds = "3"
    var widths = "[1, 4]"
    var wideEpochs = 6
    var curves = true
    var frozen = true
    var more = ""

    func plan() throws -> Plan {
      try smallPlan(
        bits: bits, seeds: seeds, epochs: 6,
        arms: """
          { name: "gates", kind: "circuit", family: "dnf" },
          { name: "line", kind: "logistic", optimizer: "rprop" },
          { name: "wide", kind: "shallow", widths: \(widths), optimizer: "rprop", restarts: 1,
            epochs: \(wideEpochs), curves: \(curves) },
          \(frozen ? frozenSign + "," : "")
          \(more)
          """,
        claims: #"{ claim: "C.", arm: "line", measure: "best_accuracy", is: "<", value: 1 }"#)
    }
  }

  /// Runs what is missing, as many trials as told, and returns their keys in the order they ended.
  @discardableResult
  func advance(_ settings: Settings, _ count: Int = .max) throws -> [String] {
    var folder = try RunFolder(writing: path, plan: settings.plan())
    defer { folder.close() }
    return try Self.advance(&folder, count)
  }

  @discardableResult
  static func advance(_ folder: inout RunFolder, _ count: Int = .max) throws -> [String] {
    let trials = folder.missing.reversed().prefix(count)
    for (index, trial) in trials.enumerated() {
      var finished = trial.finish()
      finished.timing = Timing(trial.key, wallSeconds: Double(index) + 0.5, cpuSeconds: 0.25)
      try folder.append(finished)
    }
    if folder.plan.shard == nil { _ = try folder.finish() } else { try folder.order() }
    return trials.map(\.key)
  }

  /// The files of a run that must have the same bytes wherever and however it went, by name.
  func results() -> [String: String] {
    var files: [String: String] = [:]
    for name in DerivedTable.all.map(\.file.rawValue) + [
      "trials.csv", "certificates.csv", "curves.csv",
    ] {
      files[name] = try? contents(of: "\(path)/\(name)")
    }
    return files
  }

  /// The same files of a run that had these settings from the start.
  static func fresh(_ settings: Settings) throws -> [String: String] {
    try withTemporaryFolder { path in
      try GrowingRun(path: path).advance(settings)
      return GrowingRun(path: path).results()
    }
  }

  /// The files with rows of single trials, by name; `number` for those that were set aside.
  func rows(setAside number: Int? = nil) -> [String: [[String]]] {
    var files: [String: [[String]]] = [:]
    for name in Self.files {
      let file = number.map { "\(name.dropLast(4)).set-aside-\($0).csv" } ?? name
      guard let text = try? contents(of: "\(path)/\(file)") else { continue }
      files[name] = CSV.parse(text.utf8).rows.map(\.fields)
    }
    return files
  }
}

extension [String: [[String]]] {
  /// The headers, and the rows of some trials; without the files that have none of them.
  func rows(where isChosen: (String) -> Bool) -> Self {
    mapValues { rows in rows.prefix(1) + rows.dropFirst().filter { isChosen($0[0]) } }
      .filter { $0.value.count > 1 }
  }

  /// The same rows in an order that does not depend on when their trials ended.
  var sorted: Self {
    mapValues { rows in
      rows.prefix(1)
        + rows.dropFirst().enumerated().sorted {
          ($0.element[0], $0.offset) < ($1.element[0], $1.offset)
        }.map(\.element)
    }
  }
}
