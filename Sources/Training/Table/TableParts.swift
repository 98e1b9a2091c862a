import Networks

/// The parts of a table that a crew shares, and the sums that each of them has of its own.
///
/// A table of up to 4096 rows is one part. A larger one has 4096 rows a part, or more where that would
/// be over 64 parts: a chain of them all would keep partial sums for each.
struct TableParts: ~Copyable {
  /// Parts in the table, 2^bits.
  let bits: Int
  /// The vectors of sums of a part.
  private let stride: Int
  private let memory: LaneMemory
  /// A kernel that has seen no row, and those of the parts.
  private let output: OutputKernel
  private let outputs: UnsafeMutablePointer<OutputKernel>
  /// How often the table was evaluated.
  private let rounds: UnsafeMutablePointer<Int>
  private let crew: Crew

  var count: Int { 1 << bits }
  /// The crew's members that have something to do.
  var members: Int { min(crew.size, count) }

  /// 2^n rows are 2^this parts.
  static func bits(ofInputs n: Int) -> Int { min(max(n - 12, 0), 6) }

  init(_ rows: TableRows, sums: Int, loss: Loss, _ crew: Crew) {
    bits = Self.bits(ofInputs: rows.bits)
    stride = sums
    memory = LaneMemory(sums << bits)
    outputs = .allocate(capacity: 1 << bits)
    output = OutputKernel(trainingRows: rows.trainingRows, loss: loss)
    outputs.initialize(repeating: output, count: 1 << bits)
    rounds = .allocate(capacity: 1)
    rounds.initialize(to: 0)
    self.crew = crew
  }

  deinit {
    outputs.deallocate()
    rounds.deallocate()
  }

  /// Lets the crew do `work` on each part, and joins the sums in a tree: those of the whole table are
  /// the first part's.
  ///
  /// `work` gets the part, its sums, which are not set, a kernel for its logits, the member that does
  /// it, and the number of the evaluation.
  @inline(__always)
  func evaluate(
    _ work: (
      _ part: Int, _ sums: UnsafeMutablePointer<Lanes>, _ output: inout OutputKernel,
      _ member: Int, _ round: Int
    ) -> Void
  ) -> (sums: UnsafeMutablePointer<Lanes>, Judgement) {
    rounds.pointee &+= 1
    let round = rounds.pointee
    if bits == 0 {
      var output = output
      work(0, memory.base, &output, 0, round)
      return (memory.base, output.judgement)
    }
    crew.share(count) { part, member in
      precondition(member < members, "member \(member) of \(members)")
      var output = output
      work(part, memory.base + stride &* part, &output, member, round)
      outputs[part] = output
    }
    return (memory.base, join())
  }

  /// Adds neighbours, then pairs of them, and so on.
  @inline(never)
  private func join() -> Judgement {
    var step = 1
    while step < count {
      var part = 0
      while part < count {
        let sums = memory.base + stride &* part
        let next = sums + stride &* step
        for index in 0..<stride { sums[index] += next[index] }
        outputs[part].add(outputs[part &+ step])
        part &+= 2 &* step
      }
      step &*= 2
    }
    return outputs[0].judgement
  }
}
