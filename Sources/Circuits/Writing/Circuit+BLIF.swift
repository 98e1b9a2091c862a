extension Circuit {
  /// The name of a source in files: `x3` is input 3, `g0` the first gate.
  public func name(ofSource source: Int) -> String {
    source < inputs ? "x\(source)" : "g\(source - inputs)"
  }

  /// A wire in files: the name of its source, after `!` where it is negated.
  public func name(of wire: Wire) -> String {
    (wire.isNegated ? "!" : "") + name(ofSource: wire.source)
  }

  /// The same function with as many gates and an output that no negation follows, if a gate gives it.
  ///
  /// By De Morgan the gate of the output takes its dual, AND for OR, and reads the opposites of its
  /// wires; whoever else reads it reads it the other way. A circuit whose output is an input, or a NOT
  /// gate, is given back as it is.
  public var withPlainOutput: Circuit {
    let gate = output.source - inputs
    guard output.isNegated, gate >= 0, kind(ofGate: gate) != .not else { return self }
    var builder = CircuitBuilder(inputs: inputs)
    for index in 0..<gateCount {
      var kind = kind(ofGate: index)
      var wires = wires(intoGate: index).map { $0.source == output.source ? !$0 : $0 }
      if index == gate {
        switch kind {
        case .and: (kind, wires) = (.or, wires.map { !$0 })
        case .or: (kind, wires) = (.and, wires.map { !$0 })
        case .nand, .not: kind = .and
        }
      }
      builder.add(kind, wires)
    }
    return builder.finish(output: !output)
  }

  /// The circuit in the Berkeley Logic Interchange Format, which ABC, Yosys, SIS and others read.
  ///
  /// Inputs are x0, x1, …, the output is `parity`, and the gates have the names of ``name(ofSource:)``.
  /// A table (`.names`) is a gate: an AND is one line, an OR a line for each wire. Where the output is
  /// negated or no gate gives it alone, one more table passes it on.
  ///
  /// - Parameter model: The name in the file, without spaces.
  public func blif(model: String) -> String {
    let isPlain = output.source >= inputs && !output.isNegated
    func signal(_ source: Int) -> String {
      isPlain && source == output.source ? "parity" : name(ofSource: source)
    }
    var text = ".model \(model)\n.inputs"
    for input in 0..<inputs { text += " \(name(ofSource: input))" }
    text += "\n.outputs parity\n"
    for gate in 0..<gateCount {
      let wires = Array(wires(intoGate: gate))
      text += ".names"
      for wire in wires { text += " \(signal(wire.source))" }
      text += " \(signal(inputs + gate))\n"
      switch kind(ofGate: gate) {
      case .and: text += Self.product(wires.map { !$0.isNegated })
      case .or: text += Self.sum(wires.map { !$0.isNegated })
      case .nand, .not: text += Self.sum(wires.map { $0.isNegated })
      }
    }
    if !isPlain {
      text += ".names \(signal(output.source)) parity\n\(output.isNegated ? 0 : 1) 1\n"
    }
    return text + ".end\n"
  }

  /// One line: 1 where all values are these.
  private static func product(_ values: [Bool]) -> String {
    var line = ""
    for value in values { line += value ? "1" : "0" }
    return line + " 1\n"
  }

  /// A line for each value: 1 where some value is this.
  private static func sum(_ values: [Bool]) -> String {
    var lines = ""
    for place in values.indices {
      for other in values.indices { lines += other == place ? (values[place] ? "1" : "0") : "-" }
      lines += " 1\n"
    }
    return lines
  }
}
