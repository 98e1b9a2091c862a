import Tables

extension Node {
  /// The keys of an object that is a range.
  static let rangeKeys = ["from", "to", "step", "factor"]

  /// A sweep of widths or depths, as ``Sweep`` describes it.
  func sweep() throws(InputError) -> Sweep {
    guard case .list = value else { return Sweep([try term()]) }
    var terms: [Sweep.Term] = []
    for entry in try list() {
      terms.append(try entry.term())
    }
    return Sweep(terms)
  }

  private func term() throws(InputError) -> Sweep.Term {
    switch value {
    case .string(let text):
      guard let (from, to) = text.rangeBounds else { return .value(try formula()) }
      return .steps(from: try formula(from), to: try formula(to), step: 1)
    case .object:
      let object = try object(keys: Self.rangeKeys)
      let from = try object.required("from").formula()
      let to = try object.required("to").formula()
      if let factor = object["factor"] {
        if let step = object["step"] { throw step.unexpected("either step or factor, not both") }
        return .factors(from: from, to: to, factor: try factor.whole(in: 2...1_000))
      }
      return .steps(from: from, to: to, step: try object["step"]?.whole(in: 1...1_000_000) ?? 1)
    case .null, .bool, .whole, .number, .list:
      return .value(try formula())
    }
  }
}
