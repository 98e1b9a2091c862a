import Networks
import Parity

/// The loops of ``TableSquaredError``, over memory that is handed to them.
///
/// `memory` points to ``memoryCount`` vectors. The parameter vector has the weights into hidden
/// unit u at u·n + i, its bias at H·n + u, the weight from it at H·(n+1) + u and the output bias
/// last.
struct TableKernel: Sendable {
  let n: Int
  let units: Int
  private let activation: Activation
  /// The bits above the lanes: 2^m vectors hold the table.
  let m: Int
  /// 1 in the lanes that are rows, 0 beyond.
  private let live: SIMD8<Double>
  /// y = ±1, one a row; 0 in lanes that are no rows.
  private let targets: [SIMD8<Double>]

  /// What the slots of the memory hold; h, d and q once for each unit.
  private enum Slot {
    /// The pre-activation of the output, then t = tanh(z/2).
    static let output = 0
    /// t − y.
    static let error = 1
    /// dt/dz = (1 − t²)/2.
    static let slope = 2
    /// A function to be summed, and room beside it.
    static let function = 3
    static let scratch = 4
    /// h_u, then d_u = ∂t/∂z_u, then q_u = h_u·dt/dz = ∂t/∂(output weight u).
    static let units = 5
  }

  init(_ architecture: Architecture, _ task: ParityTask) {
    n = architecture.inputs
    units = architecture.units
    activation = architecture.activation
    m = max(n - CubeSums.laneBits, 0)
    var live = SIMD8<Double>.zero
    var targets = Array(repeating: SIMD8<Double>.zero, count: 1 << m)
    for row in 0..<Int(task.rowCount) {
      targets[row >> 3][row & 7] = task.label(of: UInt64(row)) == 1 ? 1 : -1
      live[row & 7] = 1
    }
    self.live = live
    self.targets = targets
  }

  /// The vectors that the loops work in.
  var memoryCount: Int { (Slot.units + 3 * units) << m }

  /// The numbers that the sums of one function take.
  var sumsCount: Int { (m + CubeSums.laneBits + 1) * (m + CubeSums.laneBits + 1) }

  private var parameters: Int { units * (n + 1) + units + 1 }

  /// Computes the table at `parameters`: h_u, t and t − y.
  func value(
    at parameters: [Double], _ memory: UnsafeMutablePointer<SIMD8<Double>>
  ) -> SquaredErrorValue {
    let rows = 1 << m
    let output = memory + (Slot.output << m)
    let error = memory + (Slot.error << m)
    let outputWeights = units * (n + 1)
    output.update(repeating: SIMD8(repeating: parameters[outputWeights + units]), count: rows)
    for unit in 0..<units {
      let h = memory + ((Slot.units + unit) << m)
      preactivate(unit, parameters, into: h)
      activate(h)
      let weight = SIMD8<Double>(repeating: parameters[outputWeights + unit])
      for row in 0..<rows {
        output[row] += weight * h[row]
      }
    }
    var right = SIMD8<Double>.zero
    let one = SIMD8<Double>(repeating: 1)
    for row in 0..<rows {
      right += SIMD8<Double>.zero.replacing(with: one, where: output[row] * targets[row] .> 0)
      output[row] *= 0.5
    }
    Elementary.tanh(output, count: rows)
    var sum = SIMD8<Double>.zero
    for row in 0..<rows {
      let e = (output[row] - targets[row]) * live
      error[row] = e
      sum += e * e
    }
    return SquaredErrorValue(sum: CubeSums.sum(sum), solvedRows: Int(CubeSums.sum(right)))
  }

  /// The pre-activations of a unit by doubling, from the row of all bits off.
  private func preactivate(
    _ unit: Int, _ parameters: [Double], into z: UnsafeMutablePointer<SIMD8<Double>>
  ) {
    let first = unit * n
    var start = SIMD8<Double>(repeating: parameters[units * n + unit])
    for input in 0..<min(n, CubeSums.laneBits) {
      start += CubeSums.signs(input) * SIMD8(repeating: parameters[first + input])
    }
    for bit in 0..<m {
      start -= SIMD8(repeating: parameters[first + CubeSums.laneBits + bit])
    }
    z[0] = start
    for bit in 0..<m {
      let half = 1 << bit
      let step = SIMD8<Double>(repeating: 2 * parameters[first + CubeSums.laneBits + bit])
      for row in 0..<half {
        z[row + half] = z[row] + step
      }
    }
  }

  /// g in place; the logistic function as (1 + tanh(z/2))/2.
  private func activate(_ z: UnsafeMutablePointer<SIMD8<Double>>) {
    let rows = 1 << m
    guard activation == .sigmoid else { return Elementary.tanh(z, count: rows) }
    for row in 0..<rows { z[row] *= 0.5 }
    Elementary.tanh(z, count: rows)
    for row in 0..<rows { z[row] = z[row] * 0.5 + 0.5 }
  }
}

extension TableKernel {
  /// Writes JᵀJ and Jᵀe at the parameters of the last value; `sums` has room for (m + 4)² numbers.
  func linearize(
    _ parameters: [Double], _ memory: UnsafeMutablePointer<SIMD8<Double>>,
    _ sums: UnsafeMutablePointer<Double>, _ matrix: UnsafeMutablePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    differentiate(parameters, memory)
    for unit in 0..<units {
      hiddenBlocks(unit, memory, sums, matrix)
      outputColumns(unit, memory, sums, matrix)
      hiddenGradient(unit, memory, sums, gradient)
    }
    outputBlock(memory, matrix, gradient)
  }

