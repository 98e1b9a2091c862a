import Networks

/// The output: it turns logits into dZ = ∂loss/∂z / m and counts the rows that are right.
struct OutputKernel {
  /// The training rows that are right, by lane.
  private var solved = SIMD8<Int32>.zero
  /// 0 while all logits are finite, NaN from the first that is not.
  private var alarm = Lanes.zero
  private let share: Lanes
  let loss: Loss

  init(trainingRows: Int, loss: Loss) {
    share = Lanes(repeating: 1 / Float(trainingRows))
    self.loss = loss
  }

  /// Turns vectors of logits into dZ, in place, and returns the sum of dZ, by lane.
  ///
  /// The loss becomes a type here, outside of the loop.
  @inline(__always)
  mutating func residuals(
    _ z: UnsafeMutablePointer<Lanes>, targets: UnsafePointer<Lanes>, count: Int
  ) -> Lanes {
    switch loss {
    case .logistic: residuals(z, targets: targets, count: count, LaneLogistic.self)
    case .hinge: residuals(z, targets: targets, count: count, LaneHinge.self)
    case .squared: residuals(z, targets: targets, count: count, LaneSquared.self)
    }
  }

  @inline(__always)
  private mutating func residuals<Loss: LaneLoss>(
    _ z: UnsafeMutablePointer<Lanes>, targets: UnsafePointer<Lanes>, count: Int, _: Loss.Type
  ) -> Lanes {
    var sum = Lanes.zero
    for index in 0..<count {
      let d = residual(z[index], target: targets[index], Loss.self)
      z[index] = d
      sum += d
    }
    return sum
  }

  /// Turns one vector of logits into dZ; the targets are those of ``TableRows``.
  @inline(__always)
  mutating func residual<Loss: LaneLoss>(
    _ z: Lanes, target t: Lanes, _: Loss.Type
  ) -> Lanes {
    let margin = z * t
    // A lane of a mask is −1 where the condition holds.
    solved &-= unsafeBitCast(margin .> Lanes.zero, to: SIMD8<Int32>.self)
    alarm = multiplyAdd(z, Lanes.zero, alarm)
    return Loss.slope(z, target: t, margin: margin) * share
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
