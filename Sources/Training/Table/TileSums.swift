/// Sums of dZ·g′ of one unit over the rows of tiles, by lane: those where bit 3, 4 or 5 is on.
struct TileSums {
  var bit3 = Lanes.zero
  var bit4 = Lanes.zero
  var bit5 = Lanes.zero
  /// Σ a·dZ over even and odd vectors, where g is not homogeneous: in one sum each addition would
  /// wait for the one before.
  private var evenProducts = Lanes.zero
  private var oddProducts = Lanes.zero

  /// Adds the sums to those of a unit, or begins them.
  @inline(__always)
  func add<Activation: LaneActivation>(
    _: Activation.Type, to sums: UnsafeMutablePointer<Lanes>, perUnit: Int, isFirst: Bool
  ) {
    sums.add(bit3, at: 1, isFirst: isFirst)
    sums.add(bit4, at: 2, isFirst: isFirst)
    sums.add(bit5, at: 3, isFirst: isFirst)
    if !Activation.isHomogeneous {
      sums.add(evenProducts + oddProducts, at: perUnit &- 1, isFirst: isFirst)
    }
  }

  /// Adds a tile and returns its sum over all rows: a tree of pairs, whose nodes give the bits'
  /// sums.
  ///
  /// `p` has the eight vectors of the unit's pattern, `d` those of dZ, `a` those of its values
  /// where they are stored; z is positive where P > `threshold`.
  @inline(__always)
  mutating func add<Activation: LaneActivation>(
    _: Activation.Type, _ p: UnsafeMutablePointer<Lanes>, _ d: UnsafeMutablePointer<Lanes>,
    _ a: UnsafeMutablePointer<Lanes>, _ threshold: Lanes
  ) -> Lanes {
    let g0 = Self.pulledBack(Activation.self, 0, p, d, a, threshold, &evenProducts)
    let g1 = Self.pulledBack(Activation.self, 1, p, d, a, threshold, &oddProducts)
    let g01 = g0 + g1
    let g2 = Self.pulledBack(Activation.self, 2, p, d, a, threshold, &evenProducts)
    let g3 = Self.pulledBack(Activation.self, 3, p, d, a, threshold, &oddProducts)
    let g23 = g2 + g3
    let g4 = Self.pulledBack(Activation.self, 4, p, d, a, threshold, &evenProducts)
    let g5 = Self.pulledBack(Activation.self, 5, p, d, a, threshold, &oddProducts)
    let g45 = g4 + g5
    let g6 = Self.pulledBack(Activation.self, 6, p, d, a, threshold, &evenProducts)
    let g7 = Self.pulledBack(Activation.self, 7, p, d, a, threshold, &oddProducts)
    let g67 = g6 + g7
    let high = g45 + g67
    bit3 += (g1 + g3) + (g5 + g7)
    bit4 += g23 + g67
    bit5 += high
    return (g01 + g23) + high
  }

  /// dZ·g′ of one vector; adds a·dZ to `products` where the values are stored.
  @inline(__always)
  private static func pulledBack<Activation: LaneActivation>(
    _: Activation.Type, _ index: Int, _ p: UnsafeMutablePointer<Lanes>,
    _ d: UnsafeMutablePointer<Lanes>, _ a: UnsafeMutablePointer<Lanes>, _ threshold: Lanes,
    _ products: inout Lanes
  ) -> Lanes {
    if Activation.isHomogeneous {
      return Activation.pullBack(d[index], wherePositive: p[index] .> threshold)
    }
    let product = a[index] * d[index]
    products += product
    return Activation.pullBack(d[index], output: a[index], product: product)
  }
}

extension UnsafeMutablePointer<Lanes> {
  /// Adds `more` to the vector at `place`, or replaces it where `more` is the first.
  @inline(__always)
  func add(_ more: Lanes, at place: Int, isFirst: Bool) {
    self[place] = isFirst ? more : self[place] + more
  }
}
