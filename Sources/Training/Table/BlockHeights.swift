/// A count of rows cut into as few blocks as possible, as even in height as possible, tallest
/// first.
struct BlockHeights {
  private var tall: Int
  private var short: Int
  private let height: Int

  @inline(__always)
  init(_ count: Int) {
    let blocks = (count &+ (RegisterBlock.height &- 1)) / RegisterBlock.height
    height = count / blocks
    tall = count &- blocks &* height
    short = blocks &- tall
  }

  /// Calls `body` for each block.
  ///
  /// `body` is a local function marked `@inline(__always)`, so that it is compiled for each height.
  /// A closure would be compiled once, with branches on the height inside its loops.
  @inline(__always)
  static func forEach(in count: Int, _ body: (_ height: Int, _ first: Int) -> Void) {
    var blocks = BlockHeights(count)
    var first = 0
    while let height = blocks.next() {
      switch height {
      case 6: body(6, first)
      case 5: body(5, first)
      case 4: body(4, first)
      case 3: body(3, first)
      case 2: body(2, first)
      default: body(1, first)
      }
      first &+= height
    }
  }

  @inline(__always)
  mutating func next() -> Int? {
    if tall > 0 {
      tall &-= 1
      return height &+ 1
    }
    if short > 0 {
      short &-= 1
      return height
    }
    return nil
  }
}
