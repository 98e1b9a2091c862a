/// The factors of e^(s·z) along the cube of inputs, for activations that follow from it.
///
/// On a tile z = P + c, so that e^(s·z) = e^(s·P)·e^(s·c): one product for each row and unit where an
/// exponential stood. A table has e^(s·(P − m)) for the 64 rows of a pattern, m being the middle of
/// P; the factor of a tile is e^(s·(c + m)).
///
/// Single precision has room for one table where |s·(P − m)| ≤ 66: the other factor may then be cut
/// off at e^±87, where g has long reached its limit. A wider pattern has tables e^(s·(P − m) − 64·j),
/// cut off likewise, and a tile takes the j nearest to −s·(c + m)/64. Neither factor is ever 0 or
/// infinite, so no product is 0·∞; the product itself may overflow, which is the limit of g again.
///
/// A table is a function of the unit's weights and j alone. Which tables are kept changes no result.
struct PowerTables: ~Copyable {
  private let bits: Int
  /// The numbers in a row of parameters.
  private let row: Int
  private let units: Int
  /// s, half of on − off, and the middle of both.
  private let exponent: Float
  private let halfSpan: Float
  private let middle: Float

  /// The tables that are kept: the first of each unit, then the second of each, and so on.
  private let tables: LaneMemory
  /// j of each table that is kept, in the same order; NaN where none is.
  private let kept: LaneMemory
  /// j of the tables of the present tile; NaN before the first.
  private let present: LaneMemory
  /// The place of the next table of each unit, 0..<``places``.
  private let next: LaneMemory
  /// s·m of the units, and their largest |j|.
  private let middles: LaneMemory
  private let farthest: LaneMemory
  /// The sum of the largest |j| of eight units: 0 where each has one table.
  private let farthestSums: LaneMemory

  /// Where the table of each unit starts on the present tile, in vectors.
  private let starts: LaneMemory
  /// The factors of a block of units on the present tile.
  private let factors: LaneMemory

  /// The tables of a unit that are kept; trained networks use four at most.
  private static var places: Int { 4 }
  /// The largest |s·(P − m)| for which one table is enough.
  private static var reach: Float { 66 }
  /// From one table of a unit to the next, in s·z.
  private static var distance: Float { 64 }

  /// Tables for units of a first layer whose parameters stand in rows of `row` numbers; `exponent` is
  /// s, and where it is 0 there are none.
  init(_ rows: TableRows, units: Int, row: Int, exponent: Float) {
    bits = rows.bits
    self.units = units
    self.row = exponent == 0 ? 0 : row
    self.exponent = exponent
    halfSpan = (rows.on - rows.off) / 2
    middle = (rows.on + rows.off) / 2
    tables = LaneMemory(uninitialized: 8 * Self.places * self.row)
    kept = LaneMemory(Self.places * self.row / 8)
    present = LaneMemory(self.row / 8)
    next = LaneMemory(self.row / 8)
    middles = LaneMemory(self.row / 8)
    farthest = LaneMemory(self.row / 8)
    farthestSums = LaneMemory((self.row / 8 + 7) / 8)
    starts = LaneMemory(self.row / 8)
    factors = LaneMemory(ShallowShape.block / 8)
  }

  // MARK: Of all units

  /// Sets the units up for new parameters, and makes the table of those that need one alone.
  func prepare(_ parameters: UnsafePointer<Float>) {
    kept.base.update(repeating: Lanes(repeating: .nan), count: kept.count)
    present.base.update(repeating: Lanes(repeating: .nan), count: present.count)
    for group in 0..<(row / 8) {
      let columns = UnsafeRawPointer(parameters + 8 &* group).assumingMemoryBound(to: Lanes.self)
      var sum = Lanes.zero
      var width = Lanes.zero
      for input in 0..<min(bits, 6) {
        let w = columns[input &* row / 8]
        sum = multiplyAdd(w, Lanes(repeating: input < 3 ? middle : halfSpan), sum)
        width += w.replacing(with: -w, where: w .< Lanes.zero)
      }
      middles.base[group] = sum * exponent
      width *= halfSpan * abs(exponent)
      let limit = Self.rounded(width * (1 / Self.distance))
      let farthest = Lanes.gated(limit, where: width .> Lanes(repeating: Self.reach))
      self.farthest.base[group] = farthest
      farthestSums.floats[group] = farthest.laneSum
      for lane in 0..<8 { startNumbers[8 &* group &+ lane] = Int32(8 &* (8 &* group &+ lane)) }
      multiply(group, columns)
    }
  }

  /// Makes the first table of eight units by products: e^(s·(P − m)) of inputs 0 to 2, lane by lane,
  /// times that of inputs 3 to 5, vector by vector.
  private func multiply(_ group: Int, _ columns: UnsafePointer<Lanes>) {
    let h3 = halfWeights(columns, 3)
    let h4 = halfWeights(columns, 4)
    let h5 = halfWeights(columns, 5)
    let (low, high) = (-h3 - h4, h3 - h4)
    let (low4, high4) = (h4 - h3, h3 + h4)
    let t0 = FloatFunctions.boundedExp(low - h5)
    let t1 = FloatFunctions.boundedExp(high - h5)
    let t2 = FloatFunctions.boundedExp(low4 - h5)
    let t3 = FloatFunctions.boundedExp(high4 - h5)
    let t4 = FloatFunctions.boundedExp(low + h5)
    let t5 = FloatFunctions.boundedExp(high + h5)
    let t6 = FloatFunctions.boundedExp(low4 + h5)
    let t7 = FloatFunctions.boundedExp(high4 + h5)
    let w = UnsafeRawPointer(columns).assumingMemoryBound(to: Float.self)
    for lane in 0..<min(8, units &- 8 &* group) {
      let table = tables.base + 8 &* (8 &* group &+ lane)
      let base = FloatFunctions.boundedExp(lowExponents(w + lane))
      table[0] = base * t0[lane]
      table[1] = base * t1[lane]
      table[2] = base * t2[lane]
      table[3] = base * t3[lane]
      table[4] = base * t4[lane]
      table[5] = base * t5[lane]
      table[6] = base * t6[lane]
      table[7] = base * t7[lane]
    }
  }

