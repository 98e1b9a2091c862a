extension Formula {
  /// The formula as a file states it: a plain number as a number, anything else as its text.
  ///
  /// What is read back has the same text, which claims.csv repeats.
  var written: JSONTree {
    guard case .number(let value) = tree else { return .string(text) }
    if let whole = Int(text), "\(whole)" == text { return .whole(whole) }
    return "\(value)" == text ? .number(value) : .string(text)
  }
}

extension Sweep {
  /// The entries of the sweep, ranges as objects with every key.
  var written: JSONTree {
    .list(
      terms.map { term in
        switch term {
        case .value(let formula): formula.written
        case .steps(let from, let to, let step):
          .object([
            .init("from", from.written), .init("to", to.written), .init("step", .whole(step)),
          ])
        case .factors(let from, let to, let factor):
          .object([
            .init("from", from.written), .init("to", to.written), .init("factor", .whole(factor)),
          ])
        }
      })
  }
}
