/// Vectors, 0 at first, that are freed with their owner; the first stands at the start of a cache
/// line.
struct LaneMemory: ~Copyable {
  /// The first vector.
  let base: UnsafeMutablePointer<Lanes>
  /// How many there are.
  let count: Int

  init(_ count: Int) {
    self.count = max(count, 1)
    base = UnsafeMutableRawPointer.allocate(
      byteCount: self.count * MemoryLayout<Lanes>.stride, alignment: 64
    ).bindMemory(to: Lanes.self, capacity: self.count)
    base.initialize(repeating: .zero, count: self.count)
  }

  /// Vectors of any numbers; no page of theirs is touched before it is used.
  init(uninitialized count: Int) {
    self.count = max(count, 1)
    base = UnsafeMutableRawPointer.allocate(
      byteCount: self.count * MemoryLayout<Lanes>.stride, alignment: 64
    ).bindMemory(to: Lanes.self, capacity: self.count)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// The numbers of the vectors, one after another.
  var floats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: Float.self)
  }
}
