/// Evaluates a program on a block of rows at once: 64 rows a machine word, 512 a vector.
///
/// The memory is one *slot* of `vectors` vectors for each source: slot i holds input i, slot 63 the
/// labels, slot 64 + g what gate g gives. Row r of the block is bit r mod 64 of word r / 64.
///
/// Bounds: `reserve(gates:)` is called before anything is evaluated, so slots 0 ..< 64 + gates are
/// there; a program's literals name inputs below 63 and earlier gates only, because builders and
/// programs are made that way. Every pointer below is slot + vector with vector < `vectors`.
final class BlockKernel {
  static let rowsOfVector = 512
  private static let labelSlot = 63

  /// The vectors of a slot.
  let vectors: Int

  private var slots: UnsafeMutablePointer<SIMD8<UInt64>>
  private var slotCount: Int

  /// A kernel for blocks of `vectors` times 512 rows.
  init(vectors: Int) {
    self.vectors = vectors
    slotCount = AndProgram.firstGate
    slots = .allocate(capacity: slotCount * vectors)
    slots.initialize(repeating: .zero, count: slotCount * vectors)
  }

  deinit { slots.deallocate() }

  /// Inputs 0 ..< n of all rows in ascending order; where the block is longer they repeat.
  func fillWithAllRows(inputs n: Int) {
    for input in 0..<n {
      for word in 0..<(vectors * 8) {
        setWord(word, ofSlot: input, to: Self.pattern(ofInput: input, word: word))
      }
    }
  }

  /// Inputs and labels of the given rows; where the block is longer the last row repeats.
  func fill(rows: ArraySlice<UInt64>, labels: ArraySlice<UInt8>, inputs n: Int) {
    let last = rows.count - 1
    for word in 0..<(vectors * 8) {
      var label: UInt64 = 0
      var columns = [UInt64](repeating: 0, count: n)
      for bit in 0..<64 {
        let index = min(word * 64 + bit, last)
        let row = rows[rows.startIndex + index]
        label |= UInt64(labels[labels.startIndex + index] & 1) << UInt64(bit)
        for input in 0..<n {
          columns[input] |= (row >> UInt64(input) & 1) << UInt64(bit)
        }
      }
      setWord(word, ofSlot: Self.labelSlot, to: label)
      for input in 0..<n {
        setWord(word, ofSlot: input, to: columns[input])
      }
    }
  }

  /// Makes the labels the XOR of the given inputs, all of which have been filled.
  func setLabels(toParityOf relevant: UInt64) {
    let labels = slots + Self.labelSlot * vectors
    labels.update(repeating: .zero, count: vectors)
    for input in 0..<63 where relevant >> UInt64(input) & 1 == 1 {
      for vector in 0..<vectors {
        labels[vector] ^= slots[input * vectors + vector]
      }
    }
  }

  /// Evaluates every gate of `program` on the block.
  ///
  /// A gate of two wires, as trees have, runs along three slots. A gate of more wires runs over its
  /// wires for each vector, so that a gate of 2 000 wires writes its slot once.
  func evaluate(_ program: AndProgram) {
    reserve(gates: program.gateCount)
    let (slots, vectors) = (slots, vectors)
    program.starts.withUnsafeBufferPointer { starts in
      program.literals.withUnsafeBufferPointer { literals in
        for gate in 0..<program.gateCount {
          let wires = Int(starts[gate])..<Int(starts[gate + 1])
          let result = slots + (AndProgram.firstGate + gate) * vectors
          if wires.count == 2 {
            let (a, b) = (literals[wires.lowerBound], literals[wires.lowerBound + 1])
            let (left, right) = (slots + Int(a >> 1) * vectors, slots + Int(b >> 1) * vectors)
            let (leftSign, rightSign) = (Self.mask(a), Self.mask(b))
            for vector in 0..<vectors {
              result[vector] = (left[vector] ^ leftSign) & (right[vector] ^ rightSign)
            }
          } else {
            for vector in 0..<vectors {
              var value = SIMD8<UInt64>(repeating: .max)
              for index in wires {
                let literal = literals[index]
                value &= slots[Int(literal >> 1) * vectors + vector] ^ Self.mask(literal)
              }
              result[vector] = value
            }
          }
        }
      }
    }
  }

  /// How many of the first `rows` rows differ from their label, and the first that does.
  ///
  /// `flipped` says that the labels of this block are the opposite of those set.
  func wrongRows(output: UInt32, flipped: Bool, of rows: Int) -> (count: Int, first: Int?) {
    let flip = SIMD8<UInt64>(repeating: flipped ? .max : 0)
    var different = SIMD8<UInt64>.zero
    for vector in 0..<vectors {
      different |= value(output, vector) ^ slots[Self.labelSlot * vectors + vector] ^ flip
    }
    // Nearly every block is right, so single rows are looked at only in one that is not.
    guard different != .zero else { return (0, nil) }
    var count = 0
    var first: Int?
    for vector in 0..<vectors {
      let words = value(output, vector) ^ slots[Self.labelSlot * vectors + vector] ^ flip
      for lane in 0..<8 {
        let start = vector * Self.rowsOfVector + lane * 64
        guard start < rows else { return (count, first) }
        let valid = rows - start < 64 ? (UInt64(1) << UInt64(rows - start)) - 1 : UInt64.max
        let wrong = words[lane] & valid
        if wrong != 0, first == nil { first = start + wrong.trailingZeroBitCount }
        count += wrong.nonzeroBitCount
      }
    }
    return (count, first)
  }

  /// The words of `output`, 64 rows each, in the order of the rows.
  func words(of output: UInt32) -> [UInt64] {
    (0..<vectors).flatMap { vector in
      let words = value(output, vector)
      return (0..<8).map { words[$0] }
    }
  }

  // MARK: Parts

  private func value(_ literal: UInt32, _ vector: Int) -> SIMD8<UInt64> {
    if literal >= AndProgram.alwaysFalse { return Self.mask(literal) }
    return slots[Int(literal >> 1) * vectors + vector] ^ Self.mask(literal)
  }

  /// All ones for a negated literal, and for the constant that is always true.
  @inline(__always)
  private static func mask(_ literal: UInt32) -> SIMD8<UInt64> {
    SIMD8(repeating: 0 &- UInt64(literal & 1))
  }

  private func setWord(_ word: Int, ofSlot slot: Int, to value: UInt64) {
    slots[slot * vectors + word / 8][word % 8] = value
  }

  /// Bit i of 64 consecutive row numbers: within a word for i < 6, the same for a whole word above.
  private static func pattern(ofInput input: Int, word: Int) -> UInt64 {
    switch input {
    case 0: 0xAAAA_AAAA_AAAA_AAAA
    case 1: 0xCCCC_CCCC_CCCC_CCCC
    case 2: 0xF0F0_F0F0_F0F0_F0F0
    case 3: 0xFF00_FF00_FF00_FF00
    case 4: 0xFFFF_0000_FFFF_0000
    case 5: 0xFFFF_FFFF_0000_0000
    default: word >> (input - 6) & 1 == 1 ? .max : 0
    }
  }

  /// Makes room for the slots of that many gates and keeps inputs and labels.
  private func reserve(gates: Int) {
    let needed = AndProgram.firstGate + gates
    guard needed > slotCount else { return }
    let grown = max(needed, 2 * slotCount)
    let larger = UnsafeMutablePointer<SIMD8<UInt64>>.allocate(capacity: grown * vectors)
    larger.initialize(repeating: .zero, count: grown * vectors)
    larger.update(from: slots, count: AndProgram.firstGate * vectors)
    slots.deallocate()
    slots = larger
    slotCount = grown
  }
}
