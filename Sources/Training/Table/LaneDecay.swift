/// The vector form of ``WeightDecay``, in front of the steps of a ``LaneOptimizer``.
struct LaneDecay: ~Copyable {
  /// Whether there is any.
  let isThere: Bool
  private let decay: WeightDecay?
  /// 1 for a weight, 0 for anything else; a vector without decay.
  private let isWeight: LaneMemory

  /// The decay on `count` vectors of numbers, of which `weights` says what is a weight.
  init(_ decay: WeightDecay?, _ weights: [Bool], count: Int) {
    self.decay = decay
    isThere = decay != nil
    isWeight = LaneMemory(decay == nil ? 0 : count)
    guard decay != nil else { return }
    precondition(weights.count == 8 * count, "\(weights.count) numbers in \(count) vectors")
    for (index, isOne) in weights.enumerated() where isOne { isWeight.floats[index] = 1 }
  }

  /// Takes the decay off the parameters, or adds it to the gradient.
  func apply(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    learningRate: Double
  ) {
    guard let decay else { return }
    let isWeight = isWeight.base
    if decay.isDecoupled {
      let part = Lanes(repeating: Float(-learningRate * decay.coefficient))
      for index in 0..<self.isWeight.count {
        let w = parameters[index]
        parameters[index] = multiplyAdd(part * isWeight[index], w, w)
      }
    } else {
      let part = Lanes(repeating: Float(decay.coefficient))
      for index in 0..<self.isWeight.count {
        gradient[index] = multiplyAdd(part * isWeight[index], parameters[index], gradient[index])
      }
    }
  }
}