  /// s·w·(on − off)/2 of an input; 0 where there is no such input.
  @inline(__always)
  private func halfWeights(_ columns: UnsafePointer<Lanes>, _ input: Int) -> Lanes {
    bits > input ? columns[input &* row / 8] * (exponent * halfSpan) : .zero
  }

  /// s·(P − m) of inputs 0 to 2 in the eight rows of a vector, for the unit whose weights begin at `w`.
  @inline(__always)
  private func lowExponents(_ w: UnsafePointer<Float>) -> Lanes {
    let scale = exponent * halfSpan
    let w0 = Lanes(repeating: scale * w[0])
    var sum = w0 * Lanes(-1, 1, -1, 1, -1, 1, -1, 1)
    if bits > 1 {
      let w1 = Lanes(repeating: scale * w[row])
      sum = multiplyAdd(w1, Lanes(-1, -1, 1, 1, -1, -1, 1, 1), sum)
    }
    if bits > 2 {
      let w2 = Lanes(repeating: scale * w[2 &* row])
      sum = multiplyAdd(w2, Lanes(-1, -1, -1, -1, 1, 1, 1, 1), sum)
    }
    return sum
  }

  // MARK: On a tile

  /// Chooses the tables of `count` units from `first` on for the tile whose constants c, from those
  /// of `first` on, are `constants`.
  @inline(__always)
  func choose(
    _ first: Int, _ count: Int, _ constants: UnsafePointer<Lanes>,
    _ parameters: UnsafePointer<Float>
  ) {
    var index = 0
    while index &* 8 < count {
      let group = first / 8 &+ index
      var t = multiplyAdd(constants[index], Lanes(repeating: exponent), middles.base[group])
      if farthestSums.floats[group] != 0 {
        let limit = farthest.base[group]
        var j = Self.rounded(t * (-1 / Self.distance))
        j = j.replacing(with: limit, where: limit .< j)
        j = j.replacing(with: -limit, where: -limit .> j)
        if Self.differ(j, present.base[group]) {
          present.base[group] = j
          chooseWide(group, j, limit, parameters)
        }
        t = multiplyAdd(j, Lanes(repeating: Self.distance), t)
      }
      factors.base[index] = FloatFunctions.boundedExp(t)
      index &+= 1
    }
  }

  /// The table of a unit on the tile: its first vector.
  @inline(__always)
  func table(_ unit: Int) -> UnsafeMutablePointer<Lanes> {
    tables.base + Int(startNumbers[unit])
  }

  /// The factor of a unit on the tile, counted from the first that was chosen for.
  @inline(__always)
  func factor(_ index: Int) -> Lanes { Lanes(repeating: factors.floats[index]) }

  private var startNumbers: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(starts.base).assumingMemoryBound(to: Int32.self)
  }

  /// Sets the starts of those of eight units that have several tables, making those that are not kept.
  @inline(never)
  private func chooseWide(
    _ group: Int, _ j: Lanes, _ limit: Lanes, _ parameters: UnsafePointer<Float>
  ) {
    for lane in 0..<min(8, units &- 8 &* group) where limit[lane] != 0 {
      let unit = 8 &* group &+ lane
      var place = 0
      while place < Self.places, kept.floats[place &* row &+ unit] != j[lane] { place &+= 1 }
      if place == Self.places {
        place = Int(next.floats[unit])
        next.floats[unit] = Float((place &+ 1) % Self.places)
        kept.floats[place &* row &+ unit] = j[lane]
        make(place &* row &+ unit, parameters + unit, j[lane])
      }
      startNumbers[unit] = Int32(8 &* (place &* row &+ unit))
    }
  }

  /// Makes the table for j of a unit.
  private func make(_ index: Int, _ w: UnsafePointer<Float>, _ j: Float) {
    let scale = exponent * halfSpan
    let base = lowExponents(w) - j * Self.distance
    for vector in 0..<8 {
      var high = Lanes.zero
      for bit in 0..<3 where bits > 3 &+ bit {
        let h = Lanes(repeating: scale * w[(3 &+ bit) &* row])
        high += vector &>> bit & 1 == 1 ? h : -h
      }
      tables.base[8 &* index &+ vector] = FloatFunctions.boundedExp(base + high)
    }
  }

  /// Whether two vectors differ in a lane; what is no number differs from all.
  @inline(__always)
  private static func differ(_ a: Lanes, _ b: Lanes) -> Bool {
    let lanes = unsafeBitCast(a .!= b, to: SIMD4<UInt64>.self)
    return (lanes[0] | lanes[1]) | (lanes[2] | lanes[3]) != 0
  }

  /// The nearest whole number, the even one of two.
  @inline(__always)
  private static func rounded(_ x: Lanes) -> Lanes {
    let shift = Lanes(repeating: 0x1.8p23)
    return (x + shift) - shift
  }
}
