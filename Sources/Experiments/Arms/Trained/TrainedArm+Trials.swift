import Networks
import Parity
import Tables
import Training

extension TrainedArm {
  /// Every trial at n = `bits`: architecture by architecture, seed by seed.
  func trials(
    of arm: String, atBits bits: Int, _ experiment: Experiment, atMost room: Int
  ) throws(ArmError) -> [TrainingTrial]? {
    let shapes = try hiddenWidths(atBits: bits)
    // Known before any is made: shapes and seeds may be some 10^11 together.
    guard shapes.count * experiment.seeds.count <= room else { return nil }
    guard let seed = experiment.seeds.first else { return [] }
    let task = try task(bits)
    let heldOut = try heldOutRows(bits)
    let settings = TrainingSettings(
      optimizer: optimizer, batch: batch, epochs: epochs ?? experiment.epochs,
      // Stopping because the held-out rows are right would be looking at them.
      stopsWhenSolved: heldOut == 0 && experiment.stopsWhenSolved)
    var trials: [TrainingTrial] = []
    for hidden in shapes {
      let architecture = Architecture(
        inputs: bits, hidden: hidden, connections: connections, activation: activation)
      let first = TrainingTrial(
        arm: arm, task: task, architecture: architecture, initialization: initialization,
        coding: coding, training: settings, heldOutRows: heldOut, restarts: restarts,
        seed: seed, recordsCurve: recordsCurves)
      trials += experiment.seeds.map(first.with(seed:))
    }
    return trials
  }

  /// The parity of all n bits, or of the first k.
  func task(_ bits: Int) throws(ArmError) -> ParityTask {
    guard let relevant else { return ParityTask(bits: bits) }
    return ParityTask(bits: bits, firstRelevant: try relevant.whole("k", bits, 1...bits))
  }

  /// The share of the rows to the nearest whole number: at least one on either side.
  private func heldOutRows(_ bits: Int) throws(ArmError) -> Int {
    guard let heldOut else { return 0 }
    let rows = 1 << bits
    let count = Int((heldOut * Double(rows)).rounded())
    guard (1..<rows).contains(count) else {
      throw ArmError(
        key: "heldOut",
        problem: .unexpected(
          found: "\(heldOut), which is \(count) of \(rows) rows at n = \(bits)",
          expected: "at least one row on either side"))
    }
    return count
  }
}
