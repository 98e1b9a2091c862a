extension OptimumQuestion {
  /// The clauses that fix the gates of the blocks and bind the later ones.
  ///
  /// The first minterm of a block is that of three ones, so that the first gate to read an input reads
  /// it unnegated, as the question wants it.
  mutating func addAssumption() {
    for block in 0..<assumption.blocks {
      let inputs = (3 * block)..<(3 * block + 3)
      let gates = (4 * block)..<(4 * block + 4)
      for (place, gate) in gates.enumerated() {
        for source in reads[gate].indices where !inputs.contains(source) {
          formula.add([-reads[gate][source]])
        }
        for input in inputs {
          // Minterm 0 has three ones, minterm i has input i − 1 of the block alone.
          let isOn = place == 0 || input - inputs.lowerBound == place - 1
          formula.add([isOn ? plain[gate][input] : negated[gate][input]])
        }
      }
      for gate in (4 * assumption.blocks)..<self.gates {
        if assumption.isClosed {
          for input in inputs { formula.add([-reads[gate][input]]) }
        }
        if assumption.isSymmetric {
          formula.addEqual(inputs.map { plain[gate][$0] })
          formula.addEqual(inputs.map { negated[gate][$0] })
          formula.addEqual(gates.dropFirst().map { reads[gate][self.inputs + $0] })
        }
      }
    }
  }
}

extension CNFFormula {
  /// Requires that all of these variables have one value.
  fileprivate mutating func addEqual(_ variables: [Int]) {
    for (a, b) in zip(variables, variables.dropFirst()) {
      add([-a, b])
      add([a, -b])
    }
  }
}
