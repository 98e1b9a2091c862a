import Networks

/// The pass of any architecture, one tile of rows after another, so that a tile stays in the cache.
///
/// Rows are the lanes. ``CubeLayer`` computes the first hidden layer along the cube of inputs. All
/// other layers are products in blocks of registers:
///
///     Z[l]    = W[l] A[l−1] + b[l]        g is applied before the store
///     dZ[l−1] = W[l]ᵀ dZ[l] ⊙ g′          overwrites A[l−1], which is no longer needed
///     dW[l]   = dZ[l] A[l−1]ᵀ             four lanes a weight, summed once an epoch
///
/// A bridged layer sees all entries of the stack before its own, and collects dZ from all layers
/// after it in one product. Workloads W4 and W5 of `depthwidth benchmark` measure this pass beside
/// the multiply-add peak of the core; `results/peers/peers.csv` has the figures.
///
/// ``DeepWorker`` computes a part of the rows.
struct DeepPass<Activation: LaneActivation>: TablePass, ~Copyable {
  let parameterCount: Int

  private let rows: TableRows
  private let architecture: Architecture
  private let shape: DeepShape
  private let targets: LaneMemory
  private let parts: TableParts
  private let workers: UnsafeMutablePointer<DeepWorker<Activation>>
  /// Whether a member of the crew has its worker, which it makes with its first part.
  private let isReady: UnsafeMutablePointer<Bool>

  init(_ rows: TableRows, _ architecture: Architecture, loss: Loss, _ crew: Crew) {
    self.rows = rows
    self.architecture = architecture
    parameterCount = (architecture.parameters + 7) / 8 * 8
    shape = DeepShape(architecture)
    let vectors = 2 * shape.panels * shape.tiles
    precondition(rows.targets.count >= vectors, "\(rows.targets.count) vectors of rows")
    targets = LaneMemory(vectors)
    parts = TableParts(rows, sums: shape.sums + shape.products / 2, loss: loss, crew)
    workers = .allocate(capacity: parts.members)
    isReady = .allocate(capacity: parts.members)
    isReady.initialize(repeating: false, count: parts.members)
    // The loop stands after the last member: before it, Swift 6.3.1 would free members not yet set.
    for index in 0..<vectors { targets.base[index] = rows.targets[index] }
    // The first ends every evaluation, whoever does the parts.
    workers.initialize(to: DeepWorker(rows, architecture, targets.base))
    isReady[0] = true
  }

  deinit {
    for member in 0..<parts.members where isReady[member] {
      (workers + member).deinitialize(count: 1)
    }
    workers.deallocate()
    isReady.deallocate()
  }

  func position(of parameter: Int) -> Int { parameter }

  func evaluate(
    _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Judgement {
    let (sums, judgement) = parts.evaluate { part, sums, output, member, round in
      if !isReady[member] {
        (workers + member).initialize(to: DeepWorker(rows, architecture, targets.base))
        isReady[member] = true
      }
      workers[member].evaluate(part, parameters, sums, &output, round: round)
    }
    let products = sums + shape.sums
    workers[0].cube.finish(sums)
    LaneSums.write(sums, count: shape.firstUnits &* (rows.bits &+ 1), to: gradient)
    workers[0].cube.combine(gradient)
    for layer in shape.layers {
      LaneSums.write(sums + layer.sums, count: layer.outputCount, to: gradient + layer.biases)
      LaneSums.write(
        halves: products + layer.products / 2, count: layer.inputCount &* layer.outputCount,
        to: gradient + layer.weights)
    }
    return judgement
  }
}
