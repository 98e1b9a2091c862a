import Parity

/// A part of a plan that a machine of its own can work on.
///
/// A trial belongs to a part by its key alone, so it stays there however the plan grows; those of a
/// search belong together, by its arm and n.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// The most parts that a plan can be cut into.
  public static let countRange = 1...10_000

  /// Which part, from 1 to ``count``.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// The part `index` of `count`.
  public init(_ index: Int, of count: Int) {
    precondition(
      Self.countRange.contains(count) && (1...count).contains(index), "no shard \(index)/\(count)")
    self.index = index
    self.count = count
  }

  /// Reads `3/8`; nil where it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      Self.countRange.contains(count), (1...count).contains(index)
    else { return nil }
    self.init(index, of: count)
  }

  /// The part that a trial belongs to, of so many.
  static func index(of key: String, among count: Int) -> Int {
    var generator = SeededGenerator(seed: 0, stream: "shard \(key)")
    return Int(generator.next() % UInt64(count)) + 1
  }

  /// `3/8`.
  public var description: String { "\(index)/\(count)" }

  /// The folder it works in, inside that of the run.
  package var folderName: String { "shard-\(index)-of-\(count)" }

  /// The part that works in a folder of this name; nil where it is none.
  package init?(folderName: String) {
    let parts = folderName.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "shard", parts[2] == "of",
      let shard = Shard("\(parts[1])/\(parts[3])"), shard.folderName == folderName
    else { return nil }
    self = shard
  }
}

extension Plan {
  /// The trials of one part.
  public func part(_ shard: Shard) -> Plan { parts(shard.count)[shard.index - 1] }

  /// All parts of so many, in order.
  package func parts(_ count: Int) -> [Plan] {
    var parts: [[PlanSection]] = Array(repeating: [], count: count)
    for section in sections {
      if section.search != nil {
        let index = Shard.index(of: "\(section.arm)/n=\(section.bits)", among: count)
        parts[index - 1].append(section)
        continue
      }
      let groups = Dictionary(grouping: section.trials) { Shard.index(of: $0.key, among: count) }
      for (index, trials) in groups {
        parts[index - 1].append(
          PlanSection(arm: section.arm, bits: section.bits, trials: trials))
      }
    }
    return parts.enumerated().map { Plan(experiment, $1, Shard($0 + 1, of: count)) }
  }
}
