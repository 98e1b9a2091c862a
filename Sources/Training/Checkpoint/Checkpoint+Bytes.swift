extension Checkpoint {
  /// All of it as bytes; equal checkpoints have equal bytes.
  public var bytes: [UInt8] {
    var writer = CheckpointWriter()
    for number in [epoch, solvedRows, lastPoint, rest.kind] { writer.write(number) }
    writer.write(parameters)
    switch rest {
    case .steps(let state): state.write(to: &writer)
    case .batches(let state, let order):
      state.write(to: &writer)
      for word in order.generator { writer.write(word) }
      writer.write(order.done)
    case .damped(let damping, let stalls):
      writer.write(damping)
      writer.write(stalls)
    }
    return writer.bytes
  }

  /// Reads what ``bytes`` wrote; nil where it is anything else.
  public init?(_ bytes: [UInt8]) {
    var reader = CheckpointReader(bytes)
    guard let epoch = reader.whole(), let solvedRows = reader.whole(),
      let lastPoint = reader.whole(), let kind = reader.whole(),
      let parameters = reader.numbers(), let rest = Rest(kind, &reader), reader.isAtEnd
    else { return nil }
    self.init(
      epoch: epoch, solvedRows: solvedRows, lastPoint: lastPoint, parameters: parameters,
      rest: rest)
  }
}

extension Checkpoint.Rest {
  /// The number that stands for it among the bytes.
  fileprivate var kind: Int {
    switch self {
    case .steps: 0
    case .batches: 1
    case .damped: 2
    }
  }

  fileprivate init?(_ kind: Int, _ reader: inout CheckpointReader) {
    switch kind {
    case 0:
      guard let state = Checkpoint.OptimizerState(&reader) else { return nil }
      self = .steps(state)
    case 1:
      guard let state = Checkpoint.OptimizerState(&reader), let a = reader.word(),
        let b = reader.word(), let c = reader.word(), let d = reader.word(),
        let done = reader.whole()
      else { return nil }
      self = .batches(state, Checkpoint.BatchOrder([a, b, c, d], done))
    case 2:
      guard let damping = reader.number(), let stalls = reader.whole() else { return nil }
      self = .damped(damping, stalls: stalls)
    default: return nil
    }
  }
}

extension Checkpoint.OptimizerState {
  fileprivate func write(to writer: inout CheckpointWriter) {
    writer.write(first)
    writer.write(second)
    writer.write(decay1)
    writer.write(decay2)
    writer.write(steps)
  }

  fileprivate init?(_ reader: inout CheckpointReader) {
    guard let first = reader.numbers(), let second = reader.numbers(),
      let decay1 = reader.number(), let decay2 = reader.number(), let steps = reader.whole()
    else { return nil }
    self.init(first: first, second: second, decay1: decay1, decay2: decay2, steps: steps)
  }
}
