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

  /// Evaluates `program` on every block; `body` gets its output and the lowest row of the block.
  mutating func run(
    _ program: AndProgram, body: (BlockKernel, _ output: UInt32, _ base: UInt64) -> Void
  ) {
    visit(program, inputs: inputs, base: 0, body)
  }

  private mutating func visit(
    _ program: AndProgram, inputs: Int, base: UInt64,
    _ body: (BlockKernel, UInt32, UInt64) -> Void
  ) {
    guard inputs > lowInputs else {
      kernel.evaluate(program)
      body(kernel, program.output, base)
      return
    }
    var child = spare.popLast() ?? AndProgram()
    let input = inputs - 1
    program.fix(input: input, to: false, into: &child, renaming: &renamed)
    visit(child, inputs: input, base: base, body)
    program.fix(input: input, to: true, into: &child, renaming: &renamed)
    visit(child, inputs: input, base: base | 1 << UInt64(input), body)
    spare.append(child)
  }
}
