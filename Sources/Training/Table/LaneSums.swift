/// Sums over the lanes of many vectors.
enum LaneSums {
  /// Writes the sum of the lanes of each of `count` vectors.
  static func write(
    _ vectors: UnsafeMutablePointer<Lanes>, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    var done = 0
    while done &+ 8 <= count {
      let v = vectors + done
      let eight = eight(v)
      UnsafeMutableRawPointer(sums + done).storeBytes(of: eight, as: Lanes.self)
      done &+= 8
    }
    while done < count {
      sums[done] = vectors[done].laneSum
      done &+= 1
    }
  }

  /// The sums of eight vectors at once, each as ``SIMD8/laneSum`` forms it.
  @inline(__always)
  private static func eight(_ v: UnsafeMutablePointer<Lanes>) -> Lanes {
    let f0 = halves(v[0], v[4])
    let f1 = halves(v[1], v[5])
    let f2 = halves(v[2], v[6])
    let f3 = halves(v[3], v[7])
    let t0 = quarters(f0, f1)
    let t1 = quarters(f2, f3)
    return pairs(t0, t1)
  }

  @inline(__always)
  private static func halves(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(lowHalf: a.lowHalf, highHalf: b.lowHalf)
      + Lanes(lowHalf: a.highHalf, highHalf: b.highHalf)
  }

  @inline(__always)
  private static func quarters(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5])
      + Lanes(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
  }

  @inline(__always)
  private static func pairs(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a[0], a[2], b[0], b[2], a[4], a[6], b[4], b[6])
      + Lanes(a[1], a[3], b[1], b[3], a[5], a[7], b[5], b[7])
  }
}
