import Parity

/// A question about parity, as its file states it.
public struct Experiment: Sendable {
  /// Names the folders of experiment and results.
  public let name: String
  /// What is asked, in a sentence.
  public let question: String
  /// What was expected before the run.
  public let prediction: String
  /// What became of that, where somebody has said so.
  public private(set) var verdict: PredictionVerdict?
  /// Every n, ascending.
  public var bits: [Int]
  /// What all arms are given: seeds and budget.
  public var conditions: Conditions
  /// The lines of the picture, in the order they are written.
  public private(set) var arms: [Arm]
  /// What the results are expected to show.
  public let claims: [Claim]
  /// The file it was read from, for messages.
  public let file: String
  /// The hash of that file's bytes.
  public let hash: String
}

/// Settings from the command line that take the place of the file's.
public struct Overrides: Equatable, Sendable {
  /// Every n, or nil for the file's.
  public var bits: [Int]?
  /// Every seed, or nil for the file's.
  public var seeds: [Int]?
  /// The most epochs of every arm, or nil for the file's.
  public var epochs: Int?

  /// No overrides.
  public init() {}

  /// The flags in a canonical form that can be part of a folder's name; empty without overrides.
  public var suffix: String {
    var parts: [String] = []
    if let bits { parts.append("bits=\(Self.compact(bits))") }
    if let seeds {
      // Read back, a number alone would be a count.
      let isOther = seeds.count == 1 && seeds != [1]
      parts.append("seeds=\(isOther ? "\(seeds[0])...\(seeds[0])" : Self.compact(seeds))")
    }
    if let epochs { parts.append("epochs=\(epochs)") }
    let suffix = parts.map { "+" + $0 }.joined()
    // A folder's name has its limits: a long list goes by its hash.
    return suffix.utf8.count <= 100 ? suffix : "+" + String(FNV1a.hash(suffix), radix: 16)
  }

  private static func compact(_ numbers: [Int]) -> String {
    guard let first = numbers.first, let last = numbers.last else { return "" }
    let isRange = numbers.count > 1 && last - first == numbers.count - 1
    return isRange ? "\(first)...\(last)" : numbers.map(String.init).joined(separator: ",")
  }
}

extension Experiment {
  /// The n that every arm without an n of its own can speak about.
  public var possibleBits: ClosedRange<Int> {
    arms.filter { $0.bits == nil }.map(\.settings.possibleBits)
      .min { $0.upperBound < $1.upperBound } ?? Record.bitsRange
  }

  /// The same experiment with the given settings in place of the file's.
  public func overridden(by overrides: Overrides) -> Experiment {
    var experiment = self
    // What was said of the whole results says nothing of others.
    if overrides != Overrides() { experiment.verdict = nil }
    experiment.bits = overrides.bits ?? bits
    experiment.conditions.seeds = overrides.seeds ?? conditions.seeds
    if let epochs = overrides.epochs {
      experiment.conditions.epochs = epochs
      experiment.arms = experiment.arms.map(\.withoutOwnBudget)
    }
    if overrides.seeds != nil { experiment.arms = experiment.arms.map(\.withoutOwnSeeds) }
    return experiment
  }
}
