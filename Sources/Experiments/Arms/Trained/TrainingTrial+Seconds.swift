import Networks
import Training

extension TrainingTrial {
  package var mostEpochs: Int { training.budget.epochs * (restarts + 1) }

  package var work: TrialWork { TrialWork(count: mostEpochs, unit: .epochs) }

  /// All epochs, and the judgement at the end and at the points of a learning curve, four of them for
  /// each doubling of the epochs.
  ///
  /// The constants are nanoseconds, fitted to 6000 trainings at n = 2 to 12 with 1 to 1000 units (EPYC
  /// 7003): the sum over an arm is right within a third.
  package func seconds(epochs: Double) -> Double {
    let judgement = architecture.secondsOfCheck(rows: Double(rows))
    let points = recordsCurve && epochs > 1 ? 4 * Double(epochs.exponent) : 0
    return (1 + points) * judgement + epochs * secondsOfEpoch
  }

  /// The binary logarithm of the epochs that take about so many seconds.
  func sparseness(grain seconds: Double) -> Int {
    let epochs = seconds / secondsOfEpoch
    return epochs < 2 ? 0 : min(Int(epochs.exponent), 20)
  }

  private var secondsOfEpoch: Double {
    let (depth, units) = (Double(architecture.depth), Double(architecture.units))
    let parameters = Double(architecture.parameters)
    let isSmooth = architecture.activation.isSmooth
    let rows = Double(rows - heldOutRows)
    switch training.optimizer {
    case .gradient(_, batch: .full):
      // Vectors of eight rows, held out or not. The first layer needs no products.
      let vectors = max(architecture.depth == 1 ? 8 : 2, Double(self.rows) / 8)
      let isCube = architecture.connections == .sequential
      let first = isCube ? Double(bits) * Double(architecture.hidden.first ?? 0) : 0
      let products = parameters - units - 1 - first
      let perVector = 7 + (isSmooth ? 4 : 0.8) * units + 0.6 * products
      return 1e-9 * (70 + 60 * depth + 1.3 * parameters + vectors * perVector)
    case .gradient(_, batch: .rows(let size)):
      let steps = (rows / Double(size)).rounded(.up)
      // A step has its optimizer and turns the weights; every row is judged too.
      let perRow = 25 + 25 * depth + (isSmooth ? 1.5 : 0.3) * units + 0.085 * parameters
      return 1e-9 * (steps * (150 + 100 * depth + 0.9 * parameters) + rows * perRow)
    case .levenbergMarquardt:
      let solution = parameters * parameters * (7 + 0.07 * parameters)
      guard TableSquaredError.serves(architecture, coding, heldOutRows + noisyRows == 0) else {
        let judgement = 2 * architecture.secondsOfCheck(rows: rows)
        return judgement + 1e-9 * (solution + 0.5 * rows * parameters * parameters)
      }
      let perVector = 70 + 66 * units + 9 * units * units
      return 1e-9 * (400 + solution + max(rows / 8, 1) * perVector)
    }
  }
}

extension Architecture {
  /// The seconds that the specification's forward pass takes on so many rows.
  func secondsOfCheck(rows: Double) -> Double {
    let weights = Double(parameters) - Double(units) - 1
    let perRow = 70 + 0.2 * weights + (activation.isSmooth ? 13 * Double(units) : 0)
    return 1e-9 * (7000 + rows * perRow)
  }
}

extension Activation {
  /// Whether its values take an exponential.
  fileprivate var isSmooth: Bool {
    switch self {
    case .tanh, .sigmoid, .elu: true
    case .relu, .leakyRelu, .step: false
    }
  }
}
