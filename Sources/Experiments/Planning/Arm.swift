public import Networks
public import Parity
public import Training

/// One line in a picture: a family of networks with its settings.
public struct Arm: Sendable {
  /// The widest layer that can be asked for.
  static let widthRange = 1...(1 << 24)
  /// The deepest network that can be asked for.
  static let depthRange = 0...64

  /// Unique within the experiment.
  public let name: String
  /// Which architectures are tried.
  public let shape: Shape
  /// Which earlier values each layer sees.
  public let connections: Connections
  /// What every hidden unit applies.
  public let activation: Activation
  /// How weights are drawn.
  public let initialization: Initialization
  /// The rule of a step.
  public let optimizer: Optimizer
  /// The rows of a step.
  public let batch: Batch
  /// How bits become inputs.
  public let coding: InputCoding
  /// The relevant bits k as a formula in n, or nil for all of them.
  public let relevant: Formula?
  /// The share of rows that is held out of training, or nil to train on the whole truth table.
  public let heldOut: Double?
  /// The n this arm is limited to, or nil for the experiment's.
  public let bits: [Int]?
  /// The most epochs of a trial, or nil for the experiment's.
  public var epochs: Int?

  /// Which architectures an arm tries at each n.
  public enum Shape: Sendable {
    /// Depth 0: no hidden layer.
    case logistic
    /// Depth 1: the width swept up toward 2^(n−1).
    case shallow(widths: Sweep)
    /// A fixed depth, by custom ceil(log2(n)), every layer of the same swept width.
    case deep(depth: Formula, widths: Sweep)
    /// Depth as the hyperparameter: one architecture a depth, under a budget of hidden units.
    case depthSearch(depths: Sweep, units: Formula)
  }

  /// The words for the shapes in an experiment file.
  enum Kind: String, CaseIterable {
    case logistic, shallow, deep, depthSearch
  }

  /// Whether the arm compares depths and chooses one.
  public var choosesDepth: Bool {
    if case .depthSearch = shape { true } else { false }
  }
}

extension Arm {
  /// The hidden widths of every architecture at n = `bits`, in order of depth and units, or the
  /// formula that has no possible value and the key it stands under.
  func hiddenWidths(atBits bits: Int) throws(ShapeError) -> [[Int]] {
    switch shape {
    case .logistic:
      return [[]]
    case .shallow(let widths):
      return try values(of: widths, "widths", bits, Self.widthRange).map { [$0] }
    case .deep(let depth, let widths):
      let depth = try whole(depth, "depth", bits, Self.depthRange)
      // Without a hidden layer there is no width to sweep.
      guard depth > 0 else { return [[]] }
      return try values(of: widths, "widths", bits, Self.widthRange).map {
        Array(repeating: $0, count: depth)
      }
    case .depthSearch(let depths, let units):
      let units = try whole(units, "units", bits, Self.widthRange)
      var all: [[Int]] = []
      for depth in try values(of: depths, "depths", bits, Self.depthRange) {
        guard depth <= units else {
          throw ShapeError(key: "depths", problem: .depth(depth, units: units, bits: bits))
        }
        all.append(Self.evenWidths(units: units, depth: depth))
      }
      return all
    }
  }

  /// `units` hidden units over `depth` layers as evenly as can be, the wider layers first.
  static func evenWidths(units: Int, depth: Int) -> [Int] {
    (0..<depth).map { units / depth + ($0 < units % depth ? 1 : 0) }
  }

  private func values(
    of sweep: Sweep, _ key: String, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(ShapeError) -> [Int] {
    do {
      return try sweep.values(atBits: bits, in: range)
    } catch {
      throw ShapeError(key: key, problem: .formula(error.formula, error.reason))
    }
  }

  private func whole(
    _ formula: Formula, _ key: String, _ bits: Int, _ range: ClosedRange<Int>
  ) throws(ShapeError) -> Int {
    do {
      return try formula.whole(atBits: bits, in: range)
    } catch {
      throw ShapeError(key: key, problem: .formula(formula, error))
    }
  }
}

/// A shape that does not exist at some n.
struct ShapeError: Error {
  /// The key of the arm that asks for it.
  let key: String
  let problem: Problem

  enum Problem {
    case formula(Formula, FormulaError)
    case depth(Int, units: Int, bits: Int)
  }

  /// The same as something the user wrote.
  var inputProblem: InputError.Problem {
    switch problem {
    case .formula(let formula, let reason):
      .formula(formula.text, reason)
    case .depth(let depth, let units, let bits):
      .unexpected(
        found: "depth \(depth) with a budget of \(units) units at n = \(bits)",
        expected: "at least one unit in each hidden layer")
    }
  }
}
