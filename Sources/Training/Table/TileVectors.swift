/// The eight vectors of a tile, each a variable of its own so that they stay in registers.
struct TileVectors {
  private var v0 = Lanes.zero, v1 = Lanes.zero, v2 = Lanes.zero, v3 = Lanes.zero
  private var v4 = Lanes.zero, v5 = Lanes.zero, v6 = Lanes.zero, v7 = Lanes.zero

  @inline(__always)
  init() {}

  /// Lets `body` change each vector.
  ///
  /// A large `body` is passed as a local function marked `@inline(__always)`: a closure would be
  /// compiled once and called eight times.
  @inline(__always)
  mutating func update(_ body: (_ vector: Int, inout Lanes) -> Void) {
    body(0, &v0)
    body(1, &v1)
    body(2, &v2)
    body(3, &v3)
    body(4, &v4)
    body(5, &v5)
    body(6, &v6)
    body(7, &v7)
  }
}
