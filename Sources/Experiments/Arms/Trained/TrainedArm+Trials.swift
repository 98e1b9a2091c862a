import Networks
import Parity
import Tables
import Training

extension TrainedArm {
  /// Every trial at n = `bits`: architecture by architecture, seed by seed.
  package func trials(
    of arm: String, atBits bits: Int, _ conditions: Conditions, atMost room: Int
  ) throws(ArmError) -> [any Trial]? {
    let shapes = try hiddenWidths(atBits: bits)
    let task = try task(bits)
    // Known before any is made: shapes and seeds may be some 10^11 together.
    guard shapes.count * conditions.seeds.count <= room else { return nil }
    guard let seed = conditions.seeds.first else { return [] }
    let heldOut = try heldOutRows(bits)
    let settings = TrainingSettings(
      optimizer: optimizer,
      budget: Budget(
        epochs: epochs ?? conditions.epochs,
        // Stopping because the held-out rows are right would be looking at them.
        stopsWhenSolved: heldOut == 0 && conditions.stopsWhenSolved))
    return shapes.flatMap { hidden in
      let architecture = Architecture(
        inputs: bits, hidden: hidden, connections: connections, activation: activation)
      let first = TrainingTrial(
        arm: arm, task: task, architecture: architecture, initialization: initialization,
        coding: coding, training: settings, heldOutRows: heldOut, restarts: restarts,
        seed: seed, recordsCurve: recordsCurves)
      return conditions.seeds.map(first.with(seed:))
    }
  }

  /// The hidden widths of every architecture at n = `bits`, in order of depth and units.
  private func hiddenWidths(atBits bits: Int) throws(ArmError) -> [[Int]] {
    switch shape {
    case .logistic:
      return [[]]
    case .shallow(let widths):
      return try widths.values("widths", bits, Self.widthRange).map { [$0] }
    case .deep(let depth, let widths):
      let depth = try depth.whole("depth", bits, Self.depthRange)
      // Without a hidden layer there is no width to sweep.
      guard depth > 0 else { return [[]] }
      return try widths.values("widths", bits, Self.widthRange).map {
        Array(repeating: $0, count: depth)
      }
    case .depthSearch(let depths, let units):
      let units = try units.whole("units", bits, Self.widthRange)
      var all: [[Int]] = []
      for depth in try depths.values("depths", bits, Self.depthRange) {
        guard depth <= units else {
          throw ArmError(
            key: "depths",
            problem: .unexpected(
              found: "depth \(depth) with a budget of \(units) units at n = \(bits)",
              expected: "at least one unit in each hidden layer"))
        }
        all.append(Architecture.evenWidths(units: units, depth: depth))
      }
      return all
    }
  }

  /// The parity of all n bits, or of the first k.
  private func task(_ bits: Int) throws(ArmError) -> ParityTask {
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
