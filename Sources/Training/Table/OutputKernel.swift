/// The logistic output: it turns logits into dZ = (a − y)/m and counts the rows that are right.
struct OutputKernel {
  /// The training rows that are right, by lane.
  private var solved = SIMD8<Int32>.zero
  /// 0 while all logits are finite, NaN from the first that is not.
  private var alarm = Lanes.zero
  private let share: Lanes

  init(trainingRows: Int) {
    share = Lanes(repeating: 1 / Float(trainingRows))
  }

  /// Turns one vector of logits into dZ.
  ///
  /// With the target t = ±1 of ``TableRows``, a − y = −t·σ(−t z): no digit of a small a or of a
  /// small 1 − a is lost, and a row that is not trained on (t = 0) gives 0.
  @inline(__always)
  mutating func residual(_ z: Lanes, target t: Lanes) -> Lanes {
    let margin = z * t
    // A lane of a mask is −1 where the condition holds.
    solved &-= unsafeBitCast(margin .> Lanes.zero, to: SIMD8<Int32>.self)
    alarm = multiplyAdd(z, Lanes.zero, alarm)
    return -t * FloatFunctions.sigmoid(-margin) * share
  }

  /// Takes in what another kernel found on other rows.
  mutating func add(_ other: OutputKernel) {
    solved &+= other.solved
    alarm += other.alarm
  }

  /// The rows found right so far, and whether all logits were finite.
  var judgement: Judgement {
    let isFinite = alarm == .zero
    var rows = 0
    for lane in 0..<8 { rows += Int(solved[lane]) }
    return Judgement(solvedRows: rows, isFinite: isFinite)
  }
}
