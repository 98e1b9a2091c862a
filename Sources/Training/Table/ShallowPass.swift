import Networks

/// The pass of one sequential hidden layer, computed along the cube of inputs.
///
/// Over all 2^n rows the pre-activations need no multiplication. A row with bit k on differs from
/// the row with it off by one number, z[r + 2^k] = z[r] + w_k·(on − off). A tile has 64 rows, eight
/// vectors that stay in registers: z on tile t is the pattern P of the unit, over the six lowest
/// bits, plus a constant c_t for the other bits. That is one addition for each row and unit. The
/// gradients of the weights are sums over the rows where a bit is on, found by halving.
///
/// ``ShallowWorker`` computes a part of the rows.
struct ShallowPass<Activation: LaneActivation>: TablePass, ~Copyable {
  private let rows: TableRows
  private let units: Int
  private let shape: ShallowShape
  private let layout: ShallowLayout
  private let parts: TableParts
  private let workers: UnsafeMutablePointer<ShallowWorker<Activation>>
  /// Whether a member of the crew has its worker, which it makes with its first part.
  private let isReady: UnsafeMutablePointer<Bool>

  init(_ rows: TableRows, units: Int, loss: Loss, _ crew: Crew) {
    self.rows = rows
    self.units = units
    shape = ShallowShape(rows, units: units, storesValues: !Activation.isHomogeneous)
    layout = ShallowLayout(inputs: rows.bits, units: units)
    parts = TableParts(rows, sums: shape.sumsPerUnit * layout.row + 1, loss: loss, crew)
    workers = .allocate(capacity: parts.members)
    isReady = .allocate(capacity: parts.members)
    isReady.initialize(repeating: false, count: parts.members)
  }

  deinit {
    for member in 0..<parts.members where isReady[member] {
      (workers + member).deinitialize(count: 1)
    }
    workers.deallocate()
    isReady.deallocate()
  }

  var parameterCount: Int { layout.count }

  func position(of parameter: Int) -> Int { layout.position(of: parameter) }

  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    let (sums, judgement) = parts.evaluate { part, sums, output, member, round in
      if !isReady[member] {
        (workers + member).initialize(to: ShallowWorker(rows, units: units))
        isReady[member] = true
      }
      workers[member].evaluate(part, parameters, sums, &output, round: round)
    }
    finish(sums, parameters, gradient)
    gradient[layout.outputBias] = sums[shape.sumsPerUnit &* layout.row].laneSum
    return judgement
  }

  /// The gradient from the sums, eight units at a time.
  @inline(__always)
  private func finish(
    _ sums: UnsafePointer<Lanes>, _ parameters: UnsafePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>
  ) {
    let n = rows.bits
    let perUnit = shape.sumsPerUnit
    let (off, step) = (Lanes(repeating: rows.off), Lanes(repeating: rows.on - rows.off))
    var unit = 0
    while unit < units {
      let sum = sums + perUnit &* unit
      let low = LaneSums(sum, stride: perUnit)
      let v = layout.lanes(parameters, row: n &+ 1, unit)
      let offTotal = off * low.all
      var product = layout.lanes(parameters, row: n, unit) * low.all
      var input = 0
      while input < n {
        let upper: Lanes
        switch input {
        case 0: upper = low.bit0
        case 1: upper = low.bit1
        case 2: upper = low.bit2
        default: upper = LaneSums(sum + (input &- 2), stride: perUnit).all
        }
        // Σ over the rows of input·dZ·g′, from the sum over the rows where the input is on.
        let slope = multiplyAdd(step, upper, offTotal)
        layout.set(gradient, row: input, unit, v * slope)
        product = multiplyAdd(layout.lanes(parameters, row: input, unit), slope, product)
        input &+= 1
      }
      layout.set(gradient, row: n, unit, v * low.all)
      if !Activation.isHomogeneous {
        product = LaneSums(sum + (perUnit &- 1), stride: perUnit).all
      }
      layout.set(gradient, row: n &+ 1, unit, product)
      unit &+= 8
    }
  }
}