  /// dt/dz, d_u and q_u from t and h_u.
  private func differentiate(
    _ parameters: [Double], _ memory: UnsafeMutablePointer<SIMD8<Double>>
  ) {
    let rows = 1 << m
    let t = memory + (Slot.output << m)
    let slope = memory + (Slot.slope << m)
    let half = live * 0.5
    for row in 0..<rows {
      slope[row] = half * (1 - t[row] * t[row])
    }
    for unit in 0..<units {
      let h = memory + ((Slot.units + unit) << m)
      let d = h + (units << m)
      let q = d + (units << m)
      let weight = SIMD8<Double>(repeating: parameters[units * (n + 1) + unit])
      if activation == .sigmoid {
        for row in 0..<rows { d[row] = h[row] * (1 - h[row]) }
      } else {
        for row in 0..<rows { d[row] = 1 - h[row] * h[row] }
      }
      for row in 0..<rows {
        d[row] *= weight * slope[row]
        q[row] = h[row] * slope[row]
      }
    }
  }

  /// The blocks of `unit` and every unit from it on.
  private func hiddenBlocks(
    _ unit: Int, _ memory: UnsafeMutablePointer<SIMD8<Double>>,
    _ sums: UnsafeMutablePointer<Double>, _ matrix: UnsafeMutablePointer<Double>
  ) {
    let count = parameters
    let stride = m + CubeSums.laneBits + 1
    let constant = stride - 1
    let function = memory + (Slot.function << m)
    let d = memory + ((Slot.units + units + unit) << m)
    for other in unit..<units {
      multiply(d, memory + ((Slot.units + units + other) << m), into: function)
      CubeSums.second(function, scratch: memory + (Slot.scratch << m), m, into: sums)
      for i in 0..<n {
        let row = matrix + (unit * n + i) * count
        // The block is symmetric in i and j; for a unit with itself only the upper half is needed.
        for j in 0..<n {
          row[other * n + j] = sums[max(i, j) * stride + min(i, j)]
        }
        row[units * n + other] = sums[constant * stride + i]
        matrix[(other * n + i) * count + units * n + unit] = sums[constant * stride + i]
      }
      matrix[(units * n + unit) * count + units * n + other] = sums[constant * stride + constant]
    }
  }

  /// The columns of the output weights and bias in the rows of `unit`.
  private func outputColumns(
    _ unit: Int, _ memory: UnsafeMutablePointer<SIMD8<Double>>,
    _ sums: UnsafeMutablePointer<Double>, _ matrix: UnsafeMutablePointer<Double>
  ) {
    let count = parameters
    let function = memory + (Slot.function << m)
    let d = memory + ((Slot.units + units + unit) << m)
    for other in 0...units {
      let column =
        other == units
        ? memory + (Slot.slope << m) : memory + ((Slot.units + 2 * units + other) << m)
      multiply(d, column, into: function)
      CubeSums.first(function, m, into: sums)
      let place = units * (n + 1) + other
      for i in 0..<n {
        matrix[(unit * n + i) * count + place] = sums[i]
      }
      matrix[(units * n + unit) * count + place] = sums[m + CubeSums.laneBits]
    }
  }

  private func hiddenGradient(
    _ unit: Int, _ memory: UnsafeMutablePointer<SIMD8<Double>>,
    _ sums: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
  ) {
    let function = memory + (Slot.function << m)
    multiply(
      memory + ((Slot.units + units + unit) << m), memory + (Slot.error << m), into: function)
    CubeSums.first(function, m, into: sums)
    for i in 0..<n {
      gradient[unit * n + i] = sums[i]
    }
    gradient[units * n + unit] = sums[m + CubeSums.laneBits]
  }

  /// The products of output weights and bias with one another and with the error.
  private func outputBlock(
    _ memory: UnsafeMutablePointer<SIMD8<Double>>, _ matrix: UnsafeMutablePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    let count = parameters
    func column(_ unit: Int) -> UnsafeMutablePointer<SIMD8<Double>> {
      unit == units
        ? memory + (Slot.slope << m) : memory + ((Slot.units + 2 * units + unit) << m)
    }
    for unit in 0...units {
      let row = units * (n + 1) + unit
      for other in unit...units {
        matrix[row * count + units * (n + 1) + other] = dot(column(unit), column(other))
      }
      gradient[row] = dot(column(unit), memory + (Slot.error << m))
    }
  }

  private func multiply(
    _ a: UnsafePointer<SIMD8<Double>>, _ b: UnsafePointer<SIMD8<Double>>,
    into product: UnsafeMutablePointer<SIMD8<Double>>
  ) {
    for row in 0..<(1 << m) {
      product[row] = a[row] * b[row]
    }
  }

  private func dot(
    _ a: UnsafePointer<SIMD8<Double>>, _ b: UnsafePointer<SIMD8<Double>>
  ) -> Double {
    var sum = SIMD8<Double>.zero
    for row in 0..<(1 << m) {
      sum += a[row] * b[row]
    }
    return CubeSums.sum(sum)
  }
}
