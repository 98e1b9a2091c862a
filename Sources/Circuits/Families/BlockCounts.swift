/// The fewest gates of block circuits for every n and depth up to given ones, without building any.
///
/// A block circuit of depth d cuts the n inputs into t blocks, computes the parity of each block and
/// its complement with d − 1 levels, and joins them by a two-level circuit of t bits. The top gates
/// of the blocks are of the same kind as the gates that read them, and so they are merged into those.
/// *Open* counts the gates below the top gates that will be merged, for parity and complement:
///
///     open(1, d)  = 0                                              an input and its negation
///     open(n, 1)  = ∞                                              for n > 1
///     open(n, d)  = min over s_1 + … + s_t = n of Σ open(s_i, d−1) + 2^t
///     gates(n, d) = min over s_1 + … + s_t = n of Σ open(s_i, d−1) + 2^(t−1) + 1     for n > 1
///
/// One block alone is never better than its own division, so t ≥ 2. The minimum runs over all
/// divisions, without assuming that equal blocks are best. A smaller depth is always among the
/// choices, since a single input is its own parity at any depth: gates(n, d) means *at most* d levels
/// and never grows with d.
///
///     let counts = BlockCounts(maximumInputs: 12, maximumDepth: 3)
///     counts.gates(inputs: 12, depth: 2)       // 2049
///     counts.gates(inputs: 12, depth: 3)       // 41
///     counts.partition(inputs: 12, depth: 3)   // sizes of the blocks, which sum to 12
///
/// Time: depth · n² · (log2 of the largest count) additions; n = 1000 takes well under a second.
public struct BlockCounts: Sendable {
  /// The largest n counted.
  public let maximumInputs: Int
  /// The largest depth counted.
  public let maximumDepth: Int

  /// One entry a depth, from depth 1 on.
  private var levels: [Level]

  /// The counts for all n from 1 and all depths from 2.
  public init(maximumInputs: Int, maximumDepth: Int) {
    precondition(maximumInputs >= 1, "a circuit needs an input, got \(maximumInputs)")
    precondition(maximumDepth >= 2, "block circuits have depth 2 or more, got \(maximumDepth)")
    self.maximumInputs = maximumInputs
    self.maximumDepth = maximumDepth
    levels = [Level(depthOne: maximumInputs)]
    for _ in 2...maximumDepth {
      levels.append(Level(above: levels[levels.count - 1]))
    }
  }

  /// The gates of the smallest block circuit with at most `depth` levels, output gate included.
  ///
  /// nil means that the count does not fit 128 bits.
  public func gates(inputs n: Int, depth: Int) -> UInt128? {
    let gates = level(depth).closed[checked(n)].gates
    return gates == Level.beyond ? nil : gates
  }

  /// The block sizes of the smallest circuit, nil where the count does not fit 128 bits.
  public func partition(inputs n: Int, depth: Int) -> [Int]? {
    let best = level(depth).closed[checked(n)]
    return best.gates == Level.beyond ? nil : level(depth).sizes(inputs: n, blocks: best.blocks)
  }

  /// The sizes of the blocks whose parity and complement need `open(n, depth)` gates.
  func openPartition(inputs n: Int, depth: Int) -> [Int] {
    n == 1 ? [1] : level(depth).sizes(inputs: n, blocks: level(depth).open[n].blocks)
  }

  private func level(_ depth: Int) -> Level {
    precondition((2...maximumDepth).contains(depth), "depth \(depth) of \(maximumDepth)")
    return levels[depth - 1]
  }

  private func checked(_ n: Int) -> Int {
    precondition((1...maximumInputs).contains(n), "\(n) inputs of \(maximumInputs)")
    return n
  }
}

/// The counts of one depth for every n.
private struct Level: Sendable {
  /// In place of a count that does not fit 128 bits.
  static let beyond = UInt128.max

  struct Best: Sendable {
    var gates = Level.beyond
    var blocks = 1
  }

  /// Entry n: the best count for n inputs, with merged top gates and with an output gate.
  var open: [Best]
  var closed: [Best]

  /// Entry (t − 1, n): the size of one block in the best division of n into t.
  private var choices: [[UInt16]] = []

  /// Depth 1: only one input is its own parity.
  init(depthOne count: Int) {
    open = Array(repeating: Best(), count: count + 1)
    open[1].gates = 0
    closed = open
  }

  /// The depth above `below`.
  init(above below: Level) {
    let count = below.open.count - 1
    precondition(count <= Int(UInt16.max), "at most \(UInt16.max) inputs, got \(count)")
    self.init(depthOne: count)
    let usable = (1...count).filter { below.open[$0].gates != Self.beyond }
    // sums[n]: the fewest gates in the blocks of a division of n into t.
    var sums = below.open.map { $0.gates }
    choices = [(0...count).map(UInt16.init)]
    for t in 2...max(2, min(count, 128)) where count > 1 {
      (sums, choices) = Self.divided(sums, choices, usable, below)
      let half = UInt128(1) << UInt128(t - 1)
      for n in 2...count where sums[n] != Self.beyond {
        // 2^128 terms do not fit, but the output needs no more than half of them.
        if t < 128 { Self.improve(&open[n], sums[n], 2 * half, blocks: t) }
        Self.improve(&closed[n], sums[n], half + 1, blocks: t)
      }
      // A block more means 2·half terms of the output at least: more than every count so far.
      if (2...count).allSatisfy({ open[$0].gates <= half }) { break }
    }
  }

  /// The sizes of the blocks in the best division of n into that many.
  func sizes(inputs n: Int, blocks: Int) -> [Int] {
    var left = n
    return stride(from: blocks, to: 0, by: -1).map { t in
      let size = Int(choices[t - 1][left])
      left -= size
      return size
    }
  }

  /// One block more.
  private static func divided(
    _ sums: [UInt128], _ choices: [[UInt16]], _ usable: [Int], _ below: Level
  ) -> ([UInt128], [[UInt16]]) {
    var next = [UInt128](repeating: beyond, count: sums.count)
    var chosen = [UInt16](repeating: 0, count: sums.count)
    for n in 2..<sums.count {
      var best = beyond
      var bestSize = 0
      for size in usable {
        guard size < n else { break }
        let rest = sums[n - size]
        // Most sizes are ruled out by the rest alone, without an addition of 128 bits.
        guard rest < best else { continue }
        let (sum, over) = rest.addingReportingOverflow(below.open[size].gates)
        if !over, sum < best { (best, bestSize) = (sum, size) }
      }
      next[n] = best
      chosen[n] = UInt16(bestSize)
    }
    return (next, choices + [chosen])
  }

  private static func improve(_ best: inout Best, _ sum: UInt128, _ terms: UInt128, blocks: Int) {
    let (gates, over) = sum.addingReportingOverflow(terms)
    if !over, gates < best.gates { best = Best(gates: gates, blocks: blocks) }
  }
}
