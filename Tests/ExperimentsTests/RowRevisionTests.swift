import Experiments
import Parity
import Tables
import TestSupport
import Testing
import Training

/// The bytes of rows, held to the revision that their settings name.
///
/// This covers what `KernelRevisionTests` cannot see: the streams that seeds, starts and held-out
/// rows are drawn from, and the check of circuits and constructed networks.
struct RowRevisionTests {
  /// A digest of the rows of each revision.
  private static let digests = [
    "wholeTable 2": "de2a8cc22170397f",
    "miniBatches 3": "0f21684d3346ff25",
    "levenbergMarquardt 1": "fb3f17558239e517",
    "frozenFeatures 1": "cdcdfe7a406b5904",
    "check 1": "cd8a0cabbe65415c",
  ]

  private static let arms = """
    { name: "a", kind: "shallow", widths: [1, 3], restarts: 1, curves: true },
    { name: "b", kind: "deep", widths: 3, connections: "bridged", heldOut: 0.25, optimizer: "rprop" },
    { name: "c", kind: "depthSearch", depths: "0...2", units: "2n", k: "n-1", activation: "relu",
      initialization: "counting", coding: "zeroOne", curves: true },
    { name: "d", kind: "shallow", widths: 3, batch: 2, initialization: "rademacher", restarts: 1 },
    { name: "e", kind: "deep", widths: 2, batch: 3, heldOut: 0.5, curves: true },
    { name: "f", kind: "shallow", widths: 2, optimizer: "levenbergMarquardt", curves: true },
    { name: "g", kind: "deep", widths: 2, optimizer: "levenbergMarquardt", heldOut: 0.25 },
    { name: "h", kind: "frozen" },
    { name: "i", kind: "frozen", activation: "step", labels: "balanced" },
    { name: "j", kind: "frozen", activation: "relu", units: 3 },
    \(exact("circuit", ["dnf", "cnf", "xorTree", "xorTreeWithNot", "nandTree", "xor3Tree", "kombarov"])),
    { name: "blocks", kind: "circuit", family: "blocks", depths: "2...4" },
    \(exact("constructed", ["thermometer", "zigzag", "cascade", "fold", "sigmoids"])),
    { name: "bridged", kind: "constructed", family: "bridged", depths: "1...3" },
    """

  /// Too many rows to check them all.
  private static let samples = """
    { name: "sample of a tree", kind: "circuit", family: "xorTree", sample: 90 },
    { name: "sample of a network", kind: "constructed", family: "xorTree", sample: 90 },
    { name: "counts", kind: "constructed", family: "sigmoids" },
    """

  private static func trials() throws -> [any Trial] {
    try smallPlan(bits: "[3, 4]", seeds: "2", epochs: 9, arms: arms).trials
      + smallPlan(bits: "40", arms: samples).trials
  }

  private static func names(_ trial: any Trial, _ revision: String) -> Bool {
    " \(trial.settings) ".contains(" \(revision) ")
  }

  private static func exact(_ kind: String, _ families: [String]) -> String {
    families.map { #"{ name: "\#(kind) \#($0)", kind: "\#(kind)", family: "\#($0)" }"# }
      .joined(separator: ", ")
  }

  /// What a trial finds out, without what its settings say.
  private static let found = [
    "outcome", "solved_rows", "loss", "epochs", "train_solved_rows", "held_out_solved_rows",
    "margin", "restarts", "refuted_units", "first_wrong_row", "units", "gates", "not_gates",
    "wires",
  ]

  private static func digest(of trials: [any Trial]) -> String {
    let lines = trials.flatMap { trial in
      let finished = trial.finish()
      let fields = zip(Record.format.names, finished.record.fields).filter { found.contains($0.0) }
      let companions = finished.companions.sorted { $0.key < $1.key }.flatMap { name, rows in
        // The columns of rows held out came later and changed no settings but those of their trials.
        name == Companion.curves.name ? rows.map { Array($0.prefix(4)) } : rows
      }
      return [[trial.key] + fields.map(\.1)] + companions
    }
    return FNV1a.digits(of: Array(lines.map(CSV.line).joined().utf8))
  }

  @Test(arguments: digests.keys.sorted())
  func `rows change their bytes only with the revision that their settings name`(revision: String)
    throws
  {
    let trials = try Self.trials().filter { Self.names($0, revision) }
    try #require(
      !trials.isEmpty, "no settings name \(revision) any more: give the digest of its successor")
    let digest = Self.digest(of: trials)
    #expect(
      Self.digests[revision] == digest,
      """
      the rows of \(revision) have other bytes than they had: raise the revision, in \
      TrainingKernel.swift or ExactTrial.swift, and note the digest \(digest) for it here
      """)
  }

  @Test func `the settings of every trial name one revision`() throws {
    let revisions = TrainingKernel.allCases.map(\.revision) + ["check 1"]
    #expect(Set(revisions) == Set(Self.digests.keys))
    for trial in try Self.trials() {
      #expect(revisions.count { Self.names(trial, $0) } == 1, "\(trial.settings)")
    }
  }
}
