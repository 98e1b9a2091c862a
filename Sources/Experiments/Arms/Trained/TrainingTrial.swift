package import Networks
package import Parity
package import Training

/// One training run, completely described: running it needs nothing else.
package struct TrainingTrial: Trial {
  package let arm: String
  /// n and the relevant bits.
  package let task: ParityTask
  /// The shape of its network.
  package let architecture: Architecture
  /// How its weights are drawn.
  package let initialization: Initialization
  /// How its bits become inputs.
  package let coding: InputCoding
  /// Optimizer, batch and budget.
  package let training: TrainingSettings
  /// The rows held out of training, 0 to train on the whole truth table.
  package let heldOutRows: Int
  /// The rows trained on whose label is flipped in training.
  package let noisyRows: Int
  /// The most times it starts anew, from further weights of the same stream, when a run did not end
  /// with every training row right.
  package let restarts: Int
  /// The number its random streams are drawn from.
  package private(set) var seed: Int
  /// Whether its learning curve goes to curves.csv.
  package let recordsCurve: Bool

  package private(set) var key: String
  /// The key without the seed.
  private let place: String
  package let settings: String

  init(
    arm: String, task: ParityTask, architecture: Architecture, initialization: Initialization,
    coding: InputCoding, training: TrainingSettings, heldOutRows: Int, noisyRows: Int,
    restarts: Int,
    seed: Int, recordsCurve: Bool
  ) {
    self.arm = arm
    self.task = task
    self.architecture = architecture
    self.initialization = initialization
    self.coding = coding
    self.training = training
    self.heldOutRows = heldOutRows
    self.noisyRows = noisyRows
    self.restarts = restarts
    self.seed = seed
    self.recordsCurve = recordsCurve
    // Put into words once: all seeds of an architecture share these two.
    place =
      "\(arm)/n=\(task.bits)" + Self.relevantPart(task)
      + (architecture.depth == 0 ? "/depth=0" : "/widths=\(architecture.widths)")
    settings =
      "\(architecture.connections.rawValue) \(architecture.activation.rawValue) "
      + "\(initialization.rawValue) \(coding.rawValue) \(training.optimizer.settings) "
      + "batch=\(training.optimizer.batch.word) epochs=\(training.budget.epochs) held-out=\(heldOutRows)"
      + " \(Self.kernel(training).revision)"
      + (restarts == 0 ? "" : " restarts=\(restarts)")
      + (training.budget.stopsWhenSolved == (heldOutRows + noisyRows == 0) ? "" : " whole-budget")
      + training.options.settings
      + (noisyRows == 0 ? "" : " label-noise=\(noisyRows)")
      // Curves of rows held out came later: rows of before have none.
      + (recordsCurve ? heldOutRows > 0 ? " curve held-out-curve" : " curve" : "")
    key = place + "/seed=\(seed)"
  }

  /// Which bits are relevant: nothing for all of them, `/k=3` for the first, `/relevant=0+2+5` for
  /// others.
  private static func relevantPart(_ task: ParityTask) -> String {
    let count = task.relevantCount
    guard count < task.bits else { return "" }
    if task == ParityTask(bits: task.bits, firstRelevant: count) { return "/k=\(count)" }
    let bits = (0..<task.bits).filter { task.relevant >> UInt64($0) & 1 == 1 }
    return "/relevant=" + bits.map(String.init).joined(separator: "+")
  }

  /// The same trial with another seed.
  func with(seed: Int) -> TrainingTrial {
    var trial = self
    trial.seed = seed
    trial.key = place + "/seed=\(seed)"
    return trial
  }

  /// The kernel that trains it.
  private static func kernel(_ training: TrainingSettings) -> TrainingKernel {
    switch training.optimizer {
    case .gradient(_, batch: .full): .wholeTable
    case .gradient(_, batch: .rows): .miniBatches
    case .levenbergMarquardt: .levenbergMarquardt
    }
  }

  package var bits: Int { task.bits }

  /// The number of rows of the truth table.
  package var rows: Int { 1 << task.bits }

  /// The bytes that a running trial holds.
  ///
  /// A run on the whole table holds five bytes a row, twenty more where rows are held out or labels
  /// flipped, a few numbers a parameter, the values of a part of the rows, and in a large table the sums
  /// of each of its parts. Mini-batches hold the
  /// same with the values of a batch, 128 rows at least, whose layers are filled up to whole panels of
  /// 16 units. Levenberg–Marquardt holds for each row three stacks of values (pre-activations, values,
  /// gradient), the inputs, and the row itself, two square matrices over the parameters and, a row,
  /// three numbers a unit and five besides.
  package var memory: Int {
    let stack = architecture.inputs + architecture.units + 1
    // The largest networks that can be written down pass 2^63 bytes.
    let parameters = Int128(architecture.parameters)
    let perTableRow: Int128 = heldOutRows + noisyRows == 0 ? 5 : 25
    let table = perTableRow * Int128(rows) + 128 * parameters
    switch training.optimizer {
    case .gradient(_, batch: .full):
      let first = Int128(architecture.hidden.first ?? 0) * Int128(architecture.inputs + 2)
      let sums = 32 * first + 16 * max(parameters - first, 0)
      let parts: Int128 = 1 << min(max(task.bits - 12, 0), 6)
      return Int(clamping: table + 16 * 1024 * Int128(stack) + (parts - 1) * sums)
    case .gradient(_, batch: .rows(let size)):
      let perExample = 4 * Int128(stack + 16 * (architecture.depth + 2)) + 64
      return Int(clamping: table + Int128(max(128, min(size, rows))) * perExample)
    case .levenbergMarquardt:
      break
    }
    let perRow = 8 * (3 * stack + architecture.inputs + 2)
    let base = Int128(rows) * Int128(perRow) + 48 * parameters
    let columns = 8 * Int128(rows) * (3 * Int128(architecture.units) + 5)
    return Int(clamping: base + 16 * parameters * parameters + columns)
  }
}

extension TrainingTrial {
  /// The rows it never sees, and those of which it sees the other label.
  package var draw: RowDraw {
    RowDraw(task, heldOut: heldOutRows, flipped: noisyRows, seed: UInt64(seed))
  }

  /// The generator of one of the trial's streams; rows are drawn by `RowDraw`.
  ///
  /// A stream depends on the seed and on what the stream is for, never on the arm's name or on the
  /// budget: the same network trained longer is the same network, and all depths of a search see
  /// the same rows held out.
  package func generator(_ stream: Stream) -> SeededGenerator {
    let subject =
      "n=\(task.bits) k=\(task.relevantCount) widths=\(architecture.widths) "
      + "\(architecture.connections.rawValue) \(architecture.activation.rawValue) "
      + initialization.rawValue
    return SeededGenerator(seed: UInt64(seed), stream: "\(stream.rawValue) \(subject)")
  }

  /// What randomness is drawn for.
  package enum Stream: String {
    case initialization, order
  }
}
