/// A count cut into as few blocks as possible, of heights as even as possible, the tallest first.
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

/// How many rows a block has, as a type: a kernel that is generic over it is compiled for each height,
/// where one with a number for it may be compiled once, with branches inside its loops.
protocol BlockHeight {
  static var rows: Int { get }
}

enum Rows1: BlockHeight { static var rows: Int { 1 } }
enum Rows2: BlockHeight { static var rows: Int { 2 } }
enum Rows3: BlockHeight { static var rows: Int { 3 } }
enum Rows4: BlockHeight { static var rows: Int { 4 } }
enum Rows5: BlockHeight { static var rows: Int { 5 } }
enum Rows6: BlockHeight { static var rows: Int { 6 } }
