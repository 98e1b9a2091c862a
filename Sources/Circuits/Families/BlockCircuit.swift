// The block circuits that `BlockCounts` counts: their sizes by formula, and the circuits themselves.

extension BlockCounts {
  /// The size of the smallest block circuit, nil where its gates do not fit 128 bits.
  ///
  /// The output gate is an OR; the kinds alternate from there downwards.
  public func size(inputs n: Int, depth: Int) -> CircuitSize? {
    guard n > 1 else { return CircuitSize() }
    guard let partition = partition(inputs: n, depth: depth) else { return nil }
    var size = CircuitSize()
    size.or = 1
    let terms = UInt128(1) << UInt128(partition.count - 1)
    size.wires = terms
    size.depth = 1 + tally(partition, depth, gates: terms, kind: .and, into: &size)
    return size
  }

  /// Adds `gates` gates that read all blocks, and what lies below them; gives the levels added.
  private func tally(
    _ partition: [Int], _ depth: Int, gates: UInt128, kind: GateKind, into size: inout CircuitSize
  ) -> Int {
    if kind == .and { size.and += gates } else { size.or += gates }
    var fanIn: UInt128 = 0
    var levels = 0
    for block in partition {
      let inner = block == 1 ? [] : openPartition(inputs: block, depth: depth - 1)
      fanIn += block == 1 ? 1 : UInt128(1) << UInt128(inner.count - 1)
      guard block > 1 else { continue }
      let innerGates = UInt128(1) << UInt128(inner.count)
      let below = tally(inner, depth - 1, gates: innerGates, kind: kind.dual, into: &size)
      levels = max(levels, below)
    }
    let (wires, over) = gates.multipliedReportingOverflow(by: fanIn)
    let (sum, sumOver) = (size.wires ?? 0).addingReportingOverflow(wires)
    size.wires = over || sumOver || size.wires == nil ? nil : sum
    return levels + 1
  }
}

extension CircuitBuilder {
  /// The wires into the two top gates of a block, which are merged into the gates above.
  private struct OpenBlock {
    var parity: [Wire] = []
    var complement: [Wire] = []
  }

  /// Adds the smallest block circuit over all inputs and gives its output.
  mutating func addBlocks(_ counts: BlockCounts, depth: Int) -> Wire {
    guard let partition = counts.partition(inputs: inputs, depth: depth) else {
      preconditionFailure("\(inputs) inputs at depth \(depth) cannot be counted, let alone built")
    }
    let blocks = addOpenBlocks(partition, from: 0, counts, depth: depth - 1, top: .and)
    return add(.or, addTerms(over: blocks, .and, complementToo: false).parity)
  }

  /// The blocks of a partition of the inputs from `first` on, with open top gates of a given kind.
  private mutating func addOpenBlocks(
    _ partition: [Int], from first: Int, _ counts: BlockCounts, depth: Int, top: GateKind
  ) -> [OpenBlock] {
    var blocks: [OpenBlock] = []
    var start = first
    for size in partition {
      if size == 1 {
        blocks.append(OpenBlock(parity: [input(start)], complement: [!input(start)]))
      } else {
        let inner = counts.openPartition(inputs: size, depth: depth)
        let below = addOpenBlocks(inner, from: start, counts, depth: depth - 1, top: top.dual)
        blocks.append(addTerms(over: below, top.dual, complementToo: true))
      }
      start += size
    }
    return blocks
  }

  /// The terms (AND) or clauses (OR) of the parity of t blocks and, if asked, of its complement.
  ///
  /// One gate for each choice of block values: a term is true on its choice alone and belongs to the
  /// OR of the parity when the choice is odd; a clause is false on its choice alone and belongs to
  /// the AND of the parity when the choice is even.
  private mutating func addTerms(
    over blocks: [OpenBlock], _ kind: GateKind, complementToo: Bool
  ) -> OpenBlock {
    var open = OpenBlock()
    for choice in 0..<(1 << blocks.count) {
      let belongsToParity = (choice.nonzeroBitCount & 1 == 1) == (kind == .and)
      guard belongsToParity || complementToo else { continue }
      let wires = blocks.enumerated().reversed().flatMap { index, block in
        (choice >> index & 1 == 1) == (kind == .and) ? block.parity : block.complement
      }
      let gate = add(kind, wires)
      if belongsToParity { open.parity.append(gate) } else { open.complement.append(gate) }
    }
    return open
  }
}

extension GateKind {
  /// AND for OR and OR for AND: the kind that alternates with this one.
  fileprivate var dual: GateKind { self == .and ? .or : .and }
}
