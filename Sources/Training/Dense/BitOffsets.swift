/// The rows of bits of a batch, and where they find their sums in the tables of ``BitTables``: 64·j bytes for the four
/// bits j of a group.
struct BitOffsets: ~Copyable {
  /// Words of 64 bits in a row.
  let words: Int
  /// Groups of four inputs.
  let groups: Int
  private let capacity: Int
  /// The rows, [example][word]; bits that are no inputs are 0.
  let rows: UnsafeMutablePointer<UInt64>
  /// [word][example][16 groups of inputs].
  let forward: UnsafeMutablePointer<UInt16>
  /// [chunk of 64 examples][input][16 groups of examples].
  let backward: UnsafeMutablePointer<UInt16>

  /// Room for so many examples; without bits none is used.
  init(bits: Int, capacity: Int) {
    self.capacity = capacity
    words = (bits + 63) / 64
    groups = (bits + 3) / 4
    rows = .allocate(capacity: capacity * words + 1)
    forward = .allocate(capacity: capacity * words * 16 + 1)
    backward = .allocate(capacity: (capacity + 63) / 64 * words * 1024 + 1)
    // What is read is written before, but for the rows that fill up the last group of four.
    rows.initialize(repeating: 0, count: capacity * words + 1)
    forward.initialize(repeating: 0, count: capacity * words * 16 + 1)
    backward.initialize(repeating: 0, count: (capacity + 63) / 64 * words * 1024 + 1)
  }

  deinit {
    rows.deallocate()
    forward.deallocate()
    backward.deallocate()
  }

  /// The first offset of an example in a word.
  @inline(__always)
  func forward(word: Int) -> UnsafeMutablePointer<UInt16> { forward + word &* capacity &* 16 }

  /// The first offset of an input in a chunk.
  @inline(__always)
  func backward(chunk: Int) -> UnsafePointer<UInt16> {
    UnsafePointer(backward + chunk &* words &* 1024)
  }

  /// Finds the offsets of `count` rows for the forward pass.
  func setForward(count: Int) {
    for word in 0..<words {
      var target = forward(word: word)
      for example in 0..<count {
        var row = rows[example &* words &+ word]
        for group in 0..<16 {
          target[group] = UInt16(truncatingIfNeeded: row & 15) &<< 6
          row &>>= 4
        }
        target += 16
      }
    }
  }

  /// Finds the offsets of `groups` groups of four rows for the gradient.
  func setBackward(groups: Int) {
    for group in 0..<groups {
      let first = rows + 4 &* group &* words
      let chunk = backward + ((group &>> 4) &* words &* 1024 &+ (group & 15))
      for word in 0..<words {
        var w0 = first[word], w1 = first[words &+ word]
        var w2 = first[2 &* words &+ word], w3 = first[3 &* words &+ word]
        Self.swap(&w0, &w1, by: 1, 0x5555_5555_5555_5555)
        Self.swap(&w2, &w3, by: 1, 0x5555_5555_5555_5555)
        Self.swap(&w0, &w2, by: 2, 0x3333_3333_3333_3333)
        Self.swap(&w1, &w3, by: 2, 0x3333_3333_3333_3333)
        // Four bits of word j are now those of one input j of a group, one for each row.
        var target = chunk + word &* 1024
        for _ in 0..<16 {
          target[0] = UInt16(truncatingIfNeeded: w0 & 15) &<< 6
          target[16] = UInt16(truncatingIfNeeded: w1 & 15) &<< 6
          target[32] = UInt16(truncatingIfNeeded: w2 & 15) &<< 6
          target[48] = UInt16(truncatingIfNeeded: w3 & 15) &<< 6
          w0 &>>= 4
          w1 &>>= 4
          w2 &>>= 4
          w3 &>>= 4
          target += 64
        }
      }
    }
  }

  /// Exchanges the upper bits of `a` with the lower bits of `b` in all groups of 2·shift bits.
  @inline(__always)
  private static func swap(_ a: inout UInt64, _ b: inout UInt64, by shift: UInt64, _ mask: UInt64) {
    let difference = ((a &>> shift) ^ b) & mask
    b ^= difference
    a ^= difference &<< shift
  }
}
