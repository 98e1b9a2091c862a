package import Networks
package import Parity

/// The fast twin of ``DenseSquaredError``: one hidden layer over the whole truth table.
///
/// Let d_u(x) = ∂t/∂z_u, z_u the pre-activation of hidden unit u. With ±1 inputs the columns of J
/// for the weights into u are x_i·d_u(x), and that for its bias is d_u itself. So the block of JᵀJ
/// for units u and w holds Σ_x x_i x_j d_u(x) d_w(x): sums of the one function d_u·d_w times at
/// most two inputs, for which ``CubeSums`` takes 5·2^n additions in place of n²·2^n multiply-adds.
/// Pre-activations follow by doubling, z[x + 2^k] = z[x] + 2 w_k: one addition a row and unit.
///
/// A vector holds eight rows. Where n < 3, the lanes beyond 2^n repeat other rows and count with
/// weight 0. Nothing is allocated after `init`.
package struct TableSquaredError: SquaredError {
  private let kernel: TableKernel
  private var memory: [SIMD8<Double>]
  /// The sums of one function.
  private var sums: [Double]

  /// The squared error of networks of this shape on `table`; nil unless that is one sequential
  /// layer of tanh or sigmoid units on all rows of ±1 inputs with the labels of the task.
  package init?(_ architecture: Architecture, _ table: ParityTable) {
    let isWhole = table.heldOut.isEmpty && !table.hasNoise
    guard Self.serves(architecture, table.coding, isWhole) else { return nil }
    kernel = TableKernel(architecture, table.task)
    memory = Array(repeating: .zero, count: kernel.memoryCount)
    sums = Array(repeating: 0, count: kernel.sumsCount)
  }

  /// Whether it serves networks of this shape, on inputs of this coding, of all rows with their labels
  /// or not.
  package static func serves(
    _ architecture: Architecture, _ coding: InputCoding, _ isWhole: Bool
  ) -> Bool {
    // Of these two activations the values alone give the slopes.
    architecture.depth == 1 && architecture.connections == .sequential
      && (architecture.activation == .tanh || architecture.activation == .sigmoid)
      && coding == .plusMinusOne && isWhole
  }

  package mutating func value(at parameters: [Double]) -> SquaredErrorValue {
    memory.withUnsafeMutableBufferPointer { memory in
      guard let memory = memory.baseAddress else { return SquaredErrorValue(sum: 0, solvedRows: 0) }
      return kernel.value(at: parameters, memory)
    }
  }

  package mutating func linearize(
    _ parameters: [Double], into equations: inout NormalEquations
  ) {
    memory.withUnsafeMutableBufferPointer { memory in
      sums.withUnsafeMutableBufferPointer { sums in
        equations.matrix.withUnsafeMutableBufferPointer { matrix in
          equations.gradient.withUnsafeMutableBufferPointer { gradient in
            guard let memory = memory.baseAddress, let sums = sums.baseAddress,
              let matrix = matrix.baseAddress, let gradient = gradient.baseAddress
            else { return }
            kernel.linearize(parameters, memory, sums, matrix, gradient)
          }
        }
      }
    }
  }
}
