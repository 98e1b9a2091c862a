/// Threads that share the parts of one truth table.
///
/// A large table is cut into parts that follow from its size alone, and their sums are joined in one
/// fixed tree. So the bytes of a training are the same for any crew.
public struct Crew {
  /// The members that may work at a time, numbered from 0.
  public let size: Int
  /// Calls `work` once for each part and returns when all are done.
  ///
  /// A member works on one part at a time; its number is below the size and below the parts.
  let share: (_ parts: Int, _ work: (_ part: Int, _ member: Int) -> Void) -> Void

  /// A crew of threads that somebody else holds ready.
  public init(
    size: Int, share: @escaping (_ parts: Int, _ work: (_ part: Int, _ member: Int) -> Void) -> Void
  ) {
    precondition(size >= 1, "a crew of \(size)")
    self.size = size
    self.share = share
  }

  /// The calling thread.
  public static var alone: Crew {
    Crew(size: 1) { parts, work in
      for part in 0..<parts { work(part, 0) }
    }
  }
}
