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
    // Known before any is made: shapes and seeds may be some 10^11 together.
    guard shapes.count * conditions.seeds.count <= room else { return nil }
    guard let seed = conditions.seeds.first else { return [] }
    return try self.trials(of: arm, shapes, bits, seed, conditions).flatMap {
      conditions.seeds.map($0.with(seed:))
    }
  }

  package func search(
    of arm: String, atBits bits: Int, among count: Int, _ conditions: Conditions
  ) throws(ArmError) -> WidthSearch? {
    guard searches else { return nil }
    let seeds = searchSeeds.map(WidthSearch.Seeds.upTo) ?? .these(conditions.seeds)
    let shapes = try hiddenWidths(atBits: bits)
    let widths = try trials(of: arm, shapes, bits, seeds[0], conditions)
    return WidthSearch(widths: widths.count, seeds: seeds, bits: count) { width, seed in
      widths[width].with(seed: seed)
    }
  }

  /// One trial of each architecture.
  private func trials(
    of arm: String, _ shapes: [[Int]], _ bits: Int, _ seed: Int, _ conditions: Conditions
  ) throws(ArmError) -> [TrainingTrial] {
    let task = try task(bits)
    let heldOut = try count(of: heldOut, "heldOut", 1 << bits, bits)
    let noise = try count(of: labelNoise, "labelNoise", 1 << bits - heldOut, bits)
    let epochs = epochs ?? conditions.epochs
    if let problem = options.schedule.problem(within: epochs) {
      throw ArmError(key: "optimizer.schedule", problem: problem)
    }
    let settings = TrainingSettings(
      optimizer: optimizer,
      budget: Budget(
        epochs: epochs,
        // Stopping because the held-out rows or the right labels are met would be looking at them.
        stopsWhenSolved: heldOut == 0 && noise == 0 && conditions.stopsWhenSolved),
      options: options)
    return shapes.map { hidden in
      TrainingTrial(
        arm: arm, task: task,
        architecture: Architecture(
          inputs: bits, hidden: hidden, connections: connections, activation: activation),
        initialization: initialization, coding: coding, training: settings, heldOutRows: heldOut,
        noisyRows: noise, restarts: restarts, seed: seed, recordsCurve: recordsCurves)
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
    case .layers(let widths):
      return [
        try widths.map { width throws(ArmError) in
          try width.whole("widths", bits, Self.widthRange)
        }
      ]
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

  /// The parity of all n bits, of the first k, or of those at some positions.
  private func task(_ bits: Int) throws(ArmError) -> ParityTask {
    switch relevant {
    case nil:
      return ParityTask(bits: bits)
    case .first(let k):
      return ParityTask(bits: bits, firstRelevant: try k.whole("k", bits, 1...bits))
    case .positions(let positions):
      var mask: UInt64 = 0
      for position in positions {
        let bit = UInt64(1) << UInt64(try position.whole("relevant", bits, 0...(bits - 1)))
        guard mask & bit == 0 else {
          throw ArmError(
            key: "relevant",
            problem: .unexpected(
              found: "bit \(bit.trailingZeroBitCount) a second time at n = \(bits)",
              expected: "different bits"))
        }
        mask |= bit
      }
      return ParityTask(bits: bits, relevant: mask)
    }
  }

  /// A share of the rows to the nearest whole number: at least one on either side.
  private func count(
    of share: Double?, _ key: String, _ rows: Int, _ bits: Int
  ) throws(ArmError) -> Int {
    guard let share else { return 0 }
    let count = RowDraw.count(share, of: rows)
    guard (1..<max(rows, 1)).contains(count) else {
      throw ArmError(
        key: key,
        problem: .unexpected(
          found: "\(share), which is \(count) of \(rows) rows at n = \(bits)",
          expected: "at least one row on either side"))
    }
    return count
  }
}
