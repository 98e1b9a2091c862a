/// Runs through all rows of a circuit block by block, from row 0 up.
///
/// A block holds the rows that agree in all inputs from ``lowInputs`` on. These high inputs are fixed
/// one after the other, the highest first and each to both values; a program is simplified once for
/// each half of its rows. Programs are reused, so that nothing is allocated after the first block.
struct BlockEnumeration {
  /// The inputs that vary in a block: 4096 rows, half a kilobyte a gate.
  private static let mostLowInputs = 12

  let kernel: BlockKernel
  let inputs: Int
  let lowInputs: Int
  private var spare: [AndProgram] = []
  private var renamed: [UInt32] = []

  init(inputs: Int) {
    self.inputs = inputs
    lowInputs = min(inputs, Self.mostLowInputs)
    kernel = BlockKernel(vectors: max(1, (1 << lowInputs) / BlockKernel.rowsOfVector))
    kernel.fillWithAllRows(inputs: lowInputs)
  }

  /// The rows of a block.
  var blockRows: Int { 1 << lowInputs }

  /// Evaluates `program` on every block from that of row `first` on; `body` gets its output and the
  /// lowest row of the block, and ends the enumeration by returning false.
  mutating func run(
    _ program: AndProgram, from first: UInt64 = 0,
    body: (BlockKernel, _ output: UInt32, _ base: UInt64) -> Bool
  ) {
    _ = visit(program, inputs: inputs, base: 0, first, body)
  }

  private mutating func visit(
    _ program: AndProgram, inputs: Int, base: UInt64, _ first: UInt64,
    _ body: (BlockKernel, UInt32, UInt64) -> Bool
  ) -> Bool {
    // The rows of this part end before the first that is wanted.
    if base + (1 << UInt64(inputs)) <= first { return true }
    guard inputs > lowInputs else {
      kernel.evaluate(program)
      return body(kernel, program.output, base)
    }
    var child = spare.popLast() ?? AndProgram()
    let input = inputs - 1
    var goesOn = true
    for value in [false, true] where goesOn {
      program.fix(input: input, to: value, into: &child, renaming: &renamed)
      goesOn = visit(
        child, inputs: input, base: value ? base | 1 << UInt64(input) : base, first, body)
    }
    spare.append(child)
    return goesOn
  }
}
