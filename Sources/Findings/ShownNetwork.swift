public import Experiments
public import Networks
public import Parity

/// A network of an experiment that can be shown: that of a training, or one that is written down.
public struct ShownNetwork: Sendable {
  /// The trial's key.
  public let key: String
  /// The network.
  public let network: Network
  /// The inputs whose parity the label is, ascending.
  public let relevant: [Int]
  /// How bits become inputs.
  public let coding: InputCoding

  /// The network that a training ended with, or began with.
  public init?(_ trial: any Trial, _ network: Network) {
    guard let training = trial as? TrainingTrial else { return nil }
    let relevant = training.task.relevant
    self.init(
      key: trial.key, network: network,
      relevant: (0..<trial.bits).filter { relevant >> UInt64($0) & 1 == 1 },
      coding: training.coding)
  }

  /// The network of a training before its first epoch; nil of any other trial.
  public init?(before trial: any Trial) {
    guard let training = trial as? TrainingTrial else { return nil }
    self.init(trial, training.initialNetwork)
  }

  /// The network of a trial whose weights are written down; nil of any other trial.
  public init?(constructed trial: any Trial) {
    guard let built = (trial as? ExactTrial)?.network else { return nil }
    self.init(
      key: trial.key, network: built.network, relevant: Array(0..<trial.bits),
      coding: built.coding)
  }

  private init(key: String, network: Network, relevant: [Int], coding: InputCoding) {
    (self.key, self.network, self.relevant, self.coding) = (key, network, relevant, coding)
  }

  /// How many of all rows are right, and the smallest |logit|; nil where they are too many to be gone
  /// through.
  public var judged: RowCheck? {
    let bits = network.architecture.inputs
    guard bits <= CountProfile.maximumBits else { return nil }
    let task = ParityTask(bits: bits, relevant: relevant.reduce(0) { $0 | 1 << UInt64($1) })
    return network.check(task, coding: coding, rows: 0..<task.rowCount)
  }

  /// What the units put out, against the count of ones.
  public var profile: CountProfile? { network.profile(relevant: relevant, coding: coding) }

  /// The names of the network's values in the order of its stack: the inputs `x0`, …, the hidden units
  /// `1.1`, `1.2`, `2.1`, …, and `logit`.
  public var names: [String] {
    let hidden = network.architecture.hidden.enumerated().flatMap { layer, width in
      (1...width).map { "\(layer + 1).\($0)" }
    }
    return (0..<network.architecture.inputs).map { "x\($0)" } + hidden + ["logit"]
  }
}
