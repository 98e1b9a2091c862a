/// Vectors, 0 at first, that are freed with their owner.
struct LaneMemory: ~Copyable {
  /// The first vector.
  let base: UnsafeMutablePointer<Lanes>
  /// How many there are.
  let count: Int

  init(_ count: Int) {
    self.count = max(count, 1)
    base = .allocate(capacity: self.count)
    base.initialize(repeating: .zero, count: self.count)
  }

  /// Vectors of any numbers; no page of theirs is touched before it is used.
  init(uninitialized count: Int) {
    self.count = max(count, 1)
    base = .allocate(capacity: self.count)
  }

  deinit { base.deallocate() }

  /// The numbers of the vectors, one after another.
  var floats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: Float.self)
  }
}
