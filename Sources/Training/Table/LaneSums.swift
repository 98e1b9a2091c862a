/// The sums over the lanes of eight vectors, lane u of each being vector u's.
struct LaneSums {
  /// Over all lanes.
  var all = Lanes.zero
  /// Over the lanes whose number has bit 0, 1 or 2: those of the rows where that input is on.
  var bit0 = Lanes.zero
  var bit1 = Lanes.zero
  var bit2 = Lanes.zero

  /// Writes the sum of the lanes of each of `count` vectors.
  static func write(
    _ vectors: UnsafeMutablePointer<Lanes>, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    var done = 0
    while done &+ 8 <= count {
      let eight = LaneSums(vectors + done, stride: 1).all
      UnsafeMutableRawPointer(sums + done).storeBytes(of: eight, as: Lanes.self)
      done &+= 8
    }
    while done < count {
      sums[done] = vectors[done].laneSum
      done &+= 1
    }
  }

  /// The sums of the vectors at `first`, `first + stride`, …: halves, neighbours, pairs.
  @inline(__always)
  init(_ first: UnsafePointer<Lanes>, stride: Int) {
    let (v0, v1, v2, v3) = (first[0], first[stride], first[2 &* stride], first[3 &* stride])
    let upper = first + 4 &* stride
    let (v4, v5, v6, v7) = (upper[0], upper[stride], upper[2 &* stride], upper[3 &* stride])
    // Vectors 0 and 4 share a pair, so that the last shuffle leaves them all in order.
    let (high04, high15) = (Self.highs(v0, v4), Self.highs(v1, v5))
    let (high26, high37) = (Self.highs(v2, v6), Self.highs(v3, v7))
    let x = Self.neighbours(Self.lows(v0, v4) + high04, Self.lows(v1, v5) + high15)
    let y = Self.neighbours(Self.lows(v2, v6) + high26, Self.lows(v3, v7) + high37)
    let pairs = Self.pairs(x.even + x.odd, y.even + y.odd)
    all = pairs.even + pairs.odd
    bit1 = pairs.odd
    let odd = Self.pairs(x.odd, y.odd)
    bit0 = odd.even + odd.odd
    let highX = Self.neighbours(high04, high15)
    let highY = Self.neighbours(high26, high37)
    let high = Self.pairs(highX.even + highX.odd, highY.even + highY.odd)
    bit2 = high.even + high.odd
  }

  @inline(__always)
  static func lows(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.lowHalf, highHalf: b.lowHalf)
  }

  @inline(__always)
  static func highs(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.highHalf, highHalf: b.highHalf)
  }

  // LLVM's vectorizer splits shuffles of floats into single numbers, but not those of integers.

  /// The even lanes of two vectors in turn, a0 b0 a2 b2 …, and the odd ones.
  @inline(__always)
  static func neighbours(_ a: Lanes, _ b: Lanes) -> (even: Lanes, odd: Lanes) {
    let (a, b) = (unsafeBitCast(a, to: Words.self), unsafeBitCast(b, to: Words.self))
    let low = Words(repeating: 0xffff_ffff)
    let even = (a & low) | (b &<< 32)
    let odd = (a &>> 32) | (b & ~low)
    return (unsafeBitCast(even, to: Lanes.self), unsafeBitCast(odd, to: Lanes.self))
  }

  /// The even pairs of lanes of two vectors in turn, a01 b01 a45 b45, and the odd ones.
  @inline(__always)
  static func pairs(_ a: Lanes, _ b: Lanes) -> (even: Lanes, odd: Lanes) {
    let (a, b) = (unsafeBitCast(a, to: Words.self), unsafeBitCast(b, to: Words.self))
    let even = Words(a[0], b[0], a[2], b[2])
    let odd = Words(a[1], b[1], a[3], b[3])
    return (unsafeBitCast(even, to: Lanes.self), unsafeBitCast(odd, to: Lanes.self))
  }

  private typealias Words = SIMD4<UInt64>
}
