extension CircuitBuilder {
  /// The two-level circuit of the parity of all inputs; `terms` is AND for a DNF, OR for a CNF.
  ///
  /// DNF: a term of all n literals for each row whose label is 1. CNF: a clause of all n literals for
  /// each row whose label is 0, true on every other row. Either way there are 2^(n−1) gates and one to
  /// join them. High inputs come first in a gate: enumeration fixes them first, and a literal that
  /// decides its gate is then found before the others are read.
  mutating func addTwoLevel(terms kind: GateKind) -> Wire {
    let label = kind == .and ? 1 : 0
    var joined: [Wire] = []
    joined.reserveCapacity(1 << (inputs - 1))
    var literals = [Wire](repeating: input(0), count: inputs)
    for row in 0..<(1 << inputs) where row.nonzeroBitCount & 1 == label {
      for position in 0..<inputs {
        let index = inputs - 1 - position
        let isOn = row >> index & 1 == 1
        // The term is true on its row, the clause false.
        literals[position] = Wire(source: index, isNegated: isOn != (kind == .and))
      }
      joined.append(add(kind, literals))
    }
    return add(kind == .and ? .or : .and, joined)
  }
}
