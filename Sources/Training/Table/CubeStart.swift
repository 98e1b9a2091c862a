/// The parts of the pre-activations of a first layer, for both passes.
///
/// The pre-activation z of a row is a sum over its inputs, in three parts. Inputs 0, 1 and 2 differ
/// from lane to lane of a vector. A few more inputs differ from vector to vector of a unit's
/// pattern. The other inputs are the same for all rows of a pattern and give, with the bias, its
/// constant. Patterns and constants follow by doubling.
struct CubeStart {
  private let bits: Int
  private let off: Lanes
  private let on: Lanes
  /// on − off.
  private let span: Float
  private let lane0: Lanes
  private let lane1: Lanes
  private let lane2: Lanes

  init(_ rows: TableRows) {
    bits = rows.bits
    off = Lanes(repeating: rows.off)
    on = Lanes(repeating: rows.on)
    span = rows.on - rows.off
    lane0 = rows.lanes(ofInput: 0)
    lane1 = rows.lanes(ofInput: 1)
    lane2 = rows.lanes(ofInput: 2)
  }

  /// The part of inputs 0, 1 and 2 in the eight rows of a vector; w of input k is at `w[k·stride]`.
  @inline(__always)
  func vector(_ w: UnsafePointer<Float>, stride: Int) -> Lanes {
    var sum = lane0 * w[0]
    if bits > 1 { sum = multiplyAdd(lane1, Lanes(repeating: w[stride]), sum) }
    if bits > 2 { sum = multiplyAdd(lane2, Lanes(repeating: w[2 &* stride]), sum) }
    return sum
  }

  /// What z gains where an input from 3 on is on and not off; 0 where there is no such input.
  @inline(__always)
  func step(_ w: UnsafePointer<Float>, input: Int, stride: Int) -> Lanes {
    Lanes(repeating: bits > input ? span * w[input &* stride] : 0)
  }

  /// The constants of eight units for 2^`doubled` patterns that each span the inputs below `first`.
  ///
  /// `columns` has the eight weights of input k at `k·stride`, the biases after the last input. The
  /// first constant has the inputs from 3 on off; those above the patterns that are placed here
  /// are on or off as `position` says. The constants are `perPattern` vectors apart.
  @inline(__always)
  func place(
    _ columns: UnsafePointer<Lanes>, stride: Int, first: Int, doubled: Int, position: Int,
    into c: UnsafeMutablePointer<Lanes>, perPattern: Int
  ) {
    let above = first &+ doubled
    var constant = columns[bits &* stride]
    var input = 3
    while input < bits {
      let isOn = input >= above && (position &>> (input &- above)) & 1 == 1
      constant = multiplyAdd(isOn ? on : off, columns[input &* stride], constant)
      input &+= 1
    }
    c[0] = constant
    var bit = 0
    while bit < doubled {
      let more = span * columns[(first &+ bit) &* stride]
      let half = perPattern &<< bit
      var place = 0
      while place < half {
        c[place &+ half] = c[place] + more
        place &+= perPattern
      }
      bit &+= 1
    }
  }
}
